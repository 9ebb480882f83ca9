/**
 * What made a promise, by the top of the stack: exact, for the price of a capture.
 *
 * At a promise's `init` the innermost frame is: for an async call the callee at its own start; for
 * an `await` the awaiting function at the `await`; for everything else a builtin. Measured on
 * Node 20, 22, 24 and 26.
 */
import { announced, details } from './announce.ts';
import { createNode } from './creation.ts';
import { guarded } from './failure.ts';
import { takeStep } from './generators.ts';
import { capture, mayCapture, payForLoading } from './frames.ts';
import { noteSuspended } from './living.ts';
import { decide, inferFollowing, inferOnly, join, list, observe, postpone } from './fates.ts';
import {
  AWAIT, AWAITED, BODY, CALL, COLLECT, DECIDED, ENDED, era, functionOf, GENERATOR, idOf, IN_EXECUTOR, INFERRED, INPUT, INTERNAL, KIND, LOADER, LOCKED,
  PLAIN, type PromiseNode, RACED, ROOT, Stamp, SUSPENDED, THEN, USED, Waiting, WATCHED,
} from './promise-node.ts';
import { beginRace, noteMember, noteUse, noteWorked } from './races.ts';
import {
  base, continuations, current, exact, main, pop, push, runner, stack, stopExact, top, truncate,
} from './running.ts';
import { refreshScope } from './scope-state.ts';
import { type FunctionSite, isBuiltin, isPrograms, positionOf, type Site, siteOf } from './sites.ts';

type Frames = readonly NodeJS.CallSite[];
type Below = (...args: never[]) => unknown;

const FEW = 5;
const MANY = 200;

/** The promise of the latest `Promise.all` and its like; its inputs are derived right after it. */
let collecting: PromiseNode | null = null;
/** The latest promise made by `new Promise`; its executor may be running. */
let constructed: PromiseNode | null = null;
/** The latest promise made by `Promise.withResolvers`. */
let withResolvers: PromiseNode | null = null;
/** The promise that the latest `await` of a plain value has wrapped it in. */
let wrapped: PromiseNode | null = null;
/** The latest result of `Array.fromAsync`. */
let fromAsync: PromiseNode | null = null;
/** The promise that a thenable job runs for: it was resolved with another promise. */
let jobOf: PromiseNode | null = null;
let belowHook: Below = () => undefined;

/** Nothing of what was there is known any more. */
export function forgetPromises(): void {
  collecting = constructed = withResolvers = wrapped = fromAsync = jobOf = null;
}

/** The hook whose caller's frames are wanted. */
export function setCaptureBelow(below: Below): void {
  belowHook = below;
}

/** Told of every call that is seen to begin, once it runs. Null: nobody asks, which is the rule. */
let onBegin: ((call: PromiseNode) => void) | null = null;

export function setOnBegin(tell: (call: PromiseNode) => void): void {
  onBegin = tell;
}

export function setJob(node: PromiseNode | null): void {
  jobOf = node;
}

/** The continuation ends. A thenable's own `then` has run for `jobOf`: what it derived last resolves it. */
export function endJob(): void {
  if (jobOf !== null) finishJob(jobOf);
}

const finishJob = guarded((target: PromiseNode): void => {
  jobOf = null;
  const last = target.child;
  if ((target.bits & KIND) !== PLAIN) return;
  if (last === null) {
    // Something other than a native promise was asked to resolve it: what that is stays unknown.
    const { owner } = target;
    if (target.from === null && owner !== null && owner.from === target && collecting?.owner !== owner) inferOnly(owner);
    return;
  }
  if ((last.bits & KIND) === THEN) {
    last.subject = last.from;
    inferFollowing(target, last);
  }
  decide(target, null);
});

/** A promise without a parent: an async call, or made by a builtin. */
export const classifyStart = guarded((promise: object, node: PromiseNode): void => {
  const frames = capture(FEW, belowHook);
  if ((current().bits & KIND) === LOADER) payForLoading();
  const first = frames[0];
  if (first !== undefined) {
    if (isBuiltin(first)) startBuiltin(promise, node, first, frames);
    else startCall(promise, node, first, frames);
  }
  if (!mayCapture()) stopExact();
});

