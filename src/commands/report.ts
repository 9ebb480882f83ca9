import { statSync } from 'node:fs';
import { formats } from '../../reports/index.ts';
import type { Report, Timeline } from '../../reports/index.ts';
import type { Accept } from '../baseline-file.ts';
import { prepareBaseline } from '../baseline-file.ts';
import { conclude, judgeTrace, timelineOf } from '../conclusion.ts';
import { EXIT } from '../exit-codes.ts';
import { readManifest } from '../manifest.ts';
import type { Options } from '../invocation.ts';
import { applyPolicy } from '../policy.ts';
import { readReport } from '../read-report.ts';
import { readRecording } from '../recording.ts';
import { assertWritable, toolOptions, writeReports } from '../report-files.ts';
import { openScreen } from '../screen.ts';
import { reaches } from '../threshold.ts';

export interface ReportRequest {
  /** Folder of a recording, or file of a JSON report. */
  readonly path: string;
  /** Id of the format that is printed. */
  readonly format: string;
  readonly options: Options;
}

/**
 * Says on standard output what a kept recording or an earlier report holds, as the run itself did.
 *
 * @returns the exit code
 * @throws {Problem} when the path is neither, or a report cannot be written
 */
export async function report({ path, format: id, options }: ReportRequest): Promise<number> {
  await assertWritable(options.reports, options.baseline?.file);
  const accept = await prepareBaseline(options.baseline);
  return tellReport(withPolicy(await load(path, options), options), id, { ...options, accept });
}

/** A recording was judged by it already; twice is as once. */
function withPolicy(loaded: Loaded, options: Options): Loaded {
  return { ...loaded, report: applyPolicy(loaded.report, options) };
}

/** What was read: of a recording with what is drawn of it. */
export interface Loaded {
  readonly report: Report;
  readonly timeline?: () => Timeline;
}

/**
 * Prints a report in a format, and writes what else was asked for.
 *
 * @returns the exit code
 * @throws {Problem} when a report cannot be written
 */
export async function tellReport({ report: loaded, ...drawn }: Loaded, id: string, options: Options & { readonly accept: Accept }): Promise<number> {
  const { accept } = options;
  const screen = openScreen(process.stdout, options.color);
  if (id === 'summary') return conclude(loaded, { ...options, ...drawn, screen });
  const found = await accept(loaded);
  await screen.write(formats.find((format) => format.id === id)?.format(found, toolOptions(found, options.failOn, drawn.timeline)) ?? '');
  await writeReports(options.reports, found, { failOn: options.failOn, screen: openScreen(process.stderr, options.color), ...drawn });
  return found.findings.some((finding) => reaches(finding, options.failOn)) ? EXIT.findings : EXIT.success;
}

/** @throws {Problem} when the path is neither a recording nor a report */
export async function load(path: string, options: Options): Promise<Loaded> {
  if (isFile(path)) return { report: await readReport(path) };
  const trace = await readRecording(path);
  const report = judgeTrace(trace, options, readManifest(path));
  return { report, timeline: timelineOf(trace, report) };
}

function isFile(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  // A pipe, such as /dev/stdin, holds a report as well.
  return stats !== undefined && !stats.isDirectory();
}
