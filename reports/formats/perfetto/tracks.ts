/**
 * Tracks: one for each task, as long as there are not too many; otherwise tasks that follow each other share one. Slices of one
 * track must lie inside or beside each other, so a scope that outlives its task, or is left out of order, gets a track below.
 */
import type { ScopeId } from '../../../tracker/protocol.ts';
import type { TaskId } from '../../model.ts';
import type { Place } from '../../sources.ts';
import type { TimelineProgram, TimelineScope, TimelineTask } from '../../timeline/model.ts';
import { toMicroseconds, type TraceEvent } from './events.ts';
import { shareLanes } from './lanes.ts';

/** Viewers make a row for each track, and grow slow. */
const MOST_TRACKS = 2000;

export interface Slice {
  readonly task: TimelineTask;
  /** Absent: the slice is the task's life. */
  readonly scope?: TimelineScope;
  readonly start: number;
  readonly end: number;
}

/** Slices of one task that lie inside or beside each other. */
export interface Stack {
  readonly name: string;
  readonly slices: Slice[];
  readonly start: number;
  end: number;
}

export interface Tracks {
  /** Names and stacks, the first track has number 1. */
  readonly all: readonly { readonly name: string; readonly stacks: readonly Stack[] }[];
  /** The slice of a task's life or of a scope, and the number of its track. */
  readonly ofTask: (task: TaskId | undefined) => Placed | undefined;
  readonly ofScope: (scope: ScopeId) => Placed | undefined;
}

export interface Placed {
  readonly slice: Slice;
  readonly tid: number;
}

export function layTracks(program: TimelineProgram, most = MOST_TRACKS): Tracks {
  const stacks = stacksOf(program);
  const all =
    stacks.length <= most
      ? stacks.map((stack) => ({ name: stack.name, stacks: [stack] }))
      : shareLanes(stacks).map((lane, at) => ({ name: `tasks, lane ${at + 1}`, stacks: lane }));
  const tasks = new Map<TaskId, Placed>();
  const scopes = new Map<ScopeId, Placed>();
  for (const [at, track] of all.entries()) {
    for (const slice of track.stacks.flatMap((stack) => stack.slices)) {
      const placed = { slice, tid: at + 1 };
      if (slice.scope === undefined) tasks.set(slice.task.id, placed);
      else scopes.set(slice.scope.id, placed);
    }
  }
  return { all, ofTask: (task) => (task === undefined ? undefined : tasks.get(task)), ofScope: (scope) => scopes.get(scope) };
}

function stacksOf(program: TimelineProgram): Stack[] {
  const hosted = new Map<TaskId, TimelineScope[]>();
  for (const scope of program.scopes) {
    const own = hosted.get(scope.host);
    if (own === undefined) hosted.set(scope.host, [scope]);
    else own.push(scope);
  }
  return program.tasks.flatMap((task) => stacksOfTask(task, hosted.get(task.id) ?? [], program.endMs));
}

function stacksOfTask(task: TimelineTask, scopes: readonly TimelineScope[], lastMs: number): Stack[] {
  const last = toMicroseconds(lastMs);
  const life = span(task.startMs, task.endMs, last);
  const slices: Slice[] = [
    { task, ...life },
    ...scopes.map((scope) => ({ task, scope, ...span(scope.enteredMs, scope.exitedMs, last) })),
  ];
  // Of what begins at once, the task's life is around its scopes, and a scope that lasts longer around the others.
  const isLife = ({ scope }: Slice): number => (scope === undefined ? 0 : 1);
  const sorted = slices.sort((a, b) => a.start - b.start || isLife(a) - isLife(b) || b.end - a.end);
  const stacks: (Stack & { readonly open: number[] })[] = [];
  for (const slice of sorted) {
    let stack = stacks.find((one) => takes(one.open, slice));
    if (stack === undefined) {
      const name = slice.scope === undefined || stacks.length === 0 ? task.label : `${task.label} · scopes`;
      stacks.push((stack = { name, slices: [], start: slice.start, end: slice.end, open: [] }));
    }
    stack.slices.push(slice);
    stack.open.push(slice.end);
    stack.end = Math.max(stack.end, slice.end);
  }
  return stacks;
}

/** Closes what has ended by then. True: the slice lies inside what is open. */
function takes(open: number[], { start, end }: Slice): boolean {
  while (open.length > 0 && (open.at(-1) ?? 0) <= start) open.pop();
  return open.length === 0 || end <= (open.at(-1) ?? 0);
}

/** Nothing ends before it begins, whatever a damaged recording says. */
function span(startMs: number, endMs: number | undefined, last: number): { readonly start: number; readonly end: number } {
  const start = toMicroseconds(startMs);
  return { start, end: Math.max(start, endMs === undefined ? last : toMicroseconds(endMs)) };
}

export function eventsOfTracks({ all }: Tracks, pid: number, tell: (place: Place) => string): TraceEvent[] {
  return all.flatMap(({ name, stacks }, at) => {
    const tid = at + 1;
    return [
      { ph: 'M', name: 'thread_name', pid, tid, args: { name } },
      { ph: 'M', name: 'thread_sort_index', pid, tid, args: { sort_index: at } },
      ...stacks.flatMap(({ slices }) => slices).map((slice) => eventOf(slice, pid, tid, tell)),
    ] satisfies TraceEvent[];
  });
}

function eventOf({ task, scope, start, end }: Slice, pid: number, tid: number, tell: (place: Place) => string): TraceEvent {
  const timed = { ph: 'X', pid, tid, ts: start, dur: toMicroseconds((end - start) / 1e3) } as const;
  if (scope === undefined) {
    return {
      ...timed, name: task.label, cat: 'task',
      args: {
        task: task.id, origin: task.origin, state: task.state,
        ...(task.place === undefined ? {} : { place: tell(task.place) }),
        ...(task.suspended === undefined ? {} : { suspended: tell(task.suspended) }),
        ...(task.certain ? {} : { certainty: 'inferred' }),
      },
    };
  }
  return {
    ...timed, name: scope.name, cat: 'scope',
    args: {
      scope: scope.id, kind: scope.kind, enteredBy: task.label,
      ...(scope.entered === undefined ? {} : { entered: tell(scope.entered) }),
      ...(scope.exited === undefined ? {} : { exited: tell(scope.exited) }),
      ...(scope.exitedMs === undefined ? { state: 'never exited' } : {}),
      ...(scope.cancelledMs === undefined ? {} : { cancelledMs: scope.cancelledMs }),
    },
  };
}
