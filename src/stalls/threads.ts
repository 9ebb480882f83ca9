/** What Linux says about the main thread of a program, in `/proc`. Reading it disturbs nobody. */
import { readFileSync } from 'node:fs';

/**
 * - `computing`: it runs
 * - `locked`: it waits for another thread, as `Atomics.wait` does
 * - `held`: the system lets it wait for a disk, or for memory that was put there
 * - `idle`: anything else, mostly waiting for events; a signal could cut a call short
 */
export type Activity = 'computing' | 'locked' | 'held' | 'idle';

/** Undefined: the process is gone, or nothing is said about it. */
export function readActivity(pid: number): Activity | undefined {
  const text = read(`/proc/${pid}/task/${pid}/stat`);
  if (text === undefined) return undefined;
  // The name of the command stands in parentheses and may hold any character.
  const state = text.slice(text.lastIndexOf(')') + 2, text.lastIndexOf(')') + 3);
  if (state === 'R') return 'computing';
  if (state === 'D') return 'held';
  if (state !== 'S') return state === 'Z' || state === 'X' ? undefined : 'idle';
  return read(`/proc/${pid}/task/${pid}/wchan`)?.startsWith('futex') === true ? 'locked' : 'idle';
}

/** SIGUSR1 in the masks of `/proc/<pid>/status`. */
const SIGUSR1 = 1n << 9n;

/** Whether the process is one that belongs to the session, and SIGUSR1 does it no harm. */
export function mayBeSignalled(pid: number, session: string): boolean {
  const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  if (caught === undefined || (BigInt(`0x${caught}`) & SIGUSR1) === 0n) return false;
  return read(`/proc/${pid}/environ`)?.split('\0').includes(session) === true;
}

export function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
