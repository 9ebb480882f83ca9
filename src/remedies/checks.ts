/** Arguments are looked at before anything is started, and what is wrong with them is said in a sentence. */

export function checkFunction(of: string, fn: unknown): void {
  if (typeof fn !== 'function') throw new TypeError(`${of} needs a function to run, and got ${describe(fn)}`);
}

/** Milliseconds: not negative; Infinity is no limit at all. */
export function checkTime(of: string, option: string, ms: unknown, isNeeded = false): void {
  if (ms === undefined && !isNeeded) return;
  if (typeof ms !== 'number' || Number.isNaN(ms) || ms < 0) {
    throw new RangeError(`${of} needs ${option} in milliseconds, at least 0, and got ${describe(ms)}`);
  }
}

export function checkSignal(of: string, signal: unknown): void {
  if (signal === undefined) return;
  const seems = typeof signal === 'object' && signal !== null && 'aborted' in signal && 'addEventListener' in signal;
  if (!seems) throw new TypeError(`${of} needs an AbortSignal as signal, and got ${describe(signal)}`);
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || ['undefined', 'number', 'boolean', 'bigint'].includes(typeof value)) return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
