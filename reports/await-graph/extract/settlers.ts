/** What has to happen for a pending promise to be settled, read from everything that refers to it. */
import type { Functions } from '../heap/functions.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { EdgeType, NodeType } from '../heap/tables.ts';
import type { NodeKinds } from './node-kinds.ts';
import { Memory } from './memory.ts';
import type { Reaction, Waits } from './waits.ts';

/** A settler in the heap's numbers. A promise may have several: whichever comes first. */
export type HeapSettler =
  | { readonly kind: 'task'; readonly generator: number }
  | { readonly kind: 'step'; readonly generator: number }
  | { readonly kind: 'then'; readonly source: number; readonly handler: number; readonly method: 'then' | 'catch' | 'finally' }
  | { readonly kind: 'follows'; readonly source: number }
  | { readonly kind: 'member'; readonly source: number; readonly combinator: 'all' | 'allSettled' | 'any' | 'race' }
  /** Resolving functions that are held otherwise than by reactions. */
  | { readonly kind: 'resolver'; readonly closure: number }
  | { readonly kind: 'native'; readonly holder: number };

const COMBINATORS: readonly (readonly [RegExp, 'all' | 'allSettled' | 'any'])[] = [
  [/^PromiseAllResolveElement/, 'all'],
  [/^PromiseAllSettled/, 'allSettled'],
  [/^PromiseAnyReject/, 'any'],
];

export interface SettlerSource {
  /** Empty: nothing can settle it. */
  of(promise: number): readonly HeapSettler[];
}

export class Settlers implements SettlerSource {
  readonly #heap: HeapGraph;
  readonly #kinds: NodeKinds;
  readonly #functions: Functions;
  readonly #waits: Waits;
  /** The last that were asked for. */
  readonly #known = new Memory<readonly HeapSettler[]>();
  readonly #sources = new Memory<readonly number[]>();
  /** Tables of the promises of `Atomics.waitAsync`. */
  readonly #waitAsync: ReadonlySet<number>;

  constructor(heap: HeapGraph, kinds: NodeKinds, functions: Functions, waits: Waits) {
    this.#heap = heap;
    this.#kinds = kinds;
    this.#functions = functions;
    this.#waits = waits;
    this.#waitAsync = findWaitAsync(heap, kinds);
  }

  of(promise: number): readonly HeapSettler[] {
    return this.#known.of(promise, () => this.#read(promise));
  }

  /** The pending promises of which a function is a handler. */
  handledBy(closure: number): readonly number[] {
    return this.#sources.of(closure, () => this.#findSources(closure));
  }

  /** The reactions that refer to it lead to their promises; one that it handles twice is there twice. */
  #findSources(closure: number): number[] {
    const found: number[] = [];
    for (const reaction of this.#reactionsWith(closure)) {
      for (const handler of reaction.handlers) if (handler === closure) found.push(this.#waits.promiseOf(reaction.node));
    }
    return found.sort((a, b) => a - b);
  }

  /** Those of pending promises that refer to a node, as a handler or as what they settle. */
  *#reactionsWith(node: number): Generator<Reaction> {
    const { first, from } = this.#heap.referrers;
    let before = -1;
    for (let at = first[node] ?? 0; at < (first[node + 1] ?? 0); at++) {
      const referrer = from[at] ?? 0;
      // Referrers are in order: one that refers to it twice comes twice in a row.
      if (referrer !== before && this.#waits.promiseOf(referrer) !== -1) yield this.#waits.reaction(referrer);
      before = referrer;
    }
  }

  #read(promise: number): HeapSettler[] {
    const found: HeapSettler[] = this.#afterReactions(promise);
    const { first, from } = this.#heap.referrers;
    for (let at = first[promise] ?? 0; at < (first[promise + 1] ?? 0); at++) found.push(...this.#from(from[at] ?? 0, promise));
    return withoutDoubles(found);
  }

