/** The leaves that a dump mentions, each once. */
import type { HeapGraph } from '../heap/heap-graph.ts';
import type { Leaves } from '../leaves/describe.ts';
import type { Leaf, ObjectId, Reach } from '../model.ts';
import type { Resources } from '../prove/resources.ts';
import type { Entry } from '../reach/entries.ts';
import type { Settling } from '../reach/settled-promises.ts';
import type { Spread } from '../reach/spread.ts';
import { EdgeType, NodeType } from '../heap/tables.ts';

/** Kinds of entries that keep a program alive, or would. */
const NO_HANDLES: ReadonlySet<string> = new Set(['hook', 'running']);

export class LeafList {
  readonly #heap: HeapGraph;
  readonly #leaves: Leaves;
  readonly #spread: Spread;
  readonly #entries: ReadonlyMap<number, Entry>;
  readonly #resources: Resources;
  readonly #listed = new Map<ObjectId, Leaf>();

  constructor(heap: HeapGraph, leaves: Leaves, spread: Spread, entries: ReadonlyMap<number, Entry>, resources: Resources) {
    this.#heap = heap;
    this.#leaves = leaves;
    this.#spread = spread;
    this.#entries = entries;
    this.#resources = resources;
  }

  get listed(): Leaf[] {
    return [...this.#listed.values()];
  }

  handles(entries: readonly Entry[]): Leaf[] {
    return entries.filter(({ kind, plumbing }) => !plumbing && !NO_HANDLES.has(kind)).map((entry) => this.#leaves.ofEntry(entry));
  }

  /** What holds the resolving functions of a promise, and the entry that can get at them by itself. */
  of(promise: number): ObjectId[] {
    const { holders, promises } = this.#resources.of(promise);
    const ids = new Set<ObjectId>();
    for (const holder of holders) {
      if (holder.kind === 'task' || holder.kind === 'handler') continue;
      const entry = holder.kind === 'entry' ? this.#entries.get(holder.node) : undefined;
      ids.add(this.#add(entry === undefined ? this.#leaves.ofHolder(holder, promises.length) : this.#leaves.ofEntry(entry)));
    }
    const settling = this.#spread.settled.get(promise);
    if (settling?.step === 'own') {
      const entry = this.#entryOf(settling);
      if (entry !== undefined) ids.add(this.#add(this.#leaves.ofEntry(entry)));
    }
    return [...ids];
  }

  /** The way from an entry to the resolver. */
  reach(settling: Settling): Reach | undefined {
    const entry = this.#entryOf(settling);
    if (entry === undefined) return undefined;
    return { from: this.#add(this.#leaves.ofEntry(entry)), path: this.#namesOf(this.#spread.pathTo(settling.from)) };
  }

  #entryOf(settling: Settling): Entry | undefined {
    return this.#entries.get(this.#spread.pathTo(settling.from)[0] ?? -1);
  }

  #namesOf(path: readonly number[]): string[] {
    const names: string[] = [];
    for (let at = 0; at + 1 < path.length && names.length < 12; at++) {
      const from = path[at] ?? 0;
      const edge = this.#heap.edgeBetween(from, path[at + 1] ?? 0);
      const type = edge === -1 ? -1 : this.#heap.edgeType(edge);
      if (type === EdgeType.property || type === EdgeType.context) names.push(this.#heap.edgeName(edge));
      else if (this.#heap.typeOf(path[at + 1] ?? 0) === NodeType.closure) names.push(`${this.#heap.nameOf(path[at + 1] ?? 0) || 'anonymous'}()`);
    }
    return names.filter((name) => name !== '' && !name.startsWith('<symbol'));
  }

  #add(leaf: Leaf): ObjectId {
    const known = this.#listed.get(leaf.id);
    // One object may hold several queues: the first is shown, and its path says which.
    if (known === undefined) this.#listed.set(leaf.id, leaf);
    return leaf.id;
  }
}
