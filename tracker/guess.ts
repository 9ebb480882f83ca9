/**
 * What made a promise, by the order of events alone: for when captures cost too much. Whatever
 * follows from it is marked as inferred.
 *
 * The grammar: an async call's promise comes first, then what its body makes; an `await` suspends
 * the innermost call; a promise that is awaited while it still stands on the stack was no call.
 */
import { announced } from './announce.ts';
import { wait } from './classify.ts';
import { decideOnly, list } from './fates.ts';
import { noteSuspended } from './living.ts';
import {
  AWAIT, CALL, ENDED, INFERRED, KIND, LOADER, PromiseNode, RACED, ROOT, SUSPENDED, THEN, Waiting, WATCHED, WRAPPER,
} from './promise-node.ts';
import { noteWorked } from './races.ts';
import { base, current, exact, main, pop, push, stack, top, unfollowed } from './running.ts';
import { noteUnfollowed } from './unfollowed.ts';

/**
 * The hidden promise of the latest `await` by a call that runs for the first time, when that may
 * have been no call: then it was taken off the stack, and its place there still holds it.
 */
export let unsure: object | null = null;
/** The latest stamp of a promise that wraps a value, for the next one. */
let wrapper = new Waiting(WRAPPER, main);

/** Of a promise by which what is not followed goes on: whoever that is belongs to no era. */
const nobodys = new Waiting(AWAIT, new PromiseNode(ROOT | INFERRED, null, null));
nobodys.owner.era = -1;

/** Nothing of what was there is known any more. */
export function forgetGuesses(): void {
  unsure = null;
  wrapper = nobodys;
}

/** The stamp of a promise derived from that of `source`. */
export function guessDerived(promise: object, source: PromiseNode | null): PromiseNode | Waiting {
  if (top > base) popEnded();
  const runs = current();
  if (source === runs) return guessWrapped(promise, runs);
  if (runs === unfollowed) {
    noteUnfollowed();
    return nobodys;
  }
  const { bits } = runs;
  if (top === base && (bits & KIND) !== CALL && cannotAwait(runs, bits & KIND)) return deriveThen(runs, source);
  const first = (bits & SUSPENDED) === 0;
  runs.bits = bits | INFERRED | SUSPENDED;
  if ((bits & WATCHED) !== 0) noteSuspended(runs);
  if (source !== null && (source.bits & ENDED) === 0 && decideOnly(runs, source)) runs.from = source;
  else if (source === null || (source.bits & ENDED) === 0 || runs.child !== null || announced > 1) wait(runs, source);
  if ((bits & RACED) !== 0) noteWorked(runs, source);
  if (top > base) {
    pop();
    if (first) list(runs, current());
  }
  return waitingOf(runs);
}

function waitingOf(waiter: PromiseNode): Waiting {
  return new Waiting(AWAIT, waiter);
}

/** Takes those off the stack that have ended below others. */
export function popEnded(): void {
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
function guessWrapped(promise: object, runs: PromiseNode): PromiseNode | Waiting {
  if (top === base) {
    if (wrapper.owner !== runs) wrapper = new Waiting(WRAPPER, runs);
    return wrapper;
  }
  runs.subject = null;
  pop();
  unsure = promise;
  return waitingOf(current());
}

/** A promise that settles at once after its `init` wraps a plain value: its call still runs. */
export function guessSettled(promise: object): void {
  if (promise === unsure && !exact) push(stack[top + 1] as PromiseNode);
  unsure = null;
}
