/**
 * The tracker's own failures. The program must never feel one: at the first, everything is undone
 * and a record says so.
 */
import { emit, emitLastWords } from './channel.ts';
import { atMs } from './clock.ts';

let undo: (() => void) | null = null;
let failed = false;
/** What is still to be reported. */
let reason = '';

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
  if (failed || isOverflow(error)) return;
  failed = true;
  try {
    reason = `The tracker failed and took itself out: ${describeError(error)}`;
    reportFailure();
  } catch {
    // Tried again at the end; nothing may reach the program.
  }
}

/** `run`, made safe: what it throws is a failure of the tracker and never reaches the program. */
export function guarded<Parameters extends unknown[]>(run: (...given: Parameters) => void): (...given: Parameters) => void {
  return (...given) => {
    try {
      run(...given);
    } catch (error) {
      fail(error);
    }
  };
}

/** Takes the tracker out and says so, when that has not been done. May throw. */
export function reportFailure(): void {
  if (reason === '') return;
  undo?.();
  emitLastWords(() => {
    emit({ kind: 'tracker-failed', reason, stopped: true, atMs: atMs() });
  });
  reason = '';
}

/** By its name: it may come from the realm of the captures, which has a `RangeError` of its own. */
function isOverflow(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as Partial<Error>).name === 'RangeError';
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const where = error.stack?.split('\n')[1]?.trim() ?? 'unknown place';
  return `${error.message} (${where})`;
}