function startBuiltin(promise: object, node: PromiseNode, first: NodeJS.CallSite, frames: Frames): void {
  switch (first.getFunctionName()) {
    case 'next':
    case 'return':
    case 'throw':
      settleStack(frames, 1);
      begin(promise, node, GENERATOR, null, frames);
      takeStep(node, first.getFunctionName() ?? '', isInternal(frames[1]));
      adopt(node, continuations === 0 && isAtBottom(frames, builtinsOnTop(frames)));
      return;
    case 'race':
    case 'any':
      // A member that returned a promise without waiting still seems to run.
      settleStack(frames, 1);
      collect(node);
      beginRace(node, first.getFunctionName() === 'any' ? 'any' : 'race', frames);
      return;
    case 'all':
    case 'allSettled':
      collect(node);
      return;
    case 'fromAsync':
      settleStack(frames, 1);
      begin(promise, node, GENERATOR, null, frames);
      fromAsync = node;
      return;
    case 'withResolvers':
      withResolvers = node;
      notePlace(node, frames);
      return;
    case 'Promise':
      if (isForCollector(frames)) collectInSubclass(node, frames);
      else {
        constructed = node;
        notePlace(node, frames);
      }
      return;
    default:
  }
}

/** Where a promise was made that somebody settles by hand. */
function notePlace(node: PromiseNode, frames: Frames): void {
  const place = placeOf(frames, 1);
  if (place !== null) details(node).place = place;
}

/**
 * `Array.fromAsync` waits for each step. After the first it goes on without any event of its own:
 * then the latest one is taken for the caller.
 */
function adopt(node: PromiseNode, unknownCaller: boolean): void {
  if (fromAsync === null || (fromAsync.bits & ENDED) !== 0) return;
  if (unknownCaller) {
    node.owner = fromAsync;
    node.bits |= AWAITED | INFERRED;
  } else if (node.owner === fromAsync) {
    node.bits |= AWAITED;
  }
}

function collect(node: PromiseNode): void {
  node.bits |= COLLECT;
  node.owner = runner();
  collecting = node;
}

/** The same, for a class of the program's own: its constructor stands between. */
function collectInSubclass(node: PromiseNode, frames: Frames): void {
  collect(node);
  const how = frames.find((frame) => !frame.isConstructor())?.getFunctionName();
  if (how === 'race' || how === 'any') beginRace(node, how, frames);
}

/** Whether the promise is constructed for `all` and its like of a subclass. */
function isForCollector(frames: Frames): boolean {
  const caller = frames.find((frame) => !frame.isConstructor());
  return caller !== undefined && isBuiltin(caller) && COLLECTORS.has(caller.getFunctionName() ?? '');
}

function startCall(promise: object, node: PromiseNode, first: NodeJS.CallSite, frames: Frames): void {
  const position = positionOf(first);
  const site = siteOf(first);
  const fn = site.fn;
  // Not at the start of the function: native code made the promise, or an `await` of a plain value.
  if (position === 0 || fn.body) return;
  if (fn.start === -1 || position < fn.start) {
    fn.start = position;
  } else if (position > fn.start) {
    if (fn.loader) node.bits |= INTERNAL;
    return;
  }
  settleStack(frames, 1);
  begin(promise, node, fn.loader ? LOADER : CALL, site, frames);
}

function begin(promise: object, node: PromiseNode, kind: number, site: Site | null, frames: Frames): void {
  const owner = runner();
  node.owner = owner;
  refreshScope(owner);
  node.scope = owner.scope;
  node.bits |= site?.fn.internal === true ? kind | INTERNAL : kind;
  const known = details(node);
  known.fn = site;
  known.place = placeOf(frames, 1);
  if (known.place !== null && known.place.name === null) known.around = aroundOf(frames);
  node.subject = promise;
  if (known.place === null && top === base && isCallback(owner)) {
    // Node itself called it: it is the callback, and the task lasts as long as it does.
    node.bits |= AWAITED | BODY;
    owner.bits |= LOCKED;
  }
  push(node);
  if (onBegin !== null) onBegin(node);
}

function isCallback(node: PromiseNode): boolean {
  return (node.bits & (KIND | LOCKED)) === ROOT && node !== main && current() === node;
}

/** The innermost frame from `from` on that is neither a builtin nor Node's own code. */
export function placeOf(frames: Frames, from: number): Site | null {
  for (let index = from; index < frames.length; index++) {
    const frame = frames[index] as NodeJS.CallSite;
    if (isBuiltin(frame)) continue;
    const site = siteOf(frame);
    if (isPrograms(site)) return site;
  }
  return null;
}

