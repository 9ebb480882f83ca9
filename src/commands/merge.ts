import { createMerge } from '../../reports/index.ts';
import { prepareBaseline } from '../baseline-file.ts';
import type { Options } from '../invocation.ts';
import { applyPolicy } from '../policy.ts';
import { assertWritable } from '../report-files.ts';
import { VERSION } from '../version.ts';
import { load, tellReport } from './report.ts';

export interface MergeRequest {
  /** Files of JSON reports, and folders of recordings. */
  readonly paths: readonly string[];
  /** Id of the format that is printed. */
  readonly format: string;
  readonly options: Options;
}

/**
 * Says what the reports of several runs hold together. Only one of them is in memory at a time.
 *
 * @returns the exit code
 * @throws {Problem} when a path is neither, or a report cannot be written
 */
export async function merge({ paths, format, options }: MergeRequest): Promise<number> {
  await assertWritable(options.reports, options.baseline?.file);
  const accept = await prepareBaseline(options.baseline);
  const merging = createMerge();
  for (const path of paths) merging.add((await load(path, options)).report);
  const report = merging.finish({ tool: { name: 'scope-trace', version: VERSION }, directory: process.cwd() });
  return tellReport({ report: applyPolicy(report, options) }, format, { ...options, accept });
}
