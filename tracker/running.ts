/**
 * Who runs now: the calls whose code is on the JavaScript stack.
 *
 * A continuation is what runs from an empty stack: a promise's reaction or a callback. Its bottom
 * is the call that was resumed; above it stand the async calls that were started and have not yet
 * been suspended or ended. `current()` is the innermost of them.
 */
import { mayCapture } from './frames.ts';
import { beginEra, era, EXACT, INFERRED, KIND, LOADER, PLAIN, PromiseNode, ROOT, SPAWNED } from './promise-node.ts';

/** The main call. Also stands for everything whose origin is unknown, as long as promises are followed. */
export const main = new PromiseNode(ROOT | SPAWNED | EXACT, null, null);

/**
 * Stands for everything that is not known one by one because promises were not followed for a while.
 * It is no task that was seen, so that nothing is raised on what it does.
 */
export const unfollowed = new PromiseNode(ROOT | SPAWNED | INFERRED, null, null);

/** A promise that was made, or may have been settled, unseen. Whoever waits for it meets {@link unfollowed}. */
export const unknown = new PromiseNode(PLAIN | SPAWNED | INFERRED, null, null);

/** Who runs when nothing else is known. */
let nobody = main;

/**
 * The calls that run, of every continuation; `stack[base]` is the bottom of the innermost one, and
 * `stack[top]` its innermost call. Nothing of it is kept anywhere else: V8 must note each store of
 * a young node in an old place, and these are the most frequent of all.
 */
export const stack: PromiseNode[] = [main];
export let top = 0;
export let base = 0;
/** Whether the events of the running call are classified by stack captures. */
export let exact = true;
/** Coarse clock, whole milliseconds since the start. */
export let nowMs = 0;

/** Continuations that have begun and not ended: more than one when Node runs microtasks in mid-stack. */
export let continuations = 0;
/** How many have begun since the start. */
export let begun = 0;
const bases: number[] = [];

export function setNow(value: number): void {
  nowMs = value | 0;
}

/** The innermost call that runs. Between continuations: the main call. */
export function current(): PromiseNode {
  return stack[top] as PromiseNode;
}

export function push(node: PromiseNode): void {
  stack[++top] = node;
}

export function pop(): void {
  top--;
}

/** Makes the call at `index` of the stack the running one. */
export function truncate(index: number): void {
  top = index;
}

/** `node`, which was pushed in this continuation, runs no more, nor does what stands above it. */
export function takeOff(node: PromiseNode): void {
  for (let index = top; index > base; index--) {
    if (stack[index] === node) {
      truncate(index - 1);
      return;
    }
  }
}

export function bottom(): PromiseNode {
  return stack[base] as PromiseNode;
}

/** A continuation starts with `node` as its bottom. */
export function enter(node: PromiseNode): void {
  begun++;
  if (continuations++ === 0) {
    top = 0;
  } else {
    bases.push(base);
    top++;
  }
  base = top;
  stack[top] = node;
  exact = (node.bits & EXACT) !== 0 && mayStayExact();
}

/** The continuation ends; what ran before it runs again. */
export function leave(): void {
  if (continuations <= 1) {
    reset();
    return;
  }
  continuations--;
  top = base - 1;
  base = bases.pop() as number;
  exact = (current().bits & EXACT) !== 0 && mayStayExact();
}

/** Nothing runs, or all that seems to run was lost to an exception that no `after` event follows. */
export function reset(): void {
  if (bases.length !== 0) bases.length = 0;
  continuations = 0;
  base = 0;
  top = 0;
  stack[0] = nobody;
  exact = (nobody.bits & EXACT) !== 0 && mayStayExact();
}

/** Promises are not followed from now on, or are again: see `following.ts`. */
export function turnEra(): void {
  beginEra();
  nobody = unfollowed;
  unfollowed.era = era;
  unfollowed.from = null;
  unfollowed.child = null;
  unknown.era = era;
  reset();
}

function mayStayExact(): boolean {
  if (mayCapture()) return true;
  const node = current();
  node.bits = (node.bits & ~EXACT) | INFERRED;
  return false;
}

/** The budget ran out in the middle of a continuation. */
export function stopExact(): void {
  exact = false;
  const node = current();
  node.bits = (node.bits & ~EXACT) | INFERRED;
}

/** The call that new work belongs to: Node's module loader works for the main call. */
export function runner(): PromiseNode {
  const node = current();
  return (node.bits & KIND) === LOADER ? main : node;
}