/** Below an unnamed function that a builtin calls: who called the builtin. */
function aroundOf(frames: Frames): Site | null {
  const caller = frames[2];
  if (caller === undefined || !isBuiltin(caller)) return null;
  return placeOf(frames, 3);
}

/** A promise with a parent: made by an `await`, by `then`, or inside `Promise.all` and its like. */
export const classifyDerived = guarded((promise: object, source: PromiseNode | null): void => {
  const frames = capture(FEW, belowHook);
  if ((current().bits & KIND) === LOADER) payForLoading();
  const first = frames[0];
  if (first === undefined || isBuiltin(first)) derivedByBuiltin(promise, source, frames);
  else derivedByAwait(promise, source, first, frames);
  if (!mayCapture()) stopExact();
});

function builtinsOnTop(frames: Frames): number {
  const index = frames.findIndex((frame) => !isBuiltin(frame));
  return index === -1 ? frames.length : index;
}

function derivedByBuiltin(promise: object, source: PromiseNode | null, frames: Frames): void {
  let index = 0;
  let collects = false;
  for (; index < frames.length && isBuiltin(frames[index] as NodeJS.CallSite); index++) {
    collects ||= COLLECTORS.has((frames[index] as NodeJS.CallSite).getFunctionName() ?? '');
  }
  if (collects && collecting !== null) {
    const input = createNode(INPUT);
    input.from = source;
    input.sibling = collecting.child;
    collecting.child = input;
    if (source?.details?.handle && isRace(frames, index)) source.details.handle.enterRace(collecting);
    new Stamp(promise, input);
    if (source !== null) noteMember(collecting, input, source);
  } else if (index === 1 && (current().bits & KIND) === GENERATOR && isGeneratorMethod(frames[0])) {
    waitForArgument(promise, source);
  } else if (jobOf !== null && isAtBottom(frames, index)) {
    lockOnto(promise, jobOf, source);
  } else {
    deriveThen(promise, source, frames, index);
  }
}

/** Whether `catch` or `finally` was called, by which nobody waits for the value. */
function isForErrors(frames: Frames, end: number): boolean {
  return frames.slice(0, end).some((frame) => frame.getFunctionName() === 'catch' || frame.getFunctionName() === 'finally');
}

/** Whether the collector whose builtins stand above `end` goes on with the first one that settles. */
function isRace(frames: Frames, end: number): boolean {
  return frames.slice(0, end).some((frame) => frame.getFunctionName() === 'race' || frame.getFunctionName() === 'any');
}

/**
 * The promise that what is made on this stack is made for: an executor is running, or it is the
 * timer that Node's own `timers/promises` makes.
 */
export function promiseInMaking(frames: Frames, by: string): PromiseNode | null {
  const isExecutor = frames.some((frame) => isBuiltin(frame) && frame.isConstructor());
  const made = isExecutor ? constructed : by === 'node:timers/promises' ? withResolvers : null;
  return made === null || (made.bits & ENDED) !== 0 ? null : made;
}

/** Whether none of the program's code stands from `index` on: Node itself runs microtasks between callbacks. */
function isAtBottom(frames: Frames, index: number): boolean {
  const below = frames[index];
  return below === undefined || (!isBuiltin(below) && siteOf(below).fn.internal);
}

/** `return()` waits for its argument on behalf of the body, before the body runs. */
function waitForArgument(promise: object, source: PromiseNode | null): void {
  if (source === current()) {
    new Stamp(promise, createNode(PLAIN));
  } else {
    new Stamp(promise, new Waiting(AWAIT, current()));
    suspend(current(), source, null);
  }
}

const COLLECTORS: ReadonlySet<string> = new Set(['all', 'race', 'any', 'allSettled']);

/** `locked` was resolved with the promise `source`: from now on it waits for that one alone. */
function lockOnto(promise: object, locked: PromiseNode, source: PromiseNode | null): void {
  locked.bits |= LOCKED;
  locked.from = source;
  const { owner } = locked;
  // What its maker has started and now waits for in this way was postponed.
  if (owner !== null && owner.from === locked) decide(owner, source);
  decide(locked, source);
  new Stamp(promise, new Waiting(AWAIT, locked));
}

