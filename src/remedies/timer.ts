/** Timers of any length: Node's own fire at once when they are given more than 24 days. */
const LONGEST_MS = 2 ** 31 - 1;

/** Calls `fn` when `performance.now()` has come to `atMs`. Returns what takes it back. */
export function callAt(atMs: number, fn: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const left = Math.max(0, atMs - performance.now());
    timer = left > LONGEST_MS ? setTimeout(wait, LONGEST_MS) : setTimeout(fn, left);
  };
  wait();
  return () => { clearTimeout(timer); };
}
