/** Every way a report is written down. */
import type { Report } from '../report.ts';
import { formatGithub } from './github.ts';
import { formatGitlab } from './gitlab.ts';
import { formatHtml } from './html/index.ts';
import { formatJson, piecesOfJson } from './json.ts';
import { formatJunit } from './junit.ts';
import { formatMarkdown } from './markdown.ts';
import { formatPerfetto } from './perfetto/index.ts';
import { formatSarif } from './sarif.ts';
import type { FormatOptions } from './style.ts';
import { formatSummary } from './summary.ts';

export interface Format {
  /** What the user names it by. */
  readonly id: string;
  readonly title: string;
  /** Pure: the same report and options give the same text, which ends with a line end. */
  readonly format: (report: Report, options: FormatOptions) => string;
  /** The same text in pieces, for a file. Absent: it is never so long that this would matter. */
  readonly pieces?: (report: Report, options: FormatOptions) => Iterable<string>;
}

export const formats: readonly Format[] = [
  { id: 'summary', title: 'what was found, for people', format: formatSummary },
  { id: 'json', title: 'the whole report, for programs', format: formatJson, pieces: piecesOfJson },
  { id: 'sarif', title: 'SARIF 2.1.0, for code scanning and editors', format: formatSarif },
  { id: 'junit', title: "JUnit's XML, for GitLab and Jenkins", format: formatJunit },
  { id: 'github', title: 'annotations of a GitHub workflow', format: formatGithub },
  { id: 'gitlab', title: "GitLab's code quality report", format: formatGitlab },
  { id: 'markdown', title: 'Markdown, for a comment or the summary of a job', format: formatMarkdown },
  { id: 'html', title: 'one page for people, with a timeline', format: formatHtml },
  { id: 'perfetto', title: 'a timeline for ui.perfetto.dev and chrome://tracing', format: formatPerfetto },
];