function deriveThen(promise: object, source: PromiseNode | null, frames: Frames, index: number): void {
  settleStack(frames, index);
  const node = createNode(THEN);
  node.from = source;
  if (source?.details?.handle && !isForErrors(frames, index)) source.details.handle.followed();
  details(node).place = placeOf(frames, index);
  new Stamp(promise, node);
  const maker = frames[index];
  const makerFn = maker === undefined ? null : siteOf(maker).fn;
  if (makerFn?.loader === true) {
    // A module whose dependencies have ended asynchronously is evaluated in such a callback.
    node.bits = (node.bits & ~KIND) | LOADER;
    return;
  }
  if (makerFn?.internal === true) node.bits |= INTERNAL;
  markExecutor(node, frames, index);
  list(node, current());
  if (source !== null) noteUse(source);
}

/** Notes whether an executor of `new Promise` is on the stack, or started what runs now. */
function markExecutor(node: PromiseNode, frames: Frames, index: number): void {
  if ((current().bits & IN_EXECUTOR) !== 0 && (current().bits & KIND) === THEN) {
    node.bits |= IN_EXECUTOR;
    node.subject = current().subject;
    return;
  }
  if (constructed === null || (constructed.bits & ENDED) !== 0) return;
  for (let at = index; at < frames.length; at++) {
    const frame = frames[at] as NodeJS.CallSite;
    if (isBuiltin(frame) && frame.isConstructor()) {
      node.bits |= IN_EXECUTOR;
      node.subject = constructed;
      return;
    }
  }
}

function derivedByAwait(
  promise: object, source: PromiseNode | null, first: NodeJS.CallSite, frames: Frames,
): void {
  const site = siteOf(first);
  const waiter = waiterAt(site, frames);
  if (source === waiter || (waiter === main && isModules(source))) {
    // `await` of a plain value wraps it in a promise, whose parent is the function's own.
    wrapped = createNode(PLAIN);
    new Stamp(promise, wrapped);
    return;
  }
  new Stamp(promise, new Waiting(AWAIT, waiter));
  // The main call, in a module that is loaded late: it is known no more.
  if (waiter.era !== era) return;
  source?.details?.handle?.awaitedBy(waiter);
  if ((waiter.bits & KIND) === GENERATOR) details(waiter).plain = source === wrapped;
  wrapped = null;
  suspend(waiter, source, site);
}

/** Whether the step was taken by Node's own code. */
function isInternal(caller: NodeJS.CallSite | undefined): boolean {
  return caller !== undefined && !isBuiltin(caller) && siteOf(caller).fn.internal;
}

/** Whether it is the promise of a module's body, which stands for the main call. */
function isModules(node: PromiseNode | null): boolean {
  return node !== null && (node.bits & (KIND | INTERNAL)) === (PLAIN | INTERNAL);
}

/** The call whose function stands at `site`. */
function waiterAt(site: Site, frames: Frames): PromiseNode {
  const fn = site.fn;
  if (top !== base && !isTop(fn, frames)) settleDeep(0);
  const kind = current().bits & KIND;
  if (kind === LOADER && !fn.loader) return main;
  const known = functionOf(current());
  if (kind === GENERATOR && known === null) details(current()).fn = site;
  else if (known !== null && known.fn !== fn) current().bits |= INFERRED;
  return current();
}

/** Whether `current` runs the function `fn`, and no other call on the stack does. */
function isTop(fn: FunctionSite, frames: Frames): boolean {
  const known = functionOf(current());
  if (known === null) {
    return (current().bits & KIND) === GENERATOR && frames[1] !== undefined && isBuiltin(frames[1]);
  }
  return known.fn === fn && !standsBelow(fn);
}

function standsBelow(fn: FunctionSite): boolean {
  for (let index = base; index < top; index++) {
    if (functionOf(stack[index] as PromiseNode)?.fn === fn) return true;
  }
  return false;
}

/** `waiter` is suspended until `source` settles. */
function suspend(waiter: PromiseNode, source: PromiseNode | null, site: Site | null): void {
  const first = (waiter.bits & SUSPENDED) === 0;
  waiter.bits |= SUSPENDED;
  if (site !== null) details(waiter).at = site;
  if ((waiter.bits & WATCHED) !== 0) noteSuspended(waiter);
  wait(waiter, source);
  if ((waiter.bits & RACED) !== 0) noteWorked(waiter, source);
  if (waiter === current() && top > base) {
    pop();
    if (first) list(waiter, current());
  }
}

