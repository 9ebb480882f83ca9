import { statSync } from 'node:fs';
import { formats } from '../../reports/index.ts';
import type { Report, Timeline } from '../../reports/index.ts';
import { prepareBaseline } from '../baseline-file.ts';
import { conclude, judgeTrace, timelineOf } from '../conclusion.ts';
import { EXIT } from '../exit-codes.ts';
import { readManifest } from '../manifest.ts';
import type { Options } from '../options.ts';
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
  await assertWritable(options.reports);
  const accept = await prepareBaseline(options.baseline);
  const { report: loaded, ...drawn } = await load(path, options);
  const screen = openScreen(process.stdout, options.color);
  if (id === 'summary') return conclude(loaded, { ...options, ...drawn, accept, screen });
  const found = await accept(loaded);
  await screen.write(formats.find((format) => format.id === id)?.format(found, toolOptions(found, options.failOn, drawn.timeline)) ?? '');
  await writeReports(options.reports, found, { failOn: options.failOn, screen: openScreen(process.stderr, options.color), ...drawn });
  return found.findings.some((finding) => reaches(finding, options.failOn)) ? EXIT.findings : EXIT.success;
}

async function load(path: string, options: Options): Promise<{ readonly report: Report; readonly timeline?: () => Timeline }> {
  if (isFile(path)) return { report: applyPolicy(await readReport(path), options) };
  const trace = await readRecording(path);
  const report = judgeTrace(trace, options, readManifest(path)?.command);
  return { report, timeline: timelineOf(trace, report) };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
