/**
 * What can be said of the promises that tasks wait for. A promise that {@link Spread} has not reached
 * is settled by nothing any more: that is certain. Why, is told from what the waiting tasks
 * themselves could do if they went on.
 */
import type { Functions } from '../heap/functions.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import type { SettlerSource } from '../extract/settlers.ts';
import type { Waits } from '../extract/waits.ts';
import type { Settled, Settling } from '../reach/settled-promises.ts';
import { shortestCycle } from './cycles.ts';
import type { Resource, Resources } from './resources.ts';
import type { Waiting } from './waiting.ts';

/** A verdict in the heap's numbers. */
export interface HeapVerdict {
  readonly kind: 'deadlock' | 'never' | 'only';
  readonly certain: boolean;
  readonly tasks: readonly number[];
  readonly promises: readonly number[];
  readonly cycle?: readonly { readonly task: number; readonly promise: number; readonly next: number }[];
  /** Each waits for the very end of the next: nothing in between holds a resolver. */
  readonly byEnds?: true;
  readonly dependents: number;
  /** Of `only`: how it could be settled. */
  readonly settling?: Settling;
}

export interface Grounds {
  readonly heap: HeapGraph;
  readonly functions: Functions;
  readonly waits: Waits;
  readonly waiting: Waiting;
  readonly settlers: SettlerSource;
  readonly resources: Resources;
  readonly settled: Settled;
  /** The promises that these tasks could settle if they went on. */
  readonly couldSettle: (tasks: readonly number[]) => Promise<ReadonlySet<number>>;
}

/** Tasks that wait for one thing; `stacks` are those that differ in their functions. */
interface Crowd {
  readonly resource: Resource;
  readonly tasks: number[];
  readonly stacks: Map<string, number[]>;
}

const MOST_STACKS = 40;

export async function findVerdicts(grounds: Grounds): Promise<HeapVerdict[]> {
  const { waits, settled } = grounds;
  const dead = [...waits.awaits].filter(([, promise]) => !settled.has(promise)).map(([task]) => task);
  const circles = findCircles(grounds, dead);
  const crowds = gather(grounds, dead);
  const lost = await judgeCrowds(grounds, crowds);
  return withDependents(grounds, [...circles, ...lost, ...findOnly(grounds)], dead);
}

/** Tasks that wait for each other's ends, without anything in between. */
function findCircles({ waits, waiting }: Grounds, dead: readonly number[]): HeapVerdict[] {
  const next = (task: number): readonly number[] => waiting.endsOf(waits.awaits.get(task) ?? -1).tasks;
  const seen = new Set<number>();
  const found: HeapVerdict[] = [];
  for (const task of dead) {
    if (seen.has(task)) continue;
    const cycle = shortestCycle(task, next);
    if (cycle === undefined) continue;
    for (const each of cycle) seen.add(each);
    found.push({ kind: 'deadlock', certain: true, tasks: cycle, promises: cycle.map((each) => waits.awaits.get(each) ?? 0), cycle: steps(waits, cycle), byEnds: true, dependents: 0 });
  }
  return found;
}

function steps(waits: Waits, cycle: readonly number[]): { task: number; promise: number; next: number }[] {
  return cycle.map((task, at) => ({ task, promise: waits.awaits.get(task) ?? 0, next: cycle[(at + 1) % cycle.length] ?? task }));
}

/** The tasks that wait for a promise without another task in between, by what they wait for. */
function gather(grounds: Grounds, dead: readonly number[]): Crowd[] {
  const { waits, waiting, resources, settled } = grounds;
  const crowds = new Map<string, Crowd>();
  for (const task of dead) {
    for (const promise of waiting.endsOf(waits.awaits.get(task) ?? -1).promises) {
      if (settled.has(promise)) continue;
      const resource = resources.of(promise);
      let crowd = crowds.get(resource.key);
      if (crowd === undefined) crowds.set(resource.key, (crowd = { resource, tasks: [], stacks: new Map() }));
      crowd.tasks.push(task);
      const stack = waiting.stackOf(task);
      const key = stack.map((each) => grounds.heap.follow(grounds.heap.follow(each, 'function'), 'shared')).join(' ');
      if (!crowd.stacks.has(key)) crowd.stacks.set(key, stack);
    }
  }
  return [...crowds.values()];
}

/**
 * Who among those that wait could help whom. A function that waits for several crowds, such as one that started them all, could
 * do what any of them does: those are asked without it first, and only what that leaves open is asked with it.
 */
async function judgeCrowds(grounds: Grounds, crowds: readonly Crowd[]): Promise<HeapVerdict[]> {
  const held = crowds.filter(({ resource }) => resource.promises.some((promise) => grounds.settlers.of(promise).length > 0));
  const shared = sharedBy(held);
  const found: HeapVerdict[] = [];
  let left = crowds;
  for (const isAsked of [(task: number) => !shared.has(task), () => true]) {
    const waiting = held.filter((crowd) => left.includes(crowd));
    const helpers = await findHelps(grounds, waiting, isAsked);
    const done = new Set<Crowd>();
    for (const crowd of waiting) {
      if (done.has(crowd)) continue;
      const cycle = findHelpers(crowd, helpers);
      if (cycle === undefined) continue;
      for (const each of cycle.crowds) done.add(each);
      found.push(deadlock(grounds, cycle));
    }
    left = left.filter((crowd) => !done.has(crowd));
    if (shared.size === 0) break;
  }
  return [...found, ...left.map(never)];
}

