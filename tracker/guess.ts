/**
 * What made a promise, by the order of events alone: for when captures cost too much. Whatever
 * follows from it is marked as inferred.
 *
 * The grammar: an async call's promise comes first, then what its body makes; an `await` suspends
 * the innermost call; a promise that is awaited while it still stands on the stack was no call.
 */
import { suspend } from './classify.ts';
import { createNode } from './creation.ts';
import { list } from './fates.ts';
import {
  AWAIT, CALL, ENDED, INFERRED, KIND, LOADER, PromiseNode, ROOT, SUSPENDED, THEN, Waiting, WRAPPER,
} from './promise-node.ts';
import { base, current, main, pop, push, top } from './running.ts';

/** The latest `await` by a call that has not been suspended before, when that may have been no call. */
export let unsure: Waiting | null = null;
let taken: PromiseNode | null = null;
/** The latest stamp of a promise that wraps a value, for the next one. */
let wrapper = new Waiting(WRAPPER, main);

/** The stamp of a promise without a parent. */
export function guessStart(promise: object): PromiseNode {
  const node = createNode(CALL | INFERRED);
  node.subject = promise;
  if (top > base) popEnded();
  push(node);
  return node;
}

/** The stamp of a promise derived from that of `source`. */
export function guessDerived(source: PromiseNode | null): PromiseNode | Waiting {
  if (top > base) popEnded();
  const runs = current();
  if (source === runs) return guessWrapped(runs);
  if (top === base) {
    const kind = runs.bits & KIND;
    if (kind !== CALL && cannotAwait(runs, kind)) return deriveThen(runs, source);
  }
  runs.bits |= INFERRED;
  suspend(runs, source, null);
  return new Waiting(AWAIT, runs);
}

function popEnded(): void {
  while (top > base && (current().bits & ENDED) !== 0) pop();
}

function deriveThen(maker: PromiseNode, source: PromiseNode | null): PromiseNode {
  const node = new PromiseNode(THEN | INFERRED, maker, maker.scope);
  node.from = source;
  list(node, maker);
  return node;
}

/** Callbacks are no async functions; the main call awaits where it has been seen to, at top level. */
function cannotAwait(node: PromiseNode, kind: number): boolean {
  return kind === THEN || kind === LOADER || (kind === ROOT && (node !== main || (node.bits & SUSPENDED) === 0));
}

/** Either `await` of a plain value in `runs`, or that was no call and is itself awaited. */
function guessWrapped(runs: PromiseNode): PromiseNode | Waiting {
  if (top === base) {
    if (wrapper.owner !== runs) wrapper = new Waiting(WRAPPER, runs);
    return wrapper;
  }
  taken = runs;
  runs.subject = null;
  pop();
  unsure = new Waiting(AWAIT, current());
  return unsure;
}

/** A promise that settles at once after its `init` wraps a plain value: its call still runs. */
export function guessSettled(stamp: PromiseNode | Waiting): void {
  if (stamp === unsure && taken !== null) push(taken);
  unsure = null;
  taken = null;
}
