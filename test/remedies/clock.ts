/** Time that the tests move on themselves: nothing here waits for a clock. */
import { vi } from 'vitest';

/** Rejects as those of Node do: with an error of its own whose cause is the signal's reason. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(Object.assign(new Error('The operation was aborted', { cause: signal?.reason }), { name: 'AbortError' }));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** Moves time on until the promise is settled. */
export async function until<Value>(promise: Promise<Value>): Promise<Value> {
  const state: { settled: boolean } = { settled: false };
  const isOpen = (): boolean => !state.settled;
  const end = (): void => { state.settled = true; };
  promise.then(end, end);
  for (let n = 0; n < 1000 && isOpen(); n++) {
    // What needs no time comes first.
    await vi.advanceTimersByTimeAsync(0);
    if (isOpen() && vi.getTimerCount() > 0) await vi.advanceTimersToNextTimerAsync();
  }
  if (isOpen()) throw new Error('nothing moves any more, and it is not settled');
  return promise;
}
