/**
 * What made a promise, by the order of events alone: for when captures cost too much. Whatever
 * follows from it is marked as inferred.
 *
 * The grammar: an async call's promise comes first, then what its body makes; an `await` suspends
 * the innermost call; a promise that is awaited while it still stands on the stack was no call.
 */
import { list } from './fates.ts';
import { suspend } from './classify.ts';
import {
  CALL, ENDED, INFERRED, KIND, LOADER, PLAIN, PromiseNode, ROOT, Stamp, SUSPENDED, THEN, Waiting,
} from './promise-node.ts';
import { base, current, main, pop, push, top } from './running.ts';

let unsure: Waiting | null = null;
let taken: PromiseNode | null = null;

export function guessStart(promise: object, node: PromiseNode): void {
  while (top > base && (current.bits & ENDED) !== 0) pop();
  node.bits |= CALL | INFERRED;
  node.subject = promise;
  push(node);
}

export function guessDerived(promise: object, source: PromiseNode | null): void {
  while (top > base && (current.bits & ENDED) !== 0) pop();
  if (source !== null && source === current) {
    guessWrapped(promise);
    return;
  }
  const kind = current.bits & KIND;
  if (top === base && cannotAwait(current, kind)) {
    const node = new PromiseNode(THEN | INFERRED, current, current.scope);
    node.from = source;
    new Stamp(promise, node);
    list(node, current);
    return;
  }
  current.bits |= INFERRED;
  new Stamp(promise, new Waiting(current));
  suspend(current, source, null);
}

/** Callbacks are no async functions; the main call awaits where it has been seen to, at top level. */
function cannotAwait(node: PromiseNode, kind: number): boolean {
  return kind === THEN || kind === LOADER || (kind === ROOT && (node !== main || (node.bits & SUSPENDED) === 0));
}

/** Either `await` of a plain value in `current`, or `current` was no call and is itself awaited. */
function guessWrapped(promise: object): void {
  if (top === base) {
    new Stamp(promise, new PromiseNode(PLAIN | INFERRED, current, null));
    return;
  }
  taken = current;
  taken.subject = null;
  pop();
  unsure = new Waiting(current);
  new Stamp(promise, unsure);
}

/** A promise that settles at once after its `init` wraps a plain value: its call still runs. */
export function guessSettled(stamp: PromiseNode | Waiting): void {
  if (unsure === null) return;
  if (stamp === unsure && taken !== null) push(taken);
  unsure = null;
  taken = null;
}
