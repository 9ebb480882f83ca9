/**
 * Who runs now: the calls whose code is on the JavaScript stack.
 *
 * A continuation is what runs from an empty stack: a promise's reaction or a callback. Its bottom
 * is the call that was resumed; above it stand the async calls that were started and have not yet
 * been suspended or ended. `current` is the innermost of them.
 */
import { mayCapture } from './frames.ts';
import { EXACT, INFERRED, KIND, LOADER, PromiseNode, ROOT, SPAWNED } from './promise-node.ts';

/** The main call. Also stands for everything whose origin is unknown. */
export const main = new PromiseNode(ROOT | SPAWNED | EXACT, null, null);

/** The innermost call that runs. Between continuations: the main call. */
export let current: PromiseNode = main;
/** `stack[base]` is the bottom of the continuation, unless `current` itself is: `top === base`. */
export const stack: PromiseNode[] = [];
export let top = 0;
export let base = 0;
/** Whether the events of `current` are classified by stack captures. */
export let exact = true;
/** Coarse clock, whole milliseconds since the start. */
export let nowMs = 0;

/** Continuations that have begun and not ended: more than one when Node runs microtasks in mid-stack. */
export let continuations = 0;
const bases: number[] = [];

export function setNow(value: number): void {
  nowMs = value | 0;
}

export function push(node: PromiseNode): void {
  stack[top++] = current;
  current = node;
}

export function pop(): void {
  current = stack[--top] as PromiseNode;
}

/** Makes `height` the number of saved calls and `node` the running one. */
export function truncate(height: number, node: PromiseNode): void {
  top = height;
  current = node;
}

/** `node`, which was pushed in this continuation, runs no more, nor does what stands above it. */
export function takeOff(node: PromiseNode): void {
  if (current === node && top > base) {
    truncate(top - 1, stack[top - 1] as PromiseNode);
    return;
  }
  for (let index = top - 1; index > base; index--) {
    if (stack[index] === node) {
      truncate(index - 1, stack[index - 1] as PromiseNode);
      return;
    }
  }
}

/** A continuation starts with `node` as its bottom. */
export function enter(node: PromiseNode): void {
  if (continuations++ === 0) {
    top = 0;
    base = 0;
  } else {
    bases.push(base);
    stack[top++] = current;
    base = top;
  }
  current = node;
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
  current = stack[top] as PromiseNode;
  base = bases.pop() as number;
  exact = (current.bits & EXACT) !== 0 && mayStayExact();
}

/** Nothing runs, or all that seems to run was lost to an exception that no `after` event follows. */
export function reset(): void {
  if (bases.length !== 0) bases.length = 0;
  continuations = 0;
  base = 0;
  top = 0;
  current = main;
  exact = (main.bits & EXACT) !== 0 && mayStayExact();
}

export function bottom(): PromiseNode {
  return top === base ? current : (stack[base] as PromiseNode);
}

function mayStayExact(): boolean {
  if (mayCapture()) return true;
  current.bits = (current.bits & ~EXACT) | INFERRED;
  return false;
}

/** The budget ran out in the middle of a continuation. */
export function stopExact(): void {
  exact = false;
  current.bits = (current.bits & ~EXACT) | INFERRED;
}

/** The call that new work belongs to: Node's module loader works for the main call. */
export function runner(): PromiseNode {
  return (current.bits & KIND) === LOADER ? main : current;
}
