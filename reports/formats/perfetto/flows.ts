/** What goes from one task to another: a flow begins and ends inside a slice. */
import type { TimelineProgram } from '../../timeline/model.ts';
import { toMicroseconds, type TraceEvent } from './events.ts';
import type { Placed, Tracks } from './tracks.ts';

type Kind = 'spawn' | 'join' | 'cross-task exit' | 'abort';

/** @param nextId counts over all programs: ids of flows are of the whole file */
export function flowsOf(program: TimelineProgram, tracks: Tracks, pid: number, nextId: () => number): TraceEvent[] {
  const events: TraceEvent[] = [];
  const add = (name: Kind, from: Placed | undefined, to: Placed | undefined, atMs: number, fromMs = atMs): void => {
    if (from === undefined || to === undefined) return;
    const id = nextId();
    const begins = within(from, toMicroseconds(fromMs));
    // Time does not run backwards along a flow.
    const ends = Math.max(begins, within(to, toMicroseconds(atMs)));
    events.push(
      { ph: 's', name, cat: 'flow', id, pid, tid: from.tid, ts: begins },
      { ph: 'f', bp: 'e', name, cat: 'flow', id, pid, tid: to.tid, ts: ends },
    );
  };
  for (const task of program.tasks) {
    const own = tracks.ofTask(task.id);
    add('spawn', tracks.ofTask(task.spawner), own, task.startMs);
    for (const { by, atMs } of task.joins) {
      if (atMs !== undefined) add('join', own, tracks.ofTask(by), atMs, Math.min(atMs, task.endMs ?? atMs));
    }
  }
  for (const { id, host, exitedBy, exitedMs } of program.scopes) {
    if (exitedBy !== undefined && exitedMs !== undefined && exitedBy !== host) add('cross-task exit', tracks.ofScope(id), tracks.ofTask(exitedBy), exitedMs);
  }
  for (const { by, tasks, atMs } of program.aborts) {
    for (const task of tasks) if (task !== by) add('abort', tracks.ofTask(by), tracks.ofTask(task), atMs);
  }
  return events;
}

/** A flow that begins at the very end of a slice is taken for the next slice's. */
const BEFORE_END = 0.001;

function within({ slice: { start, end } }: Placed, at: number): number {
  const latest = Math.max(start, end - BEFORE_END);
  return Math.round(Math.min(Math.max(at, start), latest) * 1e3) / 1e3;
}