  /** Settled after the handlers of a reaction on another promise. */
  #afterReactions(derived: number): HeapSettler[] {
    const found: { source: number; settler: HeapSettler }[] = [];
    for (const reaction of this.#reactionsWith(derived)) {
      if (reaction.derived !== derived) continue;
      const source = this.#waits.promiseOf(reaction.node);
      found.push({ source, settler: this.#chained(source, reaction) });
    }
    return found.sort((a, b) => a.source - b.source).map(({ settler }) => settler);
  }

  #chained(source: number, { handlers, catches }: Reaction): HeapSettler {
    const handler = handlers.at(-1) ?? -1;
    if (handler === -1) return { kind: 'follows', source };
    const { builtin } = this.#functions.of(handler);
    if (builtin === 'PromiseThenFinally' || builtin === 'PromiseCatchFinally') {
      return { kind: 'then', source, handler: this.#finallyHandler(handler), method: 'finally' };
    }
    if (builtin === 'AsyncIteratorValueUnwrap') return { kind: 'follows', source };
    return { kind: 'then', source, handler, method: catches ? 'catch' : 'then' };
  }

  #finallyHandler(handler: number): number {
    const context = this.#heap.follow(handler, 'context');
    for (let edge = this.#heap.begin(context); edge < this.#heap.end(context); edge++) {
      const target = this.#heap.target(edge);
      if (this.#heap.typeOf(target) === NodeType.closure) return target;
    }
    return handler;
  }

  #from(node: number, promise: number): HeapSettler[] {
    const heap = this.#heap;
    switch (this.#kinds.of(node)) {
      case 'reaction':
      case 'native-context':
        return [];
      case 'capability':
        return [...this.#afterReactions(node), ...this.#throughCapability(node)];
      case 'generator-request':
        return this.#ownersOf(node).filter((owner) => isGenerator(heap, owner)).map((generator) => ({ kind: 'step', generator }));
      case 'context':
        return this.#throughContext(node, promise);
      case 'module-record':
      case 'microtask':
      case 'native-wrapper':
        return [{ kind: 'native', holder: node }];
      default:
        return this.#throughObject(node, promise);
    }
  }

  #throughObject(node: number, promise: number): HeapSettler[] {
    const heap = this.#heap;
    const edge = heap.edgeBetween(node, promise);
    if (edge === -1) return [];
    if (isGenerator(heap, node) && heap.edgeType(edge) === EdgeType.hidden) return [{ kind: 'task', generator: node }];
    // What native code holds by itself, and the objects that stand for it.
    if (this.#isNative(node)) return [{ kind: 'native', holder: node }];
    if (heap.follow(node, 'javascript_to_native') !== -1) return [{ kind: 'native', holder: node }];
    return [];
  }

  /** Promises that native code may settle at any time, whatever runs. */
  heldByNative(promise: number): boolean {
    return this.of(promise).some((settler) => settler.kind === 'native' && this.#isNative(settler.holder));
  }

  #isNative(node: number): boolean {
    const type = this.#heap.typeOf(node);
    return type === NodeType.synthetic || this.#kinds.of(node) === 'native-wrapper' || this.#waitAsync.has(node);
  }

  /** Contexts of built-in functions have slots without names; those of a program's functions have names. */
  #throughContext(context: number, promise: number): HeapSettler[] {
    const edge = this.#heap.edgeBetween(context, promise);
    if (this.#heap.edgeType(edge) === EdgeType.context) return [];
    return this.#closuresOf(context).flatMap((closure) => this.#throughClosure(closure));
  }

  #throughClosure(closure: number): HeapSettler[] {
    const sources = [...new Set(this.handledBy(closure))];
    // A race hands its own resolving functions to each member; a promise that follows another has one.
    const found: HeapSettler[] = sources.map((source) =>
      sources.length > 1 ? { kind: 'member', source, combinator: 'race' } : { kind: 'follows', source },
    );
    if (this.#isHeldOutside(closure)) found.push({ kind: 'resolver', closure });
    return found;
  }

  #isHeldOutside(closure: number): boolean {
    return this.#ownersOf(closure).some((owner) => !['reaction', 'capability', 'context'].includes(this.#kinds.of(owner)) || this.#isNamed(owner, closure));
  }

  #isNamed(context: number, closure: number): boolean {
    return this.#heap.edgeType(this.#heap.edgeBetween(context, closure)) === EdgeType.context;
  }

  /** A combinator's functions hold its capability; each waits for one member. */
  #throughCapability(capability: number): HeapSettler[] {
    const found: HeapSettler[] = [];
    for (const owner of this.#ownersOf(capability)) {
      if (this.#kinds.of(owner) !== 'context') continue;
      for (const closure of this.#closuresOf(owner)) {
        const sources = this.handledBy(closure);
        const { builtin } = this.#functions.of(closure);
        const combinator = COMBINATORS.find(([pattern]) => builtin !== undefined && pattern.test(builtin))?.[1];
        if (sources.length === 0) found.push({ kind: 'resolver', closure });
        for (const source of sources) found.push(combinator === undefined ? { kind: 'follows', source } : { kind: 'member', source, combinator });
      }
    }
    return found;
  }

  #closuresOf(context: number): number[] {
    return this.#ownersOf(context).filter((owner) => this.#heap.typeOf(owner) === NodeType.closure);
  }

  #ownersOf(node: number): number[] {
    const { first, from } = this.#heap.referrers;
    return Array.from(from.subarray(first[node] ?? 0, first[node + 1] ?? 0));
  }
}

function findWaitAsync(heap: HeapGraph, kinds: NodeKinds): Set<number> {
  const found = new Set<number>();
  for (let node = 0; node < heap.nodeCount; node++) {
    if (kinds.of(node) === 'native-context') found.add(heap.follow(node, 'atomics_waitasync_promises'));
  }
  return found;
}

export function isGenerator(heap: HeapGraph, node: number): boolean {
  return heap.typeOf(node) === NodeType.object && heap.follow(node, 'parameters_and_registers') !== -1;
}

/** The combinators' functions for rejections are shared by all members, and would name each member twice. */
function withoutDoubles(settlers: HeapSettler[]): HeapSettler[] {
  if (settlers.length < 2) return settlers;
  const seen = new Map<string, HeapSettler>();
  const members = new Set<number>();
  for (const settler of settlers) if (settler.kind === 'member' && settler.combinator !== 'race') members.add(settler.source);
  for (const settler of settlers) {
    const again = settler.kind === 'follows' || (settler.kind === 'member' && settler.combinator === 'race');
    if (!again || !members.has(settler.source)) seen.set(keyOf(settler), settler);
  }
  return [...seen.values()];
}

function keyOf(settler: HeapSettler): string {
  switch (settler.kind) {
    case 'then':
      return `then ${settler.source} ${settler.handler} ${settler.method}`;
    case 'follows':
      return `follows ${settler.source}`;
    case 'member':
      return `member ${settler.source} ${settler.combinator}`;
    case 'resolver':
      return `resolver ${settler.closure}`;
    case 'native':
      return `native ${settler.holder}`;
    default:
      return `${settler.kind} ${settler.generator}`;
  }
}
