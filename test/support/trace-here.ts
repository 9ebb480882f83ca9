/**
 * Traces a program with the built tracker and without the command's own process: what the command does
 * is done here, from its source. Three times as fast; the suites run the command itself on one line.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatJson, rules } from '../../reports/index.ts';
import type { Report, SessionTrace } from '../../reports/index.ts';
import { judgeTrace } from '../../src/conclusion.ts';
import { canWatch, traceVariables } from '../../src/launch.ts';
import { parseOptions } from '../../src/options.ts';
import type { RunOptions } from '../../src/invocation.ts';
import { readRecording } from '../../src/recording.ts';
import { watchLoops } from '../../src/stalls/watch-loops.ts';
import { trackerSettings } from '../../src/tracker-settings.ts';
import { ENVIRONMENT } from '../../tracker/protocol.ts';
import { start } from './command.ts';
import type { Outcome, StartOptions } from './command.ts';

const PRELOAD = fileURLToPath(new URL('../../dist/preload.cjs', import.meta.url));
const ids = rules.map(({ id }) => id);

/**
 * @param folder - for the recording; made when it is missing
 * @param options - of the command, as one would type them
 */
export async function runHere(
  command: readonly [string, ...string[]], folder: string, options: RunOptions = readOptions([]), run: StartOptions = {},
): Promise<Outcome> {
  mkdirSync(folder, { recursive: true });
  const [file, ...args] = command;
  const settings = trackerSettings(options);
  const { blockAfterMs = 0 } = settings;
  const watched = blockAfterMs > 0 && canWatch(command);
  const end = watched ? watchLoops(folder, `${ENVIRONMENT.session}=${folder}`, blockAfterMs) : () => undefined;
  try {
    const env = { ...traceVariables({ directory: folder, settings, watched }, PRELOAD), ...run.env };
    return await start(file, args, { ...run, env }).ends();
  } finally {
    end();
  }
}

/** @param args - options of `scope-trace run` */
export function readOptions(args: readonly string[]): RunOptions {
  const invocation = parseOptions([...args, '--', 'node'], ids);
  if (invocation.kind !== 'run') throw new Error(`no options of a run: ${args.join(' ')}`);
  return invocation.options;
}

/** What was recorded, and the report as it would have been written. */
export async function judgeHere(folder: string, options: RunOptions): Promise<{ report: Report; session: SessionTrace }> {
  const session = await readRecording(folder);
  // The report's shape is held to its schema elsewhere.
  return { report: JSON.parse(formatJson(judgeTrace(session, options))) as Report, session };
}
