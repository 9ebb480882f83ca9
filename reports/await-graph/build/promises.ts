/** The promises between tasks and what they wait for, as a dump tells them. */
import type { Functions } from '../heap/functions.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import type { HeapSettler, SettlerSource } from '../extract/settlers.ts';
import type { PendingPromise, Settler } from '../model.ts';
import type { Settled } from '../reach/settled-promises.ts';

const MOST_MEMBERS = 100;

export interface PromiseSources {
  readonly heap: HeapGraph;
  readonly functions: Functions;
  readonly settlers: SettlerSource;
  readonly settled: Settled;
  /** Ids of the leaves that hold the promise's resolving functions. */
  readonly leavesOf: (promise: number) => readonly number[];
}

/** Those that are awaited, and all that they wait for over other promises. */
export function listPromises(sources: PromiseSources, awaited: Iterable<number>): PendingPromise[] {
  const seen = new Set(awaited);
  const queue = [...seen];
  const found: PendingPromise[] = [];
  for (let at = 0; at < queue.length; at++) {
    const promise = queue[at] ?? 0;
    const { settler, sources: next } = describe(sources, promise);
    found.push({ id: sources.heap.idOf(promise), settledBy: settler });
    for (const source of next) {
      if (seen.has(source)) continue;
      seen.add(source);
      queue.push(source);
    }
  }
  return found;
}

function describe(sources: PromiseSources, promise: number): { settler: Settler; sources: readonly number[] } {
  const { heap, functions, settlers, settled, leavesOf } = sources;
  const all = settlers.of(promise);
  const id = (node: number): number => heap.idOf(node);
  const members = all.filter((settler) => settler.kind === 'member');
  const [first] = members;
  if (first !== undefined) {
    const listed = members.map(({ source }) => source).slice(0, MOST_MEMBERS);
    const name = members.find(({ combinator }) => combinator !== 'race')?.combinator ?? 'race';
    return { settler: { kind: 'combinator', name, members: listed.map(id), pending: members.length }, sources: listed };
  }
  const task = all.find((settler) => settler.kind === 'task' || settler.kind === 'step');
  if (task !== undefined) return { settler: { kind: task.kind, task: id(task.generator) }, sources: [] };
  const chained = all.find((settler) => settler.kind === 'then' || settler.kind === 'follows');
  if (chained !== undefined && !isOvertaken(all, chained, settled)) {
    const { source } = chained;
    if (chained.kind === 'follows') return { settler: { kind: 'follows', source: id(source) }, sources: [source] };
    return { settler: { kind: 'then', source: id(source), method: chained.method, handler: functions.nameOf(chained.handler) }, sources: [source] };
  }
  return { settler: describeEnd(sources, promise, all, leavesOf(promise)), sources: [] };
}

/** It follows a promise that nothing settles, and is held by somebody else as well. */
function isOvertaken(all: readonly HeapSettler[], chained: { readonly source: number }, settled: Settled): boolean {
  return all.some((settler) => settler.kind === 'resolver') && !settled.has(chained.source);
}

function describeEnd({ heap }: PromiseSources, _promise: number, all: readonly HeapSettler[], heldBy: readonly number[]): Settler {
  const native = all.find((settler) => settler.kind === 'native');
  if (native !== undefined) return { kind: 'native', what: heap.nameOf(native.holder), heldBy };
  return all.length === 0 ? { kind: 'nothing' } : { kind: 'resolvers', heldBy };
}
