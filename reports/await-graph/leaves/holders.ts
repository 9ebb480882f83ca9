/**
 * Who holds the resolving functions of a promise: the nearest thing that a person can name, found by
 * going backwards over references. A queue of a lock, a listener of an emitter, a field of an object.
 */
import { NodeType, EdgeType } from '../heap/tables.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import type { NodeKinds } from '../extract/node-kinds.ts';
import { isGenerator } from '../extract/settlers.ts';
import { listenedEvent } from './emitters.ts';

export type Holder =
  | { readonly kind: 'entry'; readonly node: number }
  | { readonly kind: 'event'; readonly node: number; readonly event: string }
  | { readonly kind: 'queue' | 'object'; readonly node: number; readonly path: string }
  /** `node` is the context, `value` what the variable holds. */
  | { readonly kind: 'variable'; readonly node: number; readonly value: number; readonly name: string; readonly path: string }
  /** A suspended function that has it among its variables. */
  | { readonly kind: 'task'; readonly node: number }
  /** A handler of another pending promise, which is called first. */
  | { readonly kind: 'handler'; readonly node: number; readonly promise: number };

const FARTHEST = 14;
const MOST = 4000;
const ASIDE: ReadonlySet<string> = new Set(['__proto__', 'constructor', '_idleNext', '_idlePrev']);
/** Lists of which not each member can be looked for by itself. */
const LONG = 64;

interface Known {
  readonly isEntry: (node: number) => boolean;
  /** The pending promises of which a function is a handler. */
  readonly handledBy: (closure: number) => readonly number[];
  /** The names in a function's text. Undefined: it may touch whatever is in its scope. */
  readonly namesIn: (closure: number) => ReadonlySet<string> | undefined;
}

export class Holders {
  readonly #heap: HeapGraph;
  readonly #kinds: NodeKinds;
  readonly #known: Known;
  /** By long lists. */
  readonly #aside = new Map<number, ReadonlySet<number>>();

  constructor(heap: HeapGraph, kinds: NodeKinds, known: Known) {
    this.#heap = heap;
    this.#kinds = kinds;
    this.#known = known;
  }

