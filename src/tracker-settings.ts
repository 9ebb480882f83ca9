import type { Settings } from '../tracker/protocol.ts';
import type { RunOptions } from './invocation.ts';

/** What the trackers of a run are told: as the user asked, on the command line and in the configuration. */
export function trackerSettings(options: RunOptions): Settings {
  const { memoryMiB, budgetPercent, slowdown, without, scopes = [] } = options;
  const blockAfterMs = leastBlockAfter(options);
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

/** A rule of its own threshold must see what it speaks of. */
function leastBlockAfter({ blockAfterMs, policy }: RunOptions): number {
  const own = Object.values(policy?.rules ?? {}).flatMap((rule) => rule.blockAfterMs ?? []);
  return blockAfterMs === 0 ? 0 : Math.min(blockAfterMs, ...own.filter((each) => each > 0));
}

/** Otherwise nobody has asked, and Ctrl-C means what the program makes of it. */
export function mayHang({ timeoutMs, hangAfterMs }: RunOptions): boolean {
  return timeoutMs !== undefined || hangAfterMs !== undefined;
}
