/** Verdicts in the words of a dump. */
import type { Functions } from '../heap/functions.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import type { CycleStep, Verdict } from '../model.ts';
import type { Resources } from '../prove/resources.ts';
import type { HeapVerdict } from '../prove/verdicts.ts';
import type { Waiting } from '../prove/waiting.ts';
import type { LeafList } from './leaf-list.ts';

const MOST_TASKS = 50;
const ORDER = ['deadlock', 'never', 'only'] as const;

interface Known {
  readonly heap: HeapGraph;
  readonly functions: Functions;
  readonly waiting: Waiting;
}

/**
 * Verdicts that concern the program. Node's own functions that wait stand for the program's that wait
 * for them; what only Node's own wait for is Node's own business.
 */
export function namedTasks(verdicts: readonly HeapVerdict[], known: Known): HeapVerdict[] {
  const found: HeapVerdict[] = [];
  for (const verdict of verdicts) {
    const tasks = [...new Set(verdict.tasks.flatMap((task) => usersOf(task, known)))];
    if (tasks.length === 0) continue;
    const rest = verdict.dependents + verdict.tasks.length - tasks.length;
    const cycle = verdict.cycle?.map(({ task, promise, next }) => ({ task: usersOf(task, known)[0] ?? task, promise, next: usersOf(next, known)[0] ?? next }));
    found.push({ ...verdict, tasks, ...(cycle === undefined ? {} : { cycle }), dependents: Math.max(0, rest) });
  }
  return found.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.tasks.length + b.dependents - a.tasks.length - a.dependents);
}

/** The task itself when it is the program's, or the nearest of the program's that wait for it. */
function usersOf(task: number, { heap, functions, waiting }: Known): number[] {
  const isInternal = (each: number): boolean => functions.of(heap.follow(each, 'function')).internal;
  if (!isInternal(task)) return [task];
  const seen = new Set([task]);
  const queue = [task];
  const found: number[] = [];
  for (let at = 0; at < queue.length && queue.length < 100; at++) {
    for (const caller of waiting.callersOf(queue[at] ?? -1)) {
      if (seen.has(caller)) continue;
      seen.add(caller);
      if (isInternal(caller)) queue.push(caller);
      else found.push(caller);
    }
  }
  return found;
}

export function toVerdicts(verdicts: readonly HeapVerdict[], sources: { heap: HeapGraph; leaves: LeafList; resources: Resources }): Verdict[] {
  return verdicts.map((verdict) => toVerdict(verdict, sources));
}

function toVerdict(verdict: HeapVerdict, { heap, leaves, resources }: { heap: HeapGraph; leaves: LeafList; resources: Resources }): Verdict {
  const id = (node: number): number => heap.idOf(node);
  const leafOf = (promise: number): number | undefined =>
    verdict.byEnds === true || resources.of(promise).holders.length === 0 ? undefined : leaves.of(promise)[0];
  const reach = verdict.settling === undefined ? undefined : leaves.reach(verdict.settling);
  const cycle = verdict.cycle?.map(({ task, promise, next }): CycleStep => {
    const leaf = leafOf(promise);
    return { task: id(task), promise: id(promise), ...(leaf === undefined ? {} : { leaf }), next: id(next) };
  });
  const [first] = verdict.promises;
  const leaf = first === undefined ? undefined : leafOf(first);
  return {
    kind: verdict.kind,
    certain: verdict.certain,
    tasks: verdict.tasks.slice(0, MOST_TASKS).map(id),
    waiting: verdict.tasks.length,
    promises: verdict.promises.slice(0, MOST_TASKS).map(id),
    ...(leaf === undefined ? {} : { leaf }),
    ...(cycle === undefined ? {} : { cycle }),
    dependents: verdict.dependents,
    by: reach === undefined ? [] : [reach],
  };
}