  /**
   * Nearest first; the first of each kind.
   *
   * @param awaiting Suspended functions that are none of them.
   */
  of(start: readonly number[], awaiting: ReadonlySet<number>): Holder[] {
    const found = new Map<string, Holder>();
    let inner: Holder | undefined;
    const seen = new Map<number, { next: number; far: number }>(start.map((node) => [node, { next: -1, far: 0 }]));
    const queue = [...start];
    for (let at = 0; at < queue.length && at < MOST; at++) {
      const node = queue[at] ?? 0;
      const far = seen.get(node)?.far ?? 0;
      inner ??= this.#slotOf(node, seen);
      if (at >= start.length || this.#known.isEntry(node)) {
        if (awaiting.has(node)) continue;
        const holder = this.#recognise(node, seen);
        if (holder !== undefined) {
          if (!found.has(holder.kind) || isErrors(found.get(holder.kind))) found.set(holder.kind, holder);
          if (isErrors(holder)) continue;
          // What lies behind a queue or an emitter is the business of who may reach it.
          if (holder.kind !== 'object' || found.size > 1) continue;
        }
      }
      if (far >= FARTHEST || found.size >= 3) continue;
      for (const referrer of this.#referrersOf(node)) {
        if (seen.has(referrer) || !this.#mayTouch(referrer, node, seen)) continue;
        seen.set(referrer, { next: node, far: far + 1 });
        queue.push(referrer);
      }
    }
    return found.size === 0 && inner !== undefined ? [inner] : [...found.values()];
  }

  /** Whether a function, or one that is suspended, may use the variable that leads on: its own, or one of those around it. */
  #mayTouch(node: number, context: number, seen: ReadonlyMap<number, { next: number }>): boolean {
    if (this.#kinds.of(context) !== 'context') return true;
    const suspended = isGenerator(this.#heap, node);
    const closure = suspended ? this.#heap.follow(node, 'function') : node;
    if (closure === -1 || this.#heap.typeOf(closure) !== NodeType.closure) return true;
    let slot = context;
    while (this.#kinds.of(slot) === 'context' && this.#slotName(slot, seen) === undefined) slot = seen.get(slot)?.next ?? -1;
    const name = slot === -1 ? undefined : this.#slotName(slot, seen);
    if (name === undefined || (suspended && this.#isOwn(slot, node, closure))) return true;
    return this.#known.namesIn(closure)?.has(name) ?? !suspended;
  }

  /** Whether a suspended function has made this context, rather than found it. */
  #isOwn(context: number, generator: number, closure: number): boolean {
    const found = this.#heap.follow(closure, 'context');
    for (let at = this.#heap.follow(generator, 'context'); at !== -1 && at !== found; at = this.#heap.follow(at, 'previous')) {
      if (at === context) return true;
    }
    return false;
  }

  #slotName(context: number, seen: ReadonlyMap<number, { next: number }>): string | undefined {
    const next = seen.get(context)?.next ?? -1;
    const edge = next === -1 ? -1 : this.#heap.edgeBetween(context, next);
    return edge === -1 || this.#heap.edgeType(edge) !== EdgeType.context ? undefined : this.#heap.edgeName(edge);
  }

  /** A variable of any function, for want of anything that is known by itself. */
  #slotOf(context: number, seen: ReadonlyMap<number, { next: number }>): Holder | undefined {
    if (this.#kinds.of(context) !== 'context') return undefined;
    const name = this.#slotName(context, seen);
    const value = seen.get(context)?.next ?? -1;
    return name === undefined ? undefined : { kind: 'variable', node: context, value, name, path: name + this.#pathFrom(value, seen) };
  }

  /** Equal for nodes that the same list holds, each by itself or in an object of its own: a short walk, up to where ways part. */
  placeOf(node: number): string {
    let path = '';
    for (let at = node, far = 0; far < FARTHEST && !this.#known.isEntry(at); far++) {
      const referrers = this.#referrersOf(at);
      const names = referrers.map((each) => this.#fieldOf(each, at));
      const [only] = referrers;
      if (only === undefined) return `${at}${path}`;
      if (referrers.length > 1 || this.#heap.typeOf(only) === NodeType.array) return `${referrers.map((each, index) => `${each}.${names[index] ?? ''}`).join(' ')}${path}`;
      path = `.${names[0] ?? ''}${path}`;
      at = only;
    }
    return `${node}`;
  }

  /** Members of long lists have no names. */
  #fieldOf(referrer: number, node: number): string {
    const long = this.#heap.end(referrer) - this.#heap.begin(referrer) > LONG;
    return long ? '' : this.#heap.edgeName(this.#heap.edgeBetween(referrer, node));
  }

  #referrersOf(node: number): number[] {
    const { first, from } = this.#heap.referrers;
    const found: number[] = [];
    for (let at = first[node] ?? 0; at < (first[node + 1] ?? 0) && found.length < 200; at++) {
      const referrer = from[at] ?? 0;
      if (this.#leads(referrer, node)) found.push(referrer);
    }
    return found;
  }

  #leads(referrer: number, node: number): boolean {
    const type = this.#heap.typeOf(referrer);
    if (type === NodeType.code || type === NodeType.synthetic || type === NodeType.native) {
      return this.#kinds.of(referrer) === 'microtask' || this.#heap.nameOf(referrer).startsWith('system / Cell');
    }
    if (['reaction', 'native-context', 'loader', 'module-record', 'commonjs-module'].includes(this.#kinds.of(referrer))) return false;
    return type === NodeType.array || !this.#asideOf(referrer).has(node);
  }

  /** What a node leads to only as its neighbour, or as what it was made by. */
  #asideOf(node: number): ReadonlySet<number> {
    let aside = this.#aside.get(node);
    if (aside === undefined) {
      const heap = this.#heap;
      const led = new Set<number>();
      const found = new Set<number>();
      for (let edge = heap.begin(node); edge < heap.end(node); edge++) {
        const target = heap.target(edge);
        if (heap.edgeType(edge) === EdgeType.weak || led.has(target)) continue;
        led.add(target);
        if (ASIDE.has(heap.edgeName(edge))) found.add(target);
      }
      aside = found;
      if (led.size > LONG) this.#aside.set(node, aside);
    }
    return aside;
  }

  #recognise(node: number, seen: ReadonlyMap<number, { next: number }>): Holder | undefined {
    const heap = this.#heap;
    if (this.#known.isEntry(node)) return { kind: 'entry', node };
    if (this.#kinds.of(node) === 'context') return this.#variable(node, seen);
    if (heap.typeOf(node) === NodeType.closure) {
      const [promise] = this.#known.handledBy(node);
      return promise === undefined ? undefined : { kind: 'handler', node, promise };
    }
    if (heap.typeOf(node) !== NodeType.object) return undefined;
    if (isGenerator(heap, node)) return { kind: 'task', node };
    const event = listenedEvent(heap, this.#wayFrom(node, seen), (other) => seen.has(other));
    if (event !== undefined) return { kind: 'event', node, event };
    return this.#field(node, seen);
  }

  /** A variable of a module or a script; those of functions belong to whoever holds the function. */
  #variable(context: number, seen: ReadonlyMap<number, { next: number }>): Holder | undefined {
    const previous = this.#heap.follow(context, 'previous');
    if (previous === -1 || this.#kinds.of(previous) === 'context') return undefined;
    return this.#slotOf(context, seen);
  }

  /** A field of an object of some class, or an element of a list within one. */
  #field(node: number, seen: ReadonlyMap<number, { next: number }>): Holder | undefined {
    const name = this.#heap.nameOf(node);
    if (isContainer(name) || name === 'Promise' || name.startsWith('system /')) return undefined;
    const path = this.#pathFrom(node, seen);
    if (path === '') return undefined;
    const kind = /\[|\.(?:next|prev|head|tail|value)\b|\.get\(/.test(path) ? 'queue' : 'object';
    return { kind, node, path: path.replace(/^\./, '') };
  }

  #wayFrom(node: number, seen: ReadonlyMap<number, { next: number }>): number[] {
    const way: number[] = [];
    for (let at = node; at !== -1 && way.length < 20; at = seen.get(at)?.next ?? -1) way.push(at);
    return way;
  }

  /** `.q[0]`: the properties and elements from a node to the resolver. */
  #pathFrom(node: number, seen: ReadonlyMap<number, { next: number }>): string {
    const heap = this.#heap;
    const way = this.#wayFrom(node, seen);
    let path = '';
    for (let at = 0; at + 1 < way.length; at++) {
      const from = way[at] ?? 0;
      const edge = heap.edgeBetween(from, way[at + 1] ?? 0);
      const type = heap.edgeType(edge);
      // What a function holds is its own business.
      if (heap.typeOf(from) === NodeType.closure || type === EdgeType.context) break;
      if (type === EdgeType.property) path += isContainer(heap.nameOf(from)) && heap.nameOf(from) !== 'Object' ? '' : `.${heap.edgeName(edge)}`;
      else if (type === EdgeType.element) path += `[${heap.edgeIndex(edge)}]`;
      else if (['Map', 'Set', 'WeakMap'].includes(heap.nameOf(from))) path += from === way[0] ? '' : '[…]';
    }
    return path;
  }
}

/** `events.once` and streams listen for errors besides what they wait for. */
function isErrors(holder: Holder | undefined): boolean {
  return holder?.kind === 'event' && holder.event === 'error';
}

function isContainer(name: string): boolean {
  return /^(?:Object|Array|Map|Set|WeakMap|WeakSet|native_bind|global.*|)$/.test(name) || name.startsWith('(');
}
