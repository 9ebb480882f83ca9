/** The suspended functions of a heap as tasks of a dump. */
import type { Functions } from '../heap/functions.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { EdgeType } from '../heap/tables.ts';
import type { NodeKinds } from '../extract/node-kinds.ts';
import type { SettlerSource } from '../extract/settlers.ts';
import type { Waits } from '../extract/waits.ts';
import type { WaitingTask } from '../model.ts';
import type { Waiting } from '../prove/waiting.ts';

/** Of tasks of one function that wait for the same kind of thing, as many are listed one by one. */
const MOST_ALIKE = 200;

export interface TaskList {
  readonly tasks: readonly WaitingTask[];
  /** The generators of the listed tasks. */
  readonly nodes: readonly number[];
}

export interface TaskSources {
  readonly heap: HeapGraph;
  readonly kinds: NodeKinds;
  readonly functions: Functions;
  readonly waits: Waits;
  readonly settlers: SettlerSource;
  readonly waiting: Waiting;
}

/** @param kept Generators that a verdict names: always listed, with those that wait for them. */
export function listTasks(sources: TaskSources, kept: readonly number[]): TaskList {
  const { waits, waiting } = sources;
  const alike = new Map<string, number[]>();
  for (const node of waits.awaits.keys()) {
    const key = kindOfWait(sources, node);
    const group = alike.get(key);
    if (group === undefined) alike.set(key, [node]);
    else group.push(node);
  }
  const listed = new Set<number>(kept.flatMap((node) => waiting.stackOf(node)));
  // From where the trees begin; what a listed task waits for is listed with it, so that no branch ends in the air.
  for (const group of alike.values()) {
    for (const node of group.filter((each) => waiting.callersOf(each).length === 0).slice(0, MOST_ALIKE)) listed.add(node);
  }
  addBelow(sources, listed);
  for (const group of alike.values()) if (!group.some((node) => listed.has(node))) for (const node of group.slice(0, MOST_ALIKE)) listed.add(node);
  addBelow(sources, listed);
  const tasks: WaitingTask[] = [];
  const nodes: number[] = [];
  for (const group of alike.values()) {
    const shown = group.filter((node) => listed.has(node));
    shown.forEach((node, at) => {
      tasks.push(describeTask(sources, node, at === 0 ? group.length - shown.length : 0));
      nodes.push(node);
    });
  }
  return { tasks, nodes };
}

function addBelow({ waits, waiting }: TaskSources, listed: Set<number>): void {
  for (const node of listed) for (const below of waiting.endsOf(waits.awaits.get(node) ?? -1).tasks.slice(0, MOST_ALIKE)) listed.add(below);
}

/** Equal for tasks of one function that wait in the same way. */
function kindOfWait({ heap, waits, settlers }: TaskSources, node: number): string {
  const [settler] = settlers.of(waits.awaits.get(node) ?? -1);
  const shared = heap.follow(heap.follow(node, 'function'), 'shared');
  return `${shared} ${settler?.kind ?? 'nothing'}`;
}

function describeTask(sources: TaskSources, node: number, others: number): WaitingTask {
  const { heap, functions, waits, settlers, waiting } = sources;
  const closure = heap.follow(node, 'function');
  const { name, script, internal } = functions.of(closure);
  const position = functions.positionOf(closure);
  const awaited = waits.awaits.get(node) ?? 0;
  const kind = kindOf(sources, node, closure);
  const result = kind === 'async-generator' ? waiting.resultOf(node) : promiseOf(heap, node);
  const step = settlers.of(awaited).find((settler) => settler.kind === 'step');
  return {
    id: heap.idOf(node),
    kind,
    name: kind === 'module' ? (script ?? '') : name,
    ...(script === undefined ? {} : { script }),
    ...(position === undefined ? {} : { position }),
    internal,
    awaits: heap.idOf(awaited),
    ...(result === -1 ? {} : { result: heap.idOf(result) }),
    ...(step === undefined ? {} : { iterates: heap.idOf(step.generator) }),
    ...(others === 0 ? {} : { others }),
  };
}

/** The promise that an async function has given to its caller, whoever waits for it. */
function promiseOf(heap: HeapGraph, node: number): number {
  for (let edge = heap.begin(node); edge < heap.end(node); edge++) {
    const target = heap.target(edge);
    if (heap.edgeType(edge) === EdgeType.hidden && heap.nameOf(target) === 'Promise') return target;
  }
  return -1;
}

function kindOf({ heap, kinds }: TaskSources, node: number, closure: number): WaitingTask['kind'] {
  const prototype = heap.follow(closure, '__proto__');
  const name = prototype === -1 ? '' : heap.nameOf(prototype);
  if (name.startsWith('AsyncGeneratorFunction')) return 'async-generator';
  if (heap.nameOf(closure) !== '') return 'async-function';
  const { first, from } = heap.referrers;
  for (let at = first[node] ?? 0; at < (first[node + 1] ?? 0); at++) {
    if (kinds.of(from[at] ?? 0) === 'module-record') return 'module';
  }
  return 'async-function';
}
