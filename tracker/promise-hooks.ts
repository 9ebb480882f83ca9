/** V8's four promise events. Every promise of the program passes here: nothing may be slow. */
import { emitEnd } from './announce.ts';
import {
  classifyDerived, classifyStart, endJob, resume, setCaptureBelow, setJob, settleEnd,
} from './classify.ts';
import { countOnce } from './counts.ts';
import { createNode } from './creation.ts';
import { attaching, noteConsumer, noteSettled, watching } from './declared/arrivals.ts';
import { expected, noteExpectedEnd } from './declared/ends.ts';
import { guarded } from './failure.ts';
import { lookAtCost } from './following.ts';
import { attach, confirm, decide, inherit, join, list } from './fates.ts';
import { noteYield } from './generators.ts';
import { noteLeaving } from './generators-left.ts';
import { guessDerived, guessSettled, popEnded, unsure } from './guess.ts';
import { settleRaced } from './races.ts';
import { innermostOpen } from './scope-state.ts';
import { keep } from './nursery.ts';
import { deferred, takeDeferred } from './stalls.ts';
import {
  AWAIT, BODY, CALL, ENDED, era, GENERATOR, idOf, INFERRED, INTERNAL, KIND, LOADER, LOCKED, PLAIN,
  PromiseNode, RACED, SPAWNED, Stamp, SUSPENDED, THEN, type Waiting, WATCHED,
} from './promise-node.ts';
import { noteUnfollowed } from './unfollowed.ts';
import { noteEnd } from './work.ts';
import {
  base, current, enter, exact, leave, main, pop, push, stack, top, truncate, unfollowed, unknown,
} from './running.ts';

// The four hooks have no `try` of their own: it alone cost a tenth of an `await`. What may fail is
// guarded where it is not hot, and the rest is assignments.

/** Promises until it is looked at what following them costs. */
let countdown = -1;

export function startCountdown(promises: number): void {
  countdown = promises;
}

export function onInit(promise: object, parent: object | undefined): void {
  if (attaching || (--countdown === 0 && lookAtCost())) return;
  if (deferred !== null) takeDeferred(onInit);
  if (parent === undefined) {
    start(promise);
    return;
  }
  if (exact) classifyDerived(promise, sourceOf(parent));
  else new Stamp(promise, guessDerived(promise, sourceOf(parent)));
  if (watching !== 0) noteConsumer(promise, parent);
}

function start(promise: object): void {
  const node = createNode(exact ? PLAIN : CALL | INFERRED);
  new Stamp(promise, node);
  if (exact) {
    classifyStart(promise, node);
  } else {
    node.subject = promise;
    if (top > base) popEnded();
    push(node);
  }
}

function sourceOf(parent: object): PromiseNode | null {
  const stamp = Stamp.read(parent);
  if (stamp === undefined) return era === 0 ? null : unknown;
  if ((stamp.bits & AWAIT) !== 0) return null;
  return (stamp as PromiseNode).era === era ? (stamp as PromiseNode) : sourceOfOld(stamp as PromiseNode);
}

/** What had been settled in an earlier era tells nothing any more. Anything else may have been since. */
function sourceOfOld(node: PromiseNode): PromiseNode | null {
  return (node.bits & ENDED) !== 0 ? null : unknown;
}

export function onBefore(promise: object): void {
  if (main.child !== null && main.from === null && base === 0) decide(main, null);
  const stamp = Stamp.read(promise);
  if (stamp === undefined) {
    enterUnknown();
  } else if ((stamp.bits & AWAIT) !== 0) {
    runAwaited(stamp as Waiting);
  } else if ((stamp as PromiseNode).era === era) {
    enter(stamp as PromiseNode);
    runReaction(stamp as PromiseNode);
  } else {
    enterUnknown();
  }
}

/** The call goes on after its `await`. */
function runAwaited(stamp: Waiting): void {
  if (stamp.bits !== AWAIT) {
    runWrapped(stamp);
    return;
  }
  const waiter = stamp.owner;
  if (waiter.era !== era) {
    enterUnknown();
    return;
  }
  enter(waiter);
  if (waiter.from !== null) resume(waiter);
}

/** What was taken for the wrapper of a value was derived from the promise of a call by that call itself. */
function runWrapped(stamp: Waiting): void {
  if (stamp.owner.era !== era) {
    enterUnknown();
    return;
  }
  const node = new PromiseNode(PLAIN | INFERRED, stamp.owner, null);
  enter(node);
  setJob(node);
}

