/** What a dump will cost the program, said before it is taken. */
import { availableParallelism, loadavg } from 'node:os';

/** Measured on Node 20 to 26: the smaller heaps pay for what Node itself holds. */
const LEAST_MS = 100;
const MS_PER_MB = 25;

/**
 * Milliseconds. On a machine with more to do than it has processors, everybody takes turns.
 *
 * @param bytes - of values in the heap
 */
export function estimatePause(bytes: number): number {
  const [load = 0] = loadavg();
  return (LEAST_MS + (bytes / 2 ** 20) * MS_PER_MB) * Math.max(1, load / availableParallelism());
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
