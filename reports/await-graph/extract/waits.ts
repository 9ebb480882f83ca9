/**
 * Who waits for which promise. A pending promise holds a chain of reactions; those of an `await` lead
 * over two built-in functions and their context to the generator object of the suspended function.
 */
import type { Functions } from '../heap/functions.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { NodeType } from '../heap/tables.ts';
import type { NodeKinds } from './node-kinds.ts';

/** One `.then`, `await` or built-in that waits for a promise. */
export interface Reaction {
  readonly node: number;
  /** What is called: closures, the one for rejection first where there are two. */
  readonly handlers: readonly number[];
  /** The only handler is one for rejections: `.catch`. */
  readonly catches: boolean;
  /** The promise or capability that is settled after the handlers; -1 when there is none. */
  readonly derived: number;
  /** The generator that goes on: it is suspended at an `await`; -1 for other reactions. */
  readonly generator: number;
}

export interface Waits {
  /** Every promise with reactions, which is then pending, by node. */
  readonly promises: ReadonlyMap<number, readonly Reaction[]>;
  /** The promise that each suspended generator awaits, by the generator's node. */
  readonly awaits: ReadonlyMap<number, number>;
}

const AWAIT = /^Async(Function|Generator)\w*(Resolve|Reject)Closure$/;

export function readWaits(heap: HeapGraph, kinds: NodeKinds, functions: Functions): Waits {
  const promises = new Map<number, readonly Reaction[]>();
  const awaits = new Map<number, number>();
  const held = heap.find('reactions_or_result');
  for (let node = 0; node < heap.nodeCount; node++) {
    if (heap.typeOf(node) !== NodeType.object) continue;
    for (let edge = heap.begin(node); edge < heap.end(node); edge++) {
      if (!heap.isEdge(edge, held) || kinds.of(heap.target(edge)) !== 'reaction') continue;
      const reactions = readReactions(heap, kinds, functions, heap.target(edge));
      promises.set(node, reactions);
      for (const { generator } of reactions) if (generator !== -1) awaits.set(generator, node);
    }
  }
  return { promises, awaits };
}

function readReactions(heap: HeapGraph, kinds: NodeKinds, functions: Functions, head: number): Reaction[] {
  const found: Reaction[] = [];
  for (let node = head; node !== -1; ) {
    let next = -1;
    let derived = -1;
    const handlers: number[] = [];
    const slots: number[] = [];
    for (let edge = heap.begin(node); edge < heap.end(node); edge++) {
      const target = heap.target(edge);
      if (heap.typeOf(target) === NodeType.closure) {
        handlers.push(target);
        slots.push(heap.edgeIndex(edge));
      } else if (kinds.of(target) === 'reaction') next = target;
      else if (kinds.of(target) === 'capability' || isPromiseLike(heap, target)) derived = target;
    }
    const generator = generatorOf(heap, functions, handlers);
    // V8 counts the slots that hold an object; the next reaction, where there is one, comes before the handlers.
    const slot = (slots[0] ?? 0) - (next === -1 ? 0 : 1);
    found.push({ node, handlers, catches: handlers.length === 1 && slot === rejectSlot(heap), derived, generator });
    node = next;
  }
  return found;
}

/** Lines of V8 that keep an async context in a reaction have it in the first slot. */
function rejectSlot(heap: HeapGraph): number {
  return heap.find('(PromiseCapabilityDefaultResolve builtin handle)') !== -1 ? 0 : 1;
}

/** What else a reaction holds is the async context: a frame, or the store of an AsyncLocalStorage. */
function isPromiseLike(heap: HeapGraph, node: number): boolean {
  return heap.typeOf(node) === NodeType.object && heap.nameOf(node) !== 'AsyncContextFrame' && heap.nameOf(node) !== 'Map';
}

function generatorOf(heap: HeapGraph, functions: Functions, handlers: readonly number[]): number {
  for (const handler of handlers) {
    const { builtin } = functions.of(handler);
    if (builtin === undefined || !AWAIT.test(builtin)) continue;
    const context = heap.follow(handler, 'context');
    const generator = context === -1 ? -1 : heap.follow(context, 'extension');
    if (generator !== -1) return generator;
  }
  return -1;
}
