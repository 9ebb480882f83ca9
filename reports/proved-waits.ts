/** Which of the waits that a dump has proved to be vain are told, and by which rule, so that each task is told of once. */
import type { Dumped, ProvedWait, Waiter } from './fold/families/dumps.ts';
import type { ProgramTrace, Task } from './model.ts';
import { isUserCode, type Place, type Places } from './sources.ts';
import { isInUnendingLoop } from './unending-loop.ts';

/** The waits of which rules speak. */
export interface ProvedWaits {
  readonly deadlocks: readonly ProvedWait[];
  /** Nothing can settle what these wait for. */
  readonly stalled: readonly ProvedWait[];
  /** Waits of tests that had not ended when the time of the run was up. Something could still have ended them. */
  readonly overdue: readonly ProvedWait[];
  /** Deadlocks and others that may be meant to be: a worker that waits for its queue's next job, a loop over events. */
  readonly undecided: { readonly deadlocks: number; readonly stalled: number };
  /** Tasks that `deadlock` speaks of. */
  readonly deadlocked: ReadonlySet<Task>;
  /** Tasks that either of the two speaks of. */
  readonly spokenFor: ReadonlySet<Task>;
}

const NONE: ProvedWaits = { deadlocks: [], stalled: [], overdue: [], undecided: { deadlocks: 0, stalled: 0 }, deadlocked: new Set(), spokenFor: new Set() };

export function judgeWaits(trace: ProgramTrace, places: Places): ProvedWaits {
  const { dumps } = trace;
  if (dumps === undefined) return NONE;
  const proved = dumps.verdicts.filter(({ certain, waiters }) => certain && waiters.length > 0);
  const told = proved.filter((wait) => isToBeTold(wait, places));
  const deadlocks = told.filter(({ outcome }) => outcome === 'deadlock');
  const deadlocked = tasksOf(deadlocks);
  const atTopLevel = tasksAtTopLevel(trace, deadlocked);
  const stalled = told.filter(({ outcome, waiters }) => outcome === 'never' && !waiters.every(({ task }) => task !== undefined && atTopLevel.has(task)));
  const overdue = isTimeUp(dumps) ? dumps.verdicts.filter((wait) => wait.outcome === 'only' && isOverdueTest(wait, dumps.atMs, places)) : [];
  return {
    deadlocks,
    stalled,
    overdue,
    undecided: {
      deadlocks: proved.filter((wait) => wait.outcome === 'deadlock' && !told.includes(wait)).length,
      stalled: proved.filter((wait) => wait.outcome === 'never' && !told.includes(wait)).length + stillOpen(dumps) - overdue.length,
    },
    deadlocked,
    spokenFor: tasksOf([...deadlocks, ...stalled, ...overdue]),
  };
}

/** What only something else could settle is as every daemon waits; only where the program should have ended it is a question. */
function stillOpen(dumps: Dumped): number {
  return isTimeUp(dumps) ? dumps.verdicts.filter(({ outcome }) => outcome === 'only').length : 0;
}

function isTimeUp({ why }: Dumped): boolean {
  return why === 'time-up';
}

/** A test that has run for less may just have been the one that ran when the time was up: test runners allow for as much by themselves. */
const LONG_TEST_MS = 5000;

function isOverdueTest(wait: ProvedWait, dumpedMs: number, places: Places): boolean {
  const { waiters } = wait;
  return waiters.length > 0 && waiters.every((waiter) => isUsers(waiter, places) && !isWorker(waiter, places) && dumpedMs - beganTest(waiter.task) >= LONG_TEST_MS);
}

const FAR = 1000;

/** When the test began that the task belongs to and that has not ended. Infinity: there is none. */
function beganTest(task: Task | undefined): number {
  for (let at = task, steps = 0; at !== undefined && steps < FAR; at = at.spawner, steps++) {
    for (let scope = at.scope; scope !== undefined; scope = scope.parent) {
      if (scope.kind === 'test') return scope.exits.length === 0 ? scope.entered.atMs : Infinity;
    }
  }
  return Infinity;
}

function tasksOf(waits: readonly ProvedWait[]): ReadonlySet<Task> {
  return new Set(waits.flatMap(({ waiters }) => waiters.flatMap(({ task }) => task ?? [])));
}

/**
 * To wait for each other's ends, or for a promise without a resolver, is nobody's way to wait for more to do. Of a queue
 * or an emitter it is not to be seen whether more should come: in a loop without an end it is a worker that has nothing
 * to do. In a circle one is enough: the proof says what each could do to the next, and a worker's jobs could do anything.
 */
function isToBeTold(wait: ProvedWait, places: Places): boolean {
  if (!wait.waiters.some((waiter) => isUsers(waiter, places))) return false;
  const { circular, waiters, held } = wait;
  if (circular) return !waiters.some((waiter) => waiter.held !== undefined && isWorker(waiter, places));
  return held === undefined || waiters.some((waiter) => !isWorker(waiter, places));
}

function isUsers({ stack, task }: Waiter, places: Places): boolean {
  return [...stack, task?.site, task?.from].some((site) => {
    const place = places.of(site);
    return place !== undefined && isUserCode(place);
  });
}

function isWorker({ iterates, stack }: Waiter, places: Places): boolean {
  return iterates || placesIn(stack, places).some((place) => isUserCode(place) && isInUnendingLoop(place, places));
}

export function placesIn(stack: Waiter['stack'], places: Places): readonly Place[] {
  return stack.flatMap((site) => places.of(site) ?? []);
}

/** Those of which `unsettled-top-level-await` tells the whole way, unless it ends in a deadlock. */
function tasksAtTopLevel({ hangs: { topLevelAwait } }: ProgramTrace, deadlocked: ReadonlySet<Task>): ReadonlySet<Task> {
  if (topLevelAwait?.certain !== true) return new Set();
  const tasks = [topLevelAwait.task, ...topLevelAwait.waits.map(({ task }) => task)];
  return tasks.some((task) => deadlocked.has(task)) ? new Set() : new Set(tasks);
}