/** The functions that wait for more than one crowd. */
function sharedBy(crowds: readonly Crowd[]): ReadonlySet<number> {
  const first = new Map<number, Crowd>();
  const shared = new Set<number>();
  for (const crowd of crowds) {
    for (const task of [...crowd.stacks.values()].flat()) {
      if ((first.get(task) ?? crowd) !== crowd) shared.add(task);
      first.set(task, crowd);
    }
  }
  return shared;
}

async function findHelps(grounds: Grounds, crowds: readonly Crowd[], isAsked: (task: number) => boolean): Promise<Helper[]> {
  const helpers: Helper[] = [];
  for (const crowd of crowds) {
    for (const stack of crowd.stacks.values()) {
      if (helpers.length >= MOST_STACKS) return helpers;
      const could = await grounds.couldSettle(stack.filter(isAsked));
      helpers.push({ crowd, stack, helps: new Set(crowds.filter(({ resource }) => resource.promises.some((promise) => could.has(promise)))) });
    }
  }
  return helpers;
}

interface Helper {
  readonly crowd: Crowd;
  readonly stack: readonly number[];
  readonly helps: ReadonlySet<Crowd>;
}

/** A crowd waits for those who could help it, when they wait as well: over another crowd rather than in its own. */
function findHelpers(crowd: Crowd, helpers: readonly Helper[]): { crowds: Crowd[]; tasks: number[] } | undefined {
  const next = (at: Crowd): Crowd[] => [...new Set(helpers.filter(({ helps }) => helps.has(at)).map((helper) => helper.crowd))];
  const crowds = shortestCycle(crowd, next, 2) ?? (isRelease(crowd) ? shortestCycle(crowd, next) : undefined);
  if (crowds === undefined) return undefined;
  if (crowds.length === 1) return { crowds, tasks: crowd.tasks };
  const tasks = crowds.map((each, at) => {
    // Of each crowd, the one that could help the crowd before it.
    const before = crowds[(at + crowds.length - 1) % crowds.length];
    const helper = helpers.find((one) => one.crowd === each && before !== undefined && one.helps.has(before));
    return helper?.stack[0] ?? each.tasks[0] ?? -1;
  });
  return { crowds, tasks };
}

/** An event is emitted by others; what is kept in a list or a field is for those who took it before to give back. */
function isRelease({ resource }: Crowd): boolean {
  return resource.holders[0]?.kind !== 'event';
}

function deadlock(grounds: Grounds, { crowds, tasks }: { crowds: readonly Crowd[]; tasks: readonly number[] }): HeapVerdict {
  const { waits } = grounds;
  const all = crowds.flatMap((crowd) => crowd.tasks);
  return {
    kind: 'deadlock',
    certain: true,
    tasks: [...new Set([...tasks, ...all])],
    promises: crowds.flatMap(({ resource }) => resource.promises),
    ...(crowds.length > 1 ? { cycle: steps(waits, tasks).map((step, at) => ({ ...step, promise: endIn(grounds, step.task, crowds[at]) })) } : {}),
    dependents: 0,
  };
}

/** The promise at the end of a task's wait that belongs to a crowd. */
function endIn({ waits, waiting }: Grounds, task: number, crowd: Crowd | undefined): number {
  const awaited = waits.awaits.get(task) ?? -1;
  return waiting.endsOf(awaited).promises.find((promise) => crowd?.resource.promises.includes(promise)) ?? awaited;
}

function never({ resource, tasks }: Crowd): HeapVerdict {
  return { kind: 'never', certain: true, tasks, promises: resource.promises, dependents: 0 };
}

/** What only code could settle that shares a variable, a global or a class with the waiting tasks. */
function findOnly({ waits, waiting, resources, settled, functions, heap }: Grounds): HeapVerdict[] {
  const found = new Map<string, { tasks: number[]; promises: Set<number>; settling: Settling }>();
  for (const [task, awaited] of waits.awaits) {
    if (functions.of(heap.follow(task, 'function')).internal && settled.get(awaited) === undefined) continue;
    for (const promise of waiting.endsOf(awaited).promises) {
      const settling = settled.get(promise);
      if (settling?.step !== 'shared') continue;
      const { key } = resources.of(promise);
      const group = found.get(key) ?? { tasks: [], promises: new Set<number>(), settling };
      found.set(key, group);
      group.tasks.push(task);
      group.promises.add(promise);
    }
  }
  return [...found.values()].map(({ tasks, promises, settling }) => ({ kind: 'only', certain: false, tasks, promises: [...promises], dependents: 0, settling }));
}

/** Further tasks that wait for those of a verdict. */
function withDependents({ waiting }: Grounds, verdicts: readonly HeapVerdict[], dead: readonly number[]): HeapVerdict[] {
  const isDead = new Set(dead);
  return verdicts.map((verdict) => {
    const seen = new Set(verdict.tasks);
    const queue = [...verdict.tasks];
    for (let at = 0; at < queue.length; at++) {
      for (const caller of waiting.callersOf(queue[at] ?? -1)) {
        if (seen.has(caller) || (verdict.certain && !isDead.has(caller))) continue;
        seen.add(caller);
        queue.push(caller);
      }
    }
    return { ...verdict, dependents: queue.length - verdict.tasks.length };
  });
}
