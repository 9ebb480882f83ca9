/** What runs in the browser of whoever reads an HTML report: the build puts it beside the schemas. */
import { readFileSync } from 'node:fs';
import type { Page } from '../reports/index.ts';

export function readPage(): Page {
  return JSON.parse(readFileSync(new URL('../report-page.json', import.meta.url), 'utf8')) as Page;
}
