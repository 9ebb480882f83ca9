/** The timeline of a recording. */
import { labelTask, placeOfTask } from '../describe/task-names.ts';
import type { Finding } from '../finding.ts';
import type { ProvedWait } from '../fold/families/dumps.ts';
import type { Signal } from '../fold/families/signals.ts';
import { nameProgram } from '../formats/program-name.ts';
import { isAlive } from '../judge.ts';
import type { ProgramTrace, Scope, SessionTrace, Task } from '../model.ts';
import { reportProgram } from '../report/programs.ts';
import { createPlaces, type Place, type Places, type Sources } from '../sources.ts';
import { chooseTasks } from './choose.ts';
import type { Timeline, TimelineAbort, TimelineProgram, TimelineScope, TimelineTask, TimelineWait } from './model.ts';

/** More than this many tasks of a session nobody looks at, and a browser draws slowly. */
export const TIMELINE_LIMIT = 100_000;
/** A promise that thousands wait for is no reason to draw them all. */
const MOST_JOINS = 20;
const MOST_ABORTED = 200;

/** @param findings what tasks and scopes are never left out for */
export function createTimeline(
  { programs }: SessionTrace, findings: readonly Finding[], sources: Sources, limit = TIMELINE_LIMIT,
): Timeline {
  const first = Math.min(...programs.map(epochOf).filter(Number.isFinite));
  const chosen = chooseTasks(programs, findings, limit);
  const shown = programs.map((program) => {
    const startMs = Number.isFinite(epochOf(program)) ? epochOf(program) - first : 0;
    return timelineOf(program, startMs, sources, chosen.get(program.id));
  });
  const sum = (of: (program: { readonly tasks: readonly unknown[]; readonly scopes: readonly unknown[] }) => number): [number, number] => [
    programs.reduce((total, one) => total + of(one), 0), shown.reduce((total, one) => total + of(one), 0),
  ];
  const [tasks, shownTasks] = sum((one) => one.tasks.length);
  const [scopes, shownScopes] = sum((one) => one.scopes.length);
  return { source: 'recording', programs: shown, omitted: { tasks: tasks - shownTasks, scopes: scopes - shownScopes } };
}

function epochOf({ started }: ProgramTrace): number {
  return started?.startedAtEpochMs ?? Number.NaN;
}

function timelineOf(trace: ProgramTrace, startMs: number, sources: Sources, chosen: ReadonlySet<Task> | undefined): TimelineProgram {
  const places = createPlaces(trace, sources);
  const report = reportProgram(trace);
  const isShown = (task: Task): boolean => chosen === undefined || chosen.has(task);
  const waits = trace.dumps?.verdicts.map((verdict) => waitOf(verdict, places));
  return {
    id: trace.id,
    name: nameProgram(report),
    startMs,
    endMs: startMs + (trace.ended?.atMs ?? trace.lastAtMs),
    ended: report.ended,
    tasks: trace.tasks.filter(isShown).map((task) => taskOf(task, startMs, places)),
    scopes: trace.scopes.filter((scope) => isShown(scope.entered.task)).map((scope) => scopeOf(scope, startMs, places)),
    aborts: trace.signals.flatMap((signal) => abortOf(signal, startMs, places)),
    ...(waits === undefined ? {} : { waits }),
  };
}

function taskOf(task: Task, startMs: number, places: Places): TimelineTask {
  const place = placeOfTask(task, places);
  const suspended = places.user(task.pending ?? []);
  return {
    id: task.id,
    label: labelTask(task, places),
    origin: task.origin,
    ...(task.spawner === undefined ? {} : { spawner: task.spawner.id }),
    ...(task.scope === undefined ? {} : { scope: task.scope.id }),
    startMs: startMs + (task.started?.atMs ?? 0),
    ...(task.ended === undefined ? {} : { endMs: startMs + task.ended.atMs }),
    certain: task.certain,
    state: task.vanished !== undefined ? 'vanished' : isAlive(task) ? 'pending' : 'ended',
    ...withPlace('place', place),
    ...withPlace('suspended', suspended),
    joins: task.joins.slice(0, MOST_JOINS).map((join) => ({ by: join.task.id, atMs: startMs + join.atMs })),
  };
}

function scopeOf(scope: Scope, startMs: number, places: Places): TimelineScope {
  const [exit] = scope.exits;
  const [cancel] = scope.cancels;
  return {
    id: scope.id,
    name: scope.name,
    kind: scope.kind,
    ...(scope.parent === undefined ? {} : { parent: scope.parent.id }),
    host: scope.entered.task.id,
    enteredMs: startMs + scope.entered.atMs,
    ...(exit === undefined ? {} : { exitedMs: startMs + exit.atMs, exitedBy: exit.task.id }),
    ...(cancel === undefined ? {} : { cancelledMs: startMs + cancel.atMs }),
    ...withPlace('entered', places.user(scope.entered.stack)),
    ...withPlace('exited', exit && places.user(exit.stack)),
  };
}

function abortOf({ aborted }: Signal, startMs: number, places: Places): TimelineAbort[] {
  if (aborted === undefined) return [];
  const by = aborted.call?.task.id;
  const tasks = [...new Set(aborted.users.map(({ task }) => task.id))].slice(0, MOST_ABORTED);
  if (tasks.length === 0) return [];
  return [{
    atMs: startMs + aborted.atMs,
    ...(by === undefined ? {} : { by }),
    ...(aborted.reason === undefined ? {} : { reason: aborted.reason }),
    tasks,
    ...withPlace('place', places.user(aborted.stack)),
  }];
}

function waitOf(wait: ProvedWait, places: Places): TimelineWait {
  const { outcome, certain, circular, held, by, waiting } = wait;
  return {
    outcome, certain, circular, waiting,
    ...(held === undefined ? {} : { held }),
    ...(by === undefined ? {} : { by }),
    waiters: wait.waiters.map((waiter) => ({
      name: waiter.name === '' ? 'the top level of a module' : waiter.name,
      ...(waiter.task === undefined ? {} : { label: labelTask(waiter.task, places) }),
      ...(waiter.task === undefined ? {} : { task: waiter.task.id }),
      ...(waiter.held === undefined ? {} : { held: waiter.held }),
      stack: waiter.stack.flatMap((site) => places.of(site) ?? []),
    })),
  };
}

function withPlace<Name extends string>(name: Name, place: Place | undefined): { readonly [Key in Name]?: Place } {
  // A computed key widens to string.
  return (place === undefined ? {} : { [name]: place }) as { readonly [Key in Name]?: Place };
}
