import { formats } from '../reports/index.ts';
import { EXIT } from './exit-codes.ts';
import { nearest } from './nearest.ts';
import { Problem } from './problem.ts';

/** A report that was asked for. */
export interface ReportTarget {
  /** Id of a format. */
  readonly format: string;
  /** Absent: it is printed after the summary. */
  readonly file?: string;
}

/** What a CI system reads from the output of a job: a file is of no use to it. */
const PRINTED = 'github';

const NAMES = formats.map(({ id }) => id);

/**
 * Reads a value of `--report`: `out.json`, `sarif=out.sarif`, or `github`.
 *
 * @throws {Problem} when it names a format that does not exist, or no file
 */
export function parseReportTarget(text: string): ReportTarget {
  if (/(?:^|=)-$/.test(text)) throw new Problem(`--report ${text}: a report is not printed among what the program prints. Keep the run with --trace <dir>, then: scope-trace report <dir> --format <format>`, EXIT.usage);
  const [, name, file = ''] = /^([a-z][a-z\d-]*)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined) {
    if (file === '') throw new Problem(`--report ${text}: it names no file. Write one behind the =`, EXIT.usage);
    return { format: requireFormat(name, text, `For a file of that name write ./${text}`), file };
  }
  if (text === PRINTED) return { format: text };
  if (text === '') throw new Problem('--report: it is empty. Name a file.', EXIT.usage);
  if (NAMES.includes(text)) {
    throw new Problem(`--report ${text}: name its file: --report ${text}=<file>. For a file of that name write ./${text}`, EXIT.usage);
  }
  return { format: 'json', file: text };
}

/** @throws {Problem} when there is none of that name */
export function requireFormat(name: string, option: string, hint: string): string {
  if (NAMES.includes(name)) return name;
  const near = nearest(name, NAMES);
  const known = near === undefined ? `Formats are: ${NAMES.join(', ')}.` : `Did you mean ${near}?`;
  throw new Problem(`${option}: there is no format ${JSON.stringify(name)}. ${known} ${hint}`.trim(), EXIT.usage);
}
