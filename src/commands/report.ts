import { assertWritable, conclude } from '../conclusion.ts';
import { readManifest } from '../manifest.ts';
import type { Options } from '../options.ts';
import { readRecording } from '../recording.ts';
import { openScreen } from '../screen.ts';

/**
 * Says on standard output what a kept recording holds, as the run itself did.
 *
 * @returns the exit code
 * @throws {Problem} when the folder is no recording, or the report cannot be written
 */
export async function report(directory: string, options: Options): Promise<number> {
  if (options.report !== undefined) await assertWritable(options.report);
  const trace = await readRecording(directory);
  const manifest = readManifest(directory);
  const screen = openScreen(process.stdout, options.color);
  return conclude(trace, { ...options, screen, ...(manifest === undefined ? {} : { command: manifest.command }) });
}
