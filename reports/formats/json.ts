import type { Report } from '../report.ts';

/** The report as it is, indented, ending with a line end. */
export function formatJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
