/**
 * What is left out of a heap is data; but code that gets hold of it may call the methods of its prototypes, and
 * of those of whatever it leads to. So each node that is left out belongs to a set of prototypes.
 */
import type { EdgeList } from './edge-list.ts';
import { isKept, isPrototype } from './keep.ts';
import type { Names } from './names.ts';

/** Beyond these, a node is taken to lead to every prototype there is: more is harmless, less is not. */
const MOST_SETS = 4096;
const LARGEST = 64;
const EVERYTHING = MOST_SETS;

export class PrototypeSets {
  readonly #sets: (readonly number[])[] = [[]];
  readonly #all = new Set<number>();
  readonly #ids = new Map<string, number>([['', 0]]);
  readonly #unions = new Map<number, number>();
  /** By node, in as few bits as will do. */
  #ofNode: Uint8Array | Uint16Array;

  constructor(marks: Uint8Array, edges: EdgeList, names: Names) {
    this.#ofNode = new Uint8Array(marks.length);
    edges.settle((from, numbers, at, end) => {
      if (isKept(marks[from])) return false;
      const before = this.of(from);
      let set = before;
      for (let edge = at; edge < end; edge += 2) {
        const to = numbers[edge + 1] ?? 0;
        if (!isKept(marks[to])) set = this.#unite(set, this.of(to));
        else if (isPrototype(numbers[edge] ?? 0, names)) set = this.#unite(set, this.#single(to));
      }
      if (set === before) return false;
      if (set > 255 && this.#ofNode instanceof Uint8Array) this.#ofNode = Uint16Array.from(this.#ofNode);
      this.#ofNode[from] = set;
      return true;
    });
  }

  /** The number of the set that a node belongs to: 0 is the empty one. */
  of(node: number): number {
    return this.#ofNode[node] ?? 0;
  }

  /** @param set A number that {@link of} has given. */
  prototypes(set: number): readonly number[] {
    return set === EVERYTHING ? [...this.#all] : (this.#sets[set] ?? []);
  }

  #single(prototype: number): number {
    this.#all.add(prototype);
    return this.#number([prototype]);
  }

  #unite(one: number, other: number): number {
    if (one === other || other === 0) return one;
    if (one === 0) return other;
    if (one === EVERYTHING || other === EVERYTHING) return EVERYTHING;
    const key = Math.min(one, other) * MOST_SETS + Math.max(one, other);
    let union = this.#unions.get(key);
    if (union === undefined) {
      const both = new Set([...(this.#sets[one] ?? []), ...(this.#sets[other] ?? [])]);
      this.#unions.set(key, (union = this.#number([...both].sort((a, b) => a - b))));
    }
    return union;
  }

  #number(set: readonly number[]): number {
    const key = set.join(' ');
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = set.length > LARGEST || this.#sets.length >= MOST_SETS ? EVERYTHING : this.#sets.push(set) - 1;
      this.#ids.set(key, id);
    }
    return id;
  }
}