/** From now on `waiter` waits for `source`. */
export function wait(waiter: PromiseNode, source: PromiseNode | null): void {
  if (source === null) {
    if (waiter.child !== null) decide(waiter, null);
  } else if ((source.bits & ENDED) !== 0) {
    // Settled already. Nothing is kept of it: in a busy loop this is the common case.
    if (waiter.child !== null || idOf(source) !== 0) decide(waiter, source);
    if (announced > 1) join(source, waiter);
  } else {
    waiter.from = source;
    if (waiter.child !== null && exact && isOwnPlain(source, waiter)) postpone(waiter, source);
    else if (waiter.child !== null || (source.bits & DECIDED) === 0) decide(waiter, source);
    if (source.scope !== null && source.owner !== waiter) observe(source, waiter);
    if ((source.bits & (USED | RACED)) === 0) source.bits |= USED;
    else noteUse(source);
  }
}

/** Whether `source` was made by hand, by the waiter itself: it may follow what the waiter started. */
function isOwnPlain(source: PromiseNode, waiter: PromiseNode): boolean {
  return (source.bits & KIND) === PLAIN && source.owner === waiter && source.from === null;
}

/** The call waits no more: it takes over what it waited for. */
export function resume(waiter: PromiseNode): void {
  const source = waiter.from;
  waiter.from = null;
  if (waiter.child !== null) decide(waiter, source);
  if (source !== null && announced > 1) join(source, waiter);
}

/**
 * Takes calls off the stack that have returned without being seen: an async function that returns
 * a promise neither awaits nor settles. `frames` from index `skip` on are the callers.
 */
function settleStack(frames: Frames, skip: number): void {
  if (top === base) return;
  const fn = functionOf(current())?.fn;
  if (fn !== undefined && !standsBelow(fn)) {
    for (let index = skip; index < frames.length; index++) {
      const frame = frames[index] as NodeJS.CallSite;
      if (!isBuiltin(frame) && siteOf(frame).fn === fn) return;
    }
  }
  if ((current().bits & KIND) === ROOT) return;
  settleDeep(skip === 0 ? 0 : 1);
}

function settleDeep(skip: number): void {
  const frames = capture(MANY, belowHook);
  if (frames.length < MANY) settleWith(frames, skip);
  else doubtStack();
}

/** The stack is too deep to be read to its end: which of the calls on it have returned is not known. */
function doubtStack(): void {
  for (let index = base + 1; index <= top; index++) (stack[index] as PromiseNode).bits |= INFERRED;
}

/** Matches the calls on the stack with all of its frames, outermost first; the unmatched have returned. */
export function settleWith(frames: Frames, skip: number): void {
  if (top === base) return;
  const above = stack.slice(base + 1, top + 1);
  truncate(base);
  let index = frames.length - 1;
  for (const call of above) {
    const found = (call.bits & KIND) === ROOT ? -1 : findFrame(call, frames, index, skip);
    if (found >= skip) {
      push(call);
      index = found - 1;
    } else if ((call.bits & KIND) === ROOT) {
      push(call);
    } else {
      returned(call, current());
    }
  }
}

function findFrame(call: PromiseNode, frames: Frames, from: number, skip: number): number {
  const fn = functionOf(call)?.fn;
  for (let index = from; index >= skip; index--) {
    const frame = frames[index] as NodeJS.CallSite;
    if (isBuiltin(frame)) {
      if (fn === undefined && isGeneratorMethod(frame)) return index;
    } else if (siteOf(frame).fn === fn) {
      return index;
    }
  }
  return -1;
}

function isGeneratorMethod(frame: NodeJS.CallSite | undefined): boolean {
  return GENERATOR_METHODS.has(frame?.getFunctionName() ?? '');
}

const GENERATOR_METHODS: ReadonlySet<string> = new Set(['next', 'return', 'throw', 'fromAsync']);

/** The call returned a promise: it is neither suspended nor settled, and waits for that promise. */
function returned(call: PromiseNode, caller: PromiseNode): void {
  if ((call.bits & (ENDED | SUSPENDED)) !== 0) return;
  call.bits |= LOCKED;
  list(call, caller);
}

/** The continuation ends: all that still stands above its bottom has returned a promise. */
export function settleEnd(): void {
  while (top > base) {
    const call = current();
    pop();
    if ((call.bits & KIND) !== ROOT && exact) returned(call, current());
  }
}
