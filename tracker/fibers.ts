/**
 * Fibers: lines of execution that a framework of structured concurrency schedules by itself, a step
 * here and a step there, in callbacks of its own. Code that runs in a fiber's step belongs to the
 * fiber, whatever callback the step runs in.
 *
 * A framework passes resources on between its fibers as it sees fit, so a fiber's identity counts as
 * inferred: it is shown, and raises no finding.
 */
import { announce, details, emitEnd, type Subject } from './announce.ts';
import { countOnce } from './counts.ts';
import { inferEach } from './fates.ts';
import { ENDED, hopsOf, INFERRED, ONE_HOP, PromiseNode, ROOT, SPAWNED } from './promise-node.ts';
import { base, current, push, runner, takeOff, top } from './running.ts';
import { refreshScope } from './scope-state.ts';
import { cancelScope, enterScope, exitScope } from './scopes.ts';

const fibers = new WeakMap<object, PromiseNode>();

export function isFiber(key: object): boolean {
  return fibers.has(key);
}

/**
 * `key` stands for the fiber in all that follows. It is started by whoever runs now.
 *
 * @param name - absent: {@link nameFiber} will tell
 */
export function startFiber(key: object, name?: string): void {
  if (fibers.has(key)) return;
  fibers.set(key, createFiber(runner()));
  if (name !== undefined) nameFiber(key, name);
}

/** Does nothing for a fiber that has its name. */
export function nameFiber(key: object, name: string): void {
  const node = fibers.get(key);
  if (node === undefined || (node.subject as Subject).name !== '') return;
  node.subject = { named: true, name, fiber: true } satisfies Subject;
  push(node);
  enterScope(key, name, 'fiber', false);
  takeOff(node);
}

/** A part of what the fiber does, which it waits for: a scope of the fiber, `part` stands for it. */
export function startPart(key: object, part: object, name: string): void {
  within(key, () => { enterScope(part, name, 'fiber', false); });
}

export function endPart(key: object, part: object): void {
  within(key, () => { exitScope(part); });
}

function within(key: object, act: () => void): void {
  const node = fibers.get(key);
  if (node === undefined || (node.bits & ENDED) !== 0) return;
  push(node);
  act();
  takeOff(node);
}

function createFiber(owner: PromiseNode): PromiseNode {
  refreshScope(owner);
  const node = new PromiseNode((ROOT | SPAWNED | INFERRED) + (hopsOf(owner) + 1) * ONE_HOP, owner, owner.scope);
  node.subject = { named: true, name: '', fiber: true } satisfies Subject;
  details(node);
  countOnce(node);
  return node;
}

/** The code that runs next is the fiber's. */
export function enterFiber(key: object): void {
  const node = fibers.get(key);
  if (node !== undefined && current() !== node) push(node);
}

/** It is not any more. What the fiber has started and not waited for, the framework may wait for. */
export function leaveFiber(key: object): void {
  const node = fibers.get(key);
  if (node === undefined) return;
  if (top > base) takeOff(node);
  inferEach(node);
}

/** `interrupted`: why it was, or that it was; absent when it ended by itself. */
export function endFiber(key: object, interrupted?: unknown): void {
  const node = fibers.get(key);
  if (node === undefined || (node.bits & ENDED) !== 0) return;
  node.bits |= ENDED;
  push(node);
  if (interrupted !== undefined) cancelScope(key, interrupted);
  exitScope(key);
  takeOff(node);
  announce(node);
  emitEnd(node);
}
