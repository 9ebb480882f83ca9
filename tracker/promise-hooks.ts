/** V8's four promise events. Every promise of the program passes here: nothing may be slow. */
import { emitEnd } from './announce.ts';
import {
  classifyDerived, classifyStart, resume, setCaptureBelow, setCreateNode, setJob, settleEnd,
} from './classify.ts';
import { fail } from './failure.ts';
import { countOnce, decide, inherit, join } from './fates.ts';
import { guessDerived, guessSettled, guessStart } from './guess.ts';
import { keep } from './nursery.ts';
import {
  AwaitStamp, BODY, CALL, ENDED, EXACT, INFERRED, INTERNAL, KIND, LOADER, LOCKED, NodeStamp, PLAIN,
  PromiseNode, SPAWNED, SUSPENDED, THEN,
} from './promise-node.ts';
import {
  base, bottom, current, enter, exact, leave, main, nowMs, pop, runner, stack, top, truncate,
} from './running.ts';

/** An owner further away than this is forgotten, so that endless lines of work stay bounded. */
const MOST_HOPS = 2000;

export function createNode(kind: number): PromiseNode {
  const owner = runner();
  if (owner.hops >= MOST_HOPS) return new PromiseNode(kind | INFERRED | (owner.bits & EXACT), main, null, 0, nowMs);
  return new PromiseNode(kind | (owner.bits & EXACT), owner, owner.scope, owner.hops + 1, nowMs);
}

export function onInit(promise: object, parent: object | undefined): void {
  try {
    if (parent === undefined) {
      const node = createNode(PLAIN);
      new NodeStamp(promise, node);
      if (exact) classifyStart(promise, node);
      else guessStart(promise, node);
    } else {
      const source = NodeStamp.read(parent) ?? null;
      if (exact) classifyDerived(promise, source);
      else guessDerived(promise, source);
    }
  } catch (error) {
    fail(error);
  }
}

export function onBefore(promise: object): void {
  try {
    if (base === 0 && main.child !== null) decide(main, null);
    const waiter = AwaitStamp.read(promise);
    if (waiter !== undefined) {
      enter(waiter);
      resume(waiter);
      return;
    }
    const node = NodeStamp.read(promise);
    enter(node ?? main);
    if (node !== undefined) runReaction(node);
  } catch (error) {
    fail(error);
  }
}

/** A callback given to `then` runs now, or a promise is told to follow another one. */
function runReaction(node: PromiseNode): void {
  const kind = node.bits & KIND;
  const first = kind === THEN && (node.bits & (LOCKED | SUSPENDED)) === 0;
  if (!first) {
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
  try {
    setJob(null);
    if (top > base) settleEnd();
    const last = bottom();
    const kind = last.bits & KIND;
    if (kind === THEN) endReaction(last);
    else if (main.child !== null && (last === main || kind === LOADER)) decide(main, null);
    leave();
  } catch (error) {
    fail(error);
  }
}

/** The callback returned. If its promise is not settled, it follows the promise that was returned. */
function endReaction(node: PromiseNode): void {
  if ((node.bits & (ENDED | LOCKED)) !== 0) return;
  node.bits |= LOCKED;
  if ((node.bits & (SPAWNED | INTERNAL)) === SPAWNED) keep(node);
}

export function onSettled(promise: object): void {
  try {
    const node = NodeStamp.read(promise);
    if (node === undefined) return;
    node.bits |= ENDED;
    node.subject = null;
    if (!exact) guessSettled(node);
    if (top > base) unwind(node);
    const kind = node.bits & KIND;
    if (kind === PLAIN) {
      if (node.from === null && current !== node.owner && current !== main) node.from = current;
    } else if (node.child !== null && (kind !== CALL || (node.bits & LOCKED) === 0) && kind <= THEN) {
      decide(node, null);
    }
    if (node.scope !== null || node.id !== 0) endCall(node);
  } catch (error) {
    fail(error);
  }
}

/** The call has ended: it and what was started above it run no more. */
function unwind(node: PromiseNode): void {
  if (current === node) {
    pop();
    return;
  }
  if ((node.bits & (KIND | SUSPENDED)) !== CALL || !exact) return;
  for (let index = top - 1; index > base; index--) {
    if (stack[index] === node) {
      truncate(index - 1, stack[index - 1] as PromiseNode);
      return;
    }
  }
}

function endCall(node: PromiseNode): void {
  const kind = node.bits & KIND;
  if (kind > THEN || kind === PLAIN) return;
  if (node.scope !== null && node.owner !== null && (node.bits & (SPAWNED | BODY)) === 0) {
    inherit(node, node.owner);
  }
  if (node.id !== 0) emitEnd(node);
  if ((node.bits & BODY) !== 0 && node.owner !== null) endNamed(node.owner);
}

/** The function of a named task has ended, and with it the task. */
export function endNamed(task: PromiseNode): void {
  if ((task.bits & ENDED) !== 0) return;
  task.bits |= ENDED;
  decide(task, null);
  if (task.id !== 0) emitEnd(task);
}

setCaptureBelow(onInit as (...args: never[]) => unknown);
setCreateNode(createNode);
