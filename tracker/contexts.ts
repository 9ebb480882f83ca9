/**
 * Contexts that calls leave behind. What an async function enters by `enterWith` before its first
 * `await` is also the context of its caller, and goes on there when the function has ended. A later
 * run of the same function, started by the same caller or from the same place in what the caller went
 * on to do, then begins inside the context of the earlier one.
 *
 * `run`, `exit`, `snapshot` and `bind` restore by themselves and cannot leave anything behind.
 */
import { details } from './announce.ts';
import { setOnBegin, settleWith } from './classify.ts';
import { atMs } from './clock.ts';
import { dropHeirsAlong, heirs, inherit } from './context-heirs.ts';
import { fail, guarded } from './failure.ts';
import { capture } from './frames.ts';
import { CALL, ENDED, functionOf, KIND, type PromiseNode } from './promise-node.ts';
import { base, current, exact, runner, stack, top } from './running.ts';
import { type FunctionSite, isBuiltin, isPrograms, type Site, siteOf } from './sites.ts';
import { stateOf, StoreReference, type StorageState } from './storages.ts';

const FRAMES = 24;
const MANY_FRAMES = 400;
const KEPT_FRAMES = 6;
/** Storages looked at for one caller. */
const MOST_STORAGES = 8;
/** Callers between a call and the one that a context was left to. */
const FAR = 32;

/** What one call has left behind in the one that started it. */
export interface LeftBehind {
  readonly storage: StorageState;
  readonly store: StoreReference;
  /** What the caller's store was before. */
  readonly origin: StoreReference;
  /** To whom it was left: the caller. */
  readonly receiver: PromiseNode;
  /** The calls that stood between the caller and `enterWith`, outermost first, and their functions. */
  readonly calls: readonly PromiseNode[];
  readonly functions: readonly FunctionSite[];
  /** The place in the innermost call's own function. */
  readonly at: Site;
  readonly stack: readonly Site[];
  readonly atMs: number;
  /** 0 while nobody has read it. */
  id: number;
}

/** By the call that it was left to. */
const left = new WeakMap<PromiseNode, LeftBehind[]>();
/** Calls that repeat the outer ones of a {@link LeftBehind}. */
const repeating = new WeakMap<PromiseNode, readonly LeftBehind[]>();
/** Functions that have left a context to somebody, or have called one that did. */
const leaving = new WeakSet<FunctionSite>();
let watchesCalls = false;

/**
 * To be asked before `enterWith`. Absent: it cannot matter to anybody. On Node 24 and later `run`
 * enters by it, too, when it begins and when it ends.
 */
export function stateToEnter(storage: unknown): StorageState | undefined {
  if (heirs.length === 0 && (!exact || (top === base && !watchesCalls))) return undefined;
  try {
    const state = stateOf(storage);
    return heirs.length === 0 && state !== undefined && top !== base && hasLooked(state, current()) ? undefined : state;
  } catch (error) {
    fail(error);
    return undefined;
  }
}

/** `store` has been entered; `before` was current until then. */
export const noteEntered = guarded((state: StorageState, store: unknown, before: unknown): void => {
  dropHeirsAlong(current());
  if (!exact) return;
  if (top === base) forget(runner(), state);
  else if (!hasLooked(state, current())) leave(state, store, before);
});

function leave(storage: StorageState, store: unknown, before: unknown): void {
  const frames = settledFrames();
  const first = frames.find((frame) => !isBuiltin(frame) && !siteOf(frame).fn.own);
  // Node's own `run` and `withScope` enter and restore by `enterWith`.
  if (first === undefined || siteOf(first).fn.internal) return;
  forget(top === base ? runner() : current(), storage);
  if (top === base) return;
  const calls = stack.slice(base + 1, top + 1);
  // Each of them runs in the context of the one that called it.
  for (let outermost = calls.length - 1; outermost >= 0; outermost--) {
    leaveTo(storage, store, before, calls.slice(outermost), frames);
  }
}

function leaveTo(
  storage: StorageState, store: unknown, before: unknown, calls: readonly PromiseNode[], frames: readonly NodeJS.CallSite[],
): void {
  const receiver = calls[0]?.owner;
  if (receiver === null || receiver === undefined) return;
  const known = left.get(receiver)?.find((one) => one.storage === storage);
  const origin = known?.store.is(before) === true ? known.origin : new StoreReference(before);
  forget(receiver, storage);
  if (store === undefined || store === null || origin.is(store) || hasLooked(storage, calls[0])) return;
  const what = { storage, store: new StoreReference(store), origin, receiver };
  const one = describe(what, calls, frames);
  if (one !== undefined) keep(receiver, one);
}

