import type { Settings } from '../tracker/protocol.ts';
import type { Config } from './config.ts';
import type { RunOptions } from './options.ts';

/** What the trackers of a run are told: as the user asked, on the command line and in the configuration. */
export function trackerSettings(options: RunOptions, { scopes }: Config): Settings {
  const { memoryMiB, budgetPercent, slowdown, without, blockAfterMs } = options;
  return {
    ...(blockAfterMs === 0 ? {} : { blockAfterMs }),
    ...(mayHang(options) ? { watcher: process.pid } : {}),
    ...(memoryMiB === undefined ? {} : { memoryMiB }),
    ...(budgetPercent === undefined ? {} : { captureShare: budgetPercent / 100 }),
    ...(slowdown === undefined ? {} : { slowdown }),
    ...(without === undefined ? {} : { without }),
    ...(scopes.length === 0 ? {} : { scopes }),
  };
}

/** Otherwise nobody has asked, and Ctrl-C means what the program makes of it. */
export function mayHang({ timeoutMs, hangAfterMs }: RunOptions): boolean {
  return timeoutMs !== undefined || hangAfterMs !== undefined;
}
