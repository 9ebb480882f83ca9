/** How much a tree of processes computes. */
import { readFileSync } from 'node:fs';
import { childrenOf } from '../dump/inspector/process-facts.ts';

/** Linux counts in hundredths of a second, whatever its own clock does. */
const MS_PER_TICK = 10;

/** A process and everything that it started, those which have left their parent excepted. */
export function listTree(pid: number): number[] {
  const all = [pid];
  for (const each of all) for (const child of childrenOf(each)) if (!all.includes(child.pid)) all.push(child.pid);
  return all;
}

/** Milliseconds that the processes have computed so far. 0 for those that are not known. */
export function computedMs(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + ticksOf(pid), 0) * MS_PER_TICK;
}

/** @see {@link https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html} */
function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it may hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}
