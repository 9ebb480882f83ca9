/**
 * The tracker's own failures. The program must never feel one: at the first, everything is undone
 * and a record says so.
 */
import { emit, flush } from './channel.ts';
import { atMs } from './clock.ts';

let undo: (() => void) | null = null;
let failed = false;

/** What takes the tracker out of the program again. */
export function onFailure(takeOut: () => void): void {
  undo = takeOut;
}

export function hasFailed(): boolean {
  return failed;
}

/**
 * To be called with whatever a hook threw. A stack overflow is not ours: the program's own
 * recursion met its end inside a hook, and meets it again by itself.
 */
export function fail(error: unknown): void {
  if (failed || error instanceof RangeError) return;
  failed = true;
  try {
    undo?.();
    const reason = `The tracker failed and took itself out: ${describeError(error)}`;
    emit({ kind: 'tracker-failed', reason, stopped: true, atMs: atMs() });
    flush();
  } catch {
    // Nothing is left to be done, and nothing may reach the program.
  }
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const where = error.stack?.split('\n')[1]?.trim() ?? 'unknown place';
  return `${error.message} (${where})`;
}
