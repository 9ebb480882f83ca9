/** What a dump will cost the program, said before it is taken. */
import { availableParallelism, loadavg } from 'node:os';
import type { Session } from './inspector/session.ts';

/**
 * V8 takes so many times as long for a snapshot as for a full collection of garbage, which looks at every
 * object as well. Measured in computing time on heaps of 5 to 800 MB: 17 to 30 times, on Node 20 and 22 32 to 41 times.
 */
const SNAPSHOT_PER_COLLECTION = 22;
const BEFORE_NODE_24 = 37;
const LEAST_MS = 50;
/** The load is that of the last minute, and not all of it wants a processor: it counts for less than it says. */
const BY_LOAD = 0.75;

const ANSWER_WITHIN_MS = 60_000;

/**
 * Milliseconds that a snapshot will take, from one collection of garbage in the program itself: a snapshot begins with
 * that anyway. On a machine with more to do than it has processors, everybody takes turns.
 *
 * @param version - of Node, as the program tells it
 */
export async function estimatePause(session: Session, version: string | undefined): Promise<number> {
  const before = await computedMs(session);
  await session.send('HeapProfiler.enable', {});
  await session.send('HeapProfiler.collectGarbage', {});
  const collectionMs = (await computedMs(session)) - before;
  const [load = 0] = loadavg();
  const turns = Math.max(1, load / availableParallelism()) ** BY_LOAD;
  return LEAST_MS + collectionMs * (/^v2[0-3]\./.test(version ?? '') ? BEFORE_NODE_24 : SNAPSHOT_PER_COLLECTION) * turns;
}

/** While V8 takes a snapshot, the program's memory grows by 6 to 10 times its heap. */
const LEAST_GROWTH = 6;

/**
 * Why a snapshot would end the program for want of memory, as a clause. Undefined: there is enough.
 *
 * @param heap - bytes
 * @param free - bytes that the system, or the container, can still give
 */
export function tellShortage(heap: number, free: number): string | undefined {
  const needed = heap * LEAST_GROWTH;
  return needed <= free ? undefined : `V8 needs at least ${tellSize(needed)} to write it down, and ${tellSize(free)} of memory are free`;
}

/** What the processors have done for the program so far. */
async function computedMs(session: Session): Promise<number> {
  const { result } = await session.send('Runtime.evaluate', {
    expression: '(({ user, system }) => (user + system) / 1000)(process.cpuUsage())',
    returnByValue: true,
    silent: true,
  }, ANSWER_WITHIN_MS);
  return typeof result.value === 'number' ? result.value : 0;
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
