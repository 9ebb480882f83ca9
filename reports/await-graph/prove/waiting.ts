/** Which tasks wait, over promises, for which others, and for which promises in the end. */
import type { HeapGraph } from '../heap/heap-graph.ts';
import type { HeapSettler, SettlerSource } from '../extract/settlers.ts';
import { Memory } from '../extract/memory.ts';
import { resultOf } from '../extract/waits.ts';
import type { Waits } from '../extract/waits.ts';

/** Where a promise's way ends. */
export interface Ends {
  /** Suspended functions whose end or next step settles it: nearest first. */
  readonly tasks: readonly number[];
  /** Promises that resolving functions, native code or nothing settles. */
  readonly promises: readonly number[];
}

export class Waiting {
  readonly #heap: HeapGraph;
  readonly #waits: Waits;
  readonly #settlers: SettlerSource;
  /** The last that were asked for. */
  readonly #ends = new Memory<Ends>();
  /** By promise: the tasks that await it by themselves. */
  readonly #awaiting = new Lists();
  #callers: Lists | undefined;

  constructor(heap: HeapGraph, waits: Waits, settlers: SettlerSource) {
    this.#heap = heap;
    this.#waits = waits;
    this.#settlers = settlers;
    for (const [task, promise] of waits.awaits) this.#awaiting.add(promise, task);
  }

  /** The promise that the end of a task settles, when somebody waits for it; -1 otherwise. */
  resultOf(task: number): number {
    return resultOf(this.#heap, this.#waits, task);
  }

  /** The tasks that await a promise by themselves. */
  awaiting(promise: number): readonly number[] {
    return this.#awaiting.of(promise);
  }

  /** A task, the one that awaits it, the one that awaits that: as long as there is just one. */
  stackOf(task: number): number[] {
    const stack = [task];
    for (let at = task; stack.length < 50; ) {
      const result = this.resultOf(at);
      const [caller, other] = result === -1 ? [] : this.awaiting(result);
      if (caller === undefined || other !== undefined || stack.includes(caller)) break;
      stack.push((at = caller));
    }
    return stack;
  }

  /** The tasks that wait for the end or the next step of a task, over promises. */
  callersOf(task: number): readonly number[] {
    if (this.#callers === undefined) {
      this.#callers = new Lists();
      for (const [caller, promise] of this.#waits.awaits) {
        for (const target of this.endsOf(promise).tasks) this.#callers.add(target, caller);
      }
    }
    return this.#callers.of(task);
  }

  endsOf(promise: number): Ends {
    return this.#ends.of(promise, () => this.#follow(promise));
  }

  #follow(start: number): Ends {
    const tasks = new Set<number>();
    const promises = new Set<number>();
    const seen = new Set([start]);
    const queue = [start];
    for (let at = 0; at < queue.length; at++) {
      const promise = queue[at] ?? 0;
      const settlers = this.#settlers.of(promise);
      if (settlers.every(isEnd)) promises.add(promise);
      for (const settler of settlers) {
        if (settler.kind === 'task' || settler.kind === 'step') tasks.add(settler.generator);
        else if (!isEnd(settler) && !seen.has(settler.source)) {
          seen.add(settler.source);
          queue.push(settler.source);
        }
      }
    }
    return { tasks: [...tasks], promises: [...promises] };
  }
}

/** Mostly one node each, which then takes no list. */
class Lists {
  readonly #of = new Map<number, number | number[]>();

  add(key: number, node: number): void {
    const known = this.#of.get(key);
    if (known === undefined) this.#of.set(key, node);
    else if (typeof known === 'number') this.#of.set(key, [known, node]);
    else known.push(node);
  }

  of(key: number): readonly number[] {
    const known = this.#of.get(key);
    return known === undefined ? [] : typeof known === 'number' ? [known] : known;
  }
}

function isEnd(settler: HeapSettler): settler is Extract<HeapSettler, { kind: 'resolver' | 'native' }> {
  return settler.kind === 'resolver' || settler.kind === 'native';
}
