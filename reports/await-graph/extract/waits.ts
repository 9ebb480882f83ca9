/**
 * Who waits for which promise. A pending promise holds a chain of reactions; those of an `await` lead
 * over two built-in functions and their context to the generator object of the suspended function.
 */
import type { Functions } from '../heap/functions.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { EdgeType, NodeType } from '../heap/tables.ts';
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

/**
 * A program may have hundreds of thousands of waits, so that of each only numbers stay in memory; what a reaction is, is
 * read from the heap again whenever it is asked for.
 */
export class Waits {
  /** The promise that each suspended generator awaits, by the generator's node. */
  readonly awaits = new Map<number, number>();
  readonly #heap: HeapGraph;
  readonly #kinds: NodeKinds;
  readonly #functions: Functions;
  /** The first reaction of each pending promise that has one. */
  readonly #heads = new Map<number, number>();
  /** The promise of every reaction. */
  readonly #promiseOf = new Map<number, number>();

  constructor(heap: HeapGraph, kinds: NodeKinds, functions: Functions) {
    this.#heap = heap;
    this.#kinds = kinds;
    this.#functions = functions;
    const held = heap.find('reactions_or_result');
    for (let node = 0; node < heap.nodeCount; node++) {
      if (heap.typeOf(node) !== NodeType.object) continue;
      for (let edge = heap.begin(node); edge < heap.end(node); edge++) {
        if (heap.isEdge(edge, held) && kinds.of(heap.target(edge)) === 'reaction') this.#add(node, heap.target(edge));
      }
    }
  }

  #add(promise: number, head: number): void {
    this.#heads.set(promise, head);
    for (const { node, generator } of this.#read(head)) {
      this.#promiseOf.set(node, promise);
      if (generator !== -1) this.awaits.set(generator, promise);
    }
  }

  /** Every promise with reactions, which is then pending. */
  get promises(): Iterable<number> {
    return this.#heads.keys();
  }

  /** Whether it is a promise with reactions. */
  has(promise: number): boolean {
    return this.#heads.has(promise);
  }

  /** In the order in which V8 keeps them. None of what is no pending promise. */
  reactionsOf(promise: number): Iterable<Reaction> {
    const head = this.#heads.get(promise);
    return head === undefined ? [] : this.#read(head);
  }

  /** The promise that a reaction waits for; -1 when it is not among those of any promise. */
  promiseOf(reaction: number): number {
    return this.#promiseOf.get(reaction) ?? -1;
  }

  /** One reaction, without those after it. */
  reaction(node: number): Reaction {
    return readReaction(this.#heap, this.#kinds, this.#functions, node).reaction;
  }

  *#read(head: number): Generator<Reaction> {
    for (let node = head; node !== -1; ) {
      const { reaction, next } = readReaction(this.#heap, this.#kinds, this.#functions, node);
      yield reaction;
      node = next;
    }
  }
}

/** The promise that the end of a suspended function settles, when somebody waits for it; -1 otherwise. */
export function resultOf(heap: HeapGraph, waits: Waits, generator: number): number {
  for (let edge = heap.begin(generator); edge < heap.end(generator); edge++) {
    const target = heap.target(edge);
    if (heap.edgeType(edge) === EdgeType.hidden && waits.has(target)) return target;
  }
  return -1;
}

const AWAIT = /^Async(Function|Generator)\w*(Resolve|Reject)Closure$/;

function readReaction(heap: HeapGraph, kinds: NodeKinds, functions: Functions, node: number): { reaction: Reaction; next: number } {
  let next = -1;
  let derived = -1;
  const handlers: number[] = [];
  let slot = 0;
  for (let edge = heap.begin(node); edge < heap.end(node); edge++) {
    const target = heap.target(edge);
    if (heap.typeOf(target) === NodeType.closure) {
      if (handlers.length === 0) slot = heap.edgeIndex(edge);
      handlers.push(target);
    } else if (kinds.of(target) === 'reaction') next = target;
    else if (kinds.of(target) === 'capability' || isPromiseLike(heap, target)) derived = target;
  }
  const generator = generatorOf(heap, functions, handlers);
  // V8 counts the slots that hold an object; the next reaction, where there is one, comes before the handlers.
  const catches = handlers.length === 1 && slot - (next === -1 ? 0 : 1) === rejectSlot(heap);
  return { reaction: { node, handlers, catches, derived, generator }, next };
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
