/** What a dump will cost the program, said before it is taken. */

/** Measured on heaps of 5 MB to 1 GB, on Node 20 to 26: the smaller ones pay for what Node itself holds. */
const LEAST_MS = 300;
const MS_PER_MB = 25;

/** @param bytes - of values in the heap */
export function estimatePause(bytes: number): number {
  return LEAST_MS + (bytes / 2 ** 20) * MS_PER_MB;
}

/** `about 0.3 s`, `about 25 s`. */
export function tellDuration(ms: number): string {
  const seconds = ms / 1000;
  return `about ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}

/** `12 MB`. */
export function tellSize(bytes: number): string {
  const size = bytes / 2 ** 20;
  return size < 10 ? `${size.toFixed(1)} MB` : `${Math.round(size)} MB`;
}