/** All frames, and what they show about the calls that have returned. */
function settledFrames(): readonly NodeJS.CallSite[] {
  let frames = capture(FRAMES, settledFrames);
  if (frames.length === FRAMES) frames = capture(MANY_FRAMES, settledFrames);
  if (frames.length < MANY_FRAMES) settleWith(frames, 0);
  return frames;
}

/**
 * Whether `outermost` or one that it called had looked for a context first: then a later run may rely
 * on finding it. Node's own `run` looks, too, and so is told apart without a look at the stack.
 */
function hasLooked(storage: StorageState, outermost: PromiseNode | undefined): boolean {
  for (let at = storage.reader, steps = 0; at !== null && steps < 100; at = at.owner, steps++) {
    if (at === outermost) return true;
  }
  return false;
}

type What = Pick<LeftBehind, 'storage' | 'store' | 'origin' | 'receiver'>;

function describe(what: What, calls: readonly PromiseNode[], frames: readonly NodeJS.CallSite[]): LeftBehind | undefined {
  const functions: FunctionSite[] = [];
  for (const call of calls) {
    const fn = functionOf(call)?.fn;
    if ((call.bits & KIND) !== CALL || fn === undefined) return undefined;
    functions.push(fn);
  }
  const sites = frames.filter((frame) => !isBuiltin(frame)).map(siteOf).filter(isPrograms);
  const at = sites.find((site) => site.fn === functions.at(-1));
  if (at === undefined) return undefined;
  return { ...what, calls, functions, at, stack: sites.slice(0, KEPT_FRAMES), atMs: atMs(), id: 0 };
}

function keep(receiver: PromiseNode, one: LeftBehind): void {
  for (const fn of one.functions) leaving.add(fn);
  const others = left.get(receiver);
  if (others === undefined) left.set(receiver, [one]);
  else if (others.push(one) > MOST_STORAGES) others.shift();
  if (watchesCalls) return;
  watchesCalls = true;
  setOnBegin(noteBegan);
}

/** The call has entered another context, or its own again. */
function forget(call: PromiseNode, storage: StorageState): void {
  const kept = left.get(call)?.filter((one) => one.storage !== storage);
  if (kept === undefined) return;
  if (kept.length === 0) left.delete(call);
  else left.set(call, kept);
}

const noteBegan = guarded((call: PromiseNode): void => {
  const { owner } = call;
  const fn = functionOf(call)?.fn;
  if (owner === null || fn === undefined || !leaving.has(fn)) return;
  const outer = repeating.get(owner);
  const again = outer?.filter((one) => one.functions[depthOf(owner, one)] === fn) ?? [];
  const anew = left.get(owner)?.filter((one) => one.functions[0] === fn && hasEnded(one)) ?? [];
  const all = [...again, ...anew];
  if (all.length > 0) repeating.set(call, all);
  const whole = all.filter((one) => depthOf(call, one) === one.functions.length);
  const one = [...whole, ...leftAlong(call, owner)].find(({ storage, store }) => store.is(storage.current()));
  if (one !== undefined) inherit(call, one);
});

/**
 * What an earlier call from the very same place has left to a caller's caller, as a queue does that
 * starts each job at the end of the one before.
 */
function leftAlong(call: PromiseNode, owner: PromiseNode): LeftBehind[] {
  const fn = functionOf(call)?.fn;
  const place = details(call).place;
  if (place === null) return [];
  const found: LeftBehind[] = [];
  for (let at = owner.owner, below = owner, steps = 0; at !== null && steps < FAR; below = at, at = at.owner, steps++) {
    for (const one of left.get(at) ?? []) {
      const [first] = one.calls;
      // What the earlier call itself has gone on to do is meant to be in its context.
      if (first === undefined || one.calls.length > 1 || one.functions[0] !== fn || first === below) continue;
      if (hasEnded(one) && details(first).place === place) found.push(one);
    }
  }
  return found;
}

/** What calls that have ended left to this one or to those that it runs for, where it holds still. */
export function leftTo(call: PromiseNode): LeftBehind[] {
  const found: LeftBehind[] = [];
  for (let at: PromiseNode | null = call, steps = 0; at !== null && steps < FAR; at = at.owner, steps++) {
    for (const one of left.get(at) ?? []) {
      const known = found.some(({ storage }) => storage === one.storage);
      if (!known && hasEnded(one) && one.store.is(one.storage.current())) found.push(one);
    }
  }
  return found;
}

function hasEnded({ calls }: LeftBehind): boolean {
  return calls.every((call) => (call.bits & ENDED) !== 0);
}

/** How many of the functions the call and its callers repeat. */
function depthOf(call: PromiseNode, one: LeftBehind): number {
  let depth = 0;
  for (let at: PromiseNode | null = call; at !== null && repeating.get(at)?.includes(one) === true; at = at.owner) depth++;
  return depth;
}
