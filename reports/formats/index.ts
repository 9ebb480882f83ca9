/** Every way a report is written down. */
import type { Report } from '../report.ts';
import { formatJson } from './json.ts';
import type { FormatOptions } from './style.ts';
import { formatSummary } from './summary.ts';

export interface Format {
  /** What the user names it by. */
  readonly id: string;
  readonly title: string;
  /** Pure: the same report and options give the same text, which ends with a line end. */
  readonly format: (report: Report, options: FormatOptions) => string;
}

export const formats: readonly Format[] = [
  { id: 'summary', title: 'what was found, for people', format: formatSummary },
  { id: 'json', title: 'the whole report, for programs', format: formatJson },
];
