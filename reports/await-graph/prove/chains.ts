/**
 * Promises that suspended functions or handlers of other promises resolve, as if they were written with
 * `await` and `.then`: code that was compiled for older lines of JavaScript, and libraries that hand
 * on a call's outcome by hand.
 */
import type { HeapGraph } from '../heap/heap-graph.ts';
import { resultOf } from '../extract/waits.ts';
import type { HeapSettler, Settlers, SettlerSource } from '../extract/settlers.ts';
import type { Waits } from '../extract/waits.ts';
import type { Resources } from './resources.ts';

const MOST_SEEN = 200;

export class Chains implements SettlerSource {
  readonly #heap: HeapGraph;
  readonly #settlers: Settlers;
  readonly #resources: Resources;
  readonly #waits: Waits;

  constructor(heap: HeapGraph, settlers: Settlers, resources: Resources, waits: Waits) {
    this.#heap = heap;
    this.#settlers = settlers;
    this.#resources = resources;
    this.#waits = waits;
  }

  of(promise: number): readonly HeapSettler[] {
    const settlers = this.#settlers.of(promise);
    if (settlers.length === 0 || settlers.some(({ kind }) => kind !== 'resolver')) return settlers;
    const { holders } = this.#resources.of(promise);
    const [first] = holders;
    if (first === undefined || holders.some(({ kind }) => kind !== 'task' && kind !== 'handler')) return settlers;
    if (first.kind === 'handler') return [{ kind: 'then', source: first.promise, handler: this.#fulfilling(first.promise, first.node), method: 'then' }];
    if (this.#waitsFor(first.node, promise)) return settlers;
    return this.#waits.awaits.has(first.node) ? [{ kind: 'task', generator: first.node }] : settlers;
  }

  /** What waits for a promise, over whatever else, cannot be told as what settles it. */
  #waitsFor(task: number, promise: number): boolean {
    const seen = new Set([promise]);
    for (const each of seen) {
      if (seen.size > MOST_SEEN) return false;
      for (const { generator, derived } of this.#waits.reactionsOf(each)) {
        if (generator === task) return true;
        const next = generator === -1 ? derived : resultOf(this.#heap, this.#waits, generator);
        if (next !== -1) seen.add(next);
      }
    }
    return false;
  }

  /** Of two handlers that know the resolver, the one that is called when all goes well. */
  #fulfilling(promise: number, handler: number): number {
    for (const { handlers } of this.#waits.reactionsOf(promise)) if (handlers.includes(handler)) return handlers.at(-1) ?? handler;
    return handler;
  }
}