/** Something goes on that was not seen to begin: the main call, as long as all was seen since the start. */
function enterUnknown(): void {
  if (era === 0) {
    enter(main);
    return;
  }
  noteUnfollowed();
  enter(unfollowed);
}

/** A callback given to `then` runs now, or a promise is told to follow another one. */
function runReaction(node: PromiseNode): void {
  if ((node.bits & KIND) !== THEN || (node.bits & (LOCKED | SUSPENDED)) !== 0) {
    setJob(node);
    return;
  }
  node.bits |= SUSPENDED;
  if ((node.bits & (SPAWNED | INTERNAL)) === SPAWNED) countOnce(node);
  if (node.from !== null) {
    join(node.from, node);
    node.from = null;
  }
}

export function onAfter(): void {
  endJob();
  if (top > base) settleEnd();
  const last = current();
  const kind = last.bits & KIND;
  if (kind === THEN) endReaction(last);
  else if (main.child !== null && (last === main || kind === LOADER) && main.from === null) decide(main, null);
  leave();
}

/** The callback returned. If its promise is not settled, it follows the promise that was returned. */
function endReaction(node: PromiseNode): void {
  if ((node.bits & (ENDED | LOCKED)) !== 0) return;
  node.bits |= LOCKED;
  if ((node.bits & (SPAWNED | INTERNAL)) !== SPAWNED) return;
  keep(node);
  if (node.scope !== null) attach(node, innermostOpen(node.scope));
}

export function onSettled(promise: object): void {
  const stamp = Stamp.read(promise);
  if (stamp === undefined) return;
  if (watching !== 0) noteSettled(promise);
  if (expected !== 0) noteExpectedEnd(promise);
  if (unsure !== null) guessSettled(promise);
  if ((stamp.bits & AWAIT) === 0 && (stamp as PromiseNode).era === era) settle(stamp as PromiseNode);
}

function settle(node: PromiseNode): void {
  const bits = node.bits | ENDED;
  const kind = bits & KIND;
  node.bits = bits;
  if (kind === CALL) node.subject = null;
  if (current() === node) {
    if (top > base) {
      pop();
      // Ended without waiting: whether the caller waits matters only when someone asks.
      if (idOf(node) !== 0) list(node, current());
    }
  } else if (top > base && exact) {
    unwind(node);
  }
  if (kind === PLAIN) settlePlain(node);
  else settleCall(node, kind);
  if ((bits & BODY) !== 0 && node.owner !== null) endNamed(node.owner);
  if ((bits & RACED) !== 0) settleRaced(node);
}

function settleCall(node: PromiseNode, kind: number): void {
  if (node.child !== null && kind <= THEN && (kind !== CALL || (node.bits & LOCKED) === 0)) decide(node, null);
  const { scope, details } = node;
  if (
    (scope !== null && scope.group === null) || (node.bits & WATCHED) !== 0 ||
    (details !== null && (details.id !== 0 || details.loops !== null))
  ) endCall(node);
}

/** A promise made by hand is settled by whoever runs now. */
function settlePlain(node: PromiseNode): void {
  if (current().owner === node && (current().bits & (KIND | INFERRED)) === (THEN | INFERRED)) {
    // A thenable's own `then` has passed the resolving functions on, to just this reaction.
    confirm(node, current());
  }
  if (node.from === null && current() !== node.owner && current() !== main) node.from = current();
}

/** The call has ended: what was started above it on the stack runs no more. */
function unwind(node: PromiseNode): void {
  if ((node.bits & (KIND | SUSPENDED)) !== CALL) return;
  for (let index = top - 1; index > base; index--) {
    if (stack[index] === node) {
      truncate(index - 1);
      return;
    }
  }
}

const endCall = guarded((node: PromiseNode): void => {
  if ((node.bits & KIND) > THEN) return;
  if (node.scope !== null && (node.bits & KIND) === GENERATOR) noteYield(node);
  if (node.scope !== null && node.owner !== null && (node.bits & (SPAWNED | BODY)) === 0) {
    inherit(node, node.owner);
  }
  if ((node.bits & WATCHED) !== 0) noteEnd(node);
  if (idOf(node) !== 0) emitEnd(node);
  else noteLeaving(node);
});

/** The function of a named task has ended, and with it the task. */
export const endNamed = guarded((task: PromiseNode): void => {
  if ((task.bits & ENDED) !== 0) return;
  task.bits |= ENDED;
  decide(task, null);
  if (idOf(task) !== 0) emitEnd(task);
});

setCaptureBelow(onInit);
