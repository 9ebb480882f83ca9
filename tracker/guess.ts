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
  AwaitStamp, CALL, ENDED, GENERATOR, INFERRED, KIND, LOADER, NodeStamp, PLAIN, PromiseNode, ROOT, THEN,
} from './promise-node.ts';
import { base, current, nowMs, pop, push, top } from './running.ts';

let unsure: PromiseNode | null = null;
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
    const plain = new PromiseNode(PLAIN | INFERRED, current, null, 0, nowMs);
    new NodeStamp(promise, plain);
    if (top === base) return;
    // Either `await` of a plain value in `current`, or `current` was no call and is awaited.
    unsure = plain;
    taken = current;
    taken.subject = null;
    pop();
    new AwaitStamp(promise, current);
    return;
  }
  const kind = current.bits & KIND;
  if (top === base && (kind === THEN || kind === ROOT || kind === LOADER || kind === GENERATOR)) {
    const node = new PromiseNode(THEN | INFERRED, current, current.scope, current.hops + 1, nowMs);
    node.from = source;
    new NodeStamp(promise, node);
    if (kind !== ROOT || current.owner !== null) list(node, current);
    else new AwaitStamp(promise, current);
    return;
  }
  current.bits |= INFERRED;
  new AwaitStamp(promise, current);
  suspend(current, source, null);
}

/** A promise that settles at once after its `init` wraps a plain value: its call still runs. */
export function guessSettled(node: PromiseNode): void {
  if (node === unsure && taken !== null) push(taken);
  unsure = null;
  taken = null;
}
