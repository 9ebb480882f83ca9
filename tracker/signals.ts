/** What is done with signals, as the instrument `abort` sees it. */
import { atMs } from './clock.ts';
import { noteGrowth, writeLeft } from './listeners-left.ts';
import { ENDED } from './promise-node.ts';
import type { SignalOrigin, SignalUseHow } from './protocol.ts';
import { current, exact, nowMs, runner, setNow } from './running.ts';
import { observeHere } from './signal-moment.ts';
import { writeAbort, writeUse } from './signal-records.ts';
import { Abort, list, ListenerStamp, SignalState, SignalStamp, unlist, Use } from './signal-state.ts';
import { noteWork, usesInLine } from './work.ts';

/** A listener that was added to more signals than this is not followed on further ones. */
const MOST_SIGNALS_OF_LISTENER = 8;
const MOST_SOURCES = 16;
/** Uses of an aborted signal that are all looked at. */
const MANY_LATE = 16;
/** A call that tries again and again is not looked at more often. */
const LATE_EVERY_MS = 10;

/** A signal was made. Where identities are inferred it stays unknown: nothing could be said of it. */
export function createSignal(signal: object, how: SignalOrigin, followed: readonly SignalState[] = []): void {
  if (!exact) return;
  const sources = new Set(followed.flatMap((one) => (one.how === 'any' ? one.sources : [one])));
  const state = new SignalState(how, runner(), nowMs, [...sources].slice(0, MOST_SOURCES));
  new SignalStamp(signal, state);
  const by = state.sources.find((one) => one.abort !== null);
  if (by?.abort) {
    state.abort = new Abort(by.abort.atMs, by.abort.call, by);
    useLate(by, 'any');
  } else {
    for (const source of state.sources) askState(source, 'any');
  }
}

/** A signal whose making was not seen. */
function adopt(signal: object, aborted: boolean): SignalState {
  const state = new SignalState('unknown', null, nowMs, []);
  if (aborted) state.abort = new Abort(nowMs, null, null);
  new SignalStamp(signal, state);
  return state;
}

/** @param isAborted asked of signals that are met for the first time */
export function addListener(signal: object, listener: object, isAborted: (signal: object) => boolean): void {
  const state = SignalStamp.read(signal) ?? adopt(signal, isAborted(signal));
  if (state.abort !== null) {
    useLate(state, 'listener');
    return;
  }
  const use = useOf(state, 'listener');
  if (use === null) {
    state.unseen++;
    return;
  }
  if (!stampListener(listener, use)) return;
  use.listeners++;
  list(use);
  noteGrowth(signal, state);
}

export function removeListener(signal: object, listener: object): void {
  const state = SignalStamp.read(signal);
  if (state === undefined || state.abort !== null) return;
  const uses = ListenerStamp.read(listener);
  const index = uses?.findIndex((one) => one.state === state) ?? -1;
  const [use] = index === -1 ? [] : (uses?.splice(index, 1) ?? []);
  if (use === undefined) {
    if (state.unseen > 0) state.unseen--;
    return;
  }
  if (--use.listeners === 0) unlist(use);
}

/** False: it was added before, or it cannot be followed. */
function stampListener(listener: object, use: Use): boolean {
  const uses = ListenerStamp.read(listener);
  if (uses === undefined) {
    if (!Object.isExtensible(listener)) return false;
    new ListenerStamp(listener, [use]);
    return true;
  }
  if (uses.some((one) => one.state === use.state)) return false;
  if (uses.length >= MOST_SIGNALS_OF_LISTENER) uses.splice(0, uses.length, ...uses.filter((one) => one.state.abort === null));
  if (uses.length >= MOST_SIGNALS_OF_LISTENER) return false;
  uses.push(use);
  return true;
}

/** The running call asks whether it was aborted, to go on if not. */
export function askSignal(signal: object): void {
  const state = SignalStamp.read(signal);
  if (state !== undefined) askState(state, 'throw-if-aborted');
}

function askState(state: SignalState, how: SignalUseHow): void {
  if (state.abort !== null) {
    useLate(state, how);
    return;
  }
  const use = useOf(state, how);
  if (use !== null) list(use);
}

/** The running call has read that it is aborted. */
export function readAborted(signal: object): void {
  const state = SignalStamp.read(signal);
  if (state !== undefined && state.abort !== null) useLate(state, 'read');
}

/** The running call works under the signal. Null: it made it itself, or that is not known. */
function useOf(state: SignalState, how: SignalUseHow): Use | null {
  if (!exact || current() === state.creator) return null;
  const { last } = state;
  if (last !== null && last.call === current()) return last;
  const here = observeHere();
  if (here === null || here.call === state.creator) return null;
  const use = new Use(state, here.call, how, here.api, here.stack, atMs());
  state.last = use;
  noteWork(use);
  return use;
}

function useLate(state: SignalState, how: SignalUseHow): void {
  const { abort, creator } = state;
  if (!exact || abort === null || creator === null || current() === creator || current() === abort.call) return;
  if (isRepeated(state, abort)) return;
  const here = observeHere();
  if (here === null || here.call === creator || here.call === abort.call) return;
  writeAbort(state, []);
  for (const use of usesInLine(here.call, state)) writeUse(use);
  writeUse(new Use(state, here.call, how, here.api, here.stack, atMs()), true);
}

/** The same call again, or one of very many: looked at now and then, ever more seldom. */
function isRepeated(state: SignalState, abort: Abort): boolean {
  const now = atMs();
  const seldom = current() === state.late || state.lateUses >= MANY_LATE;
  if (seldom && now < state.nextLateMs) return true;
  state.late = current();
  state.lateUses++;
  state.nextLateMs = now + Math.max(LATE_EVERY_MS, (now - abort.atMs) / 4);
  return false;
}

/** The signal tells its listeners now that it is aborted. */
export function abortSignal(signal: object, readReason: (signal: object) => string): void {
  const state = SignalStamp.read(signal);
  if (state === undefined || state.abort !== null) return;
  const now = atMs();
  setNow(now);
  const by = state.sources.find((one) => one.abort !== null) ?? null;
  writeLeft(state);
  const abort = new Abort(now, exact ? runner() : null, by);
  state.abort = abort;
  const { uses } = state;
  state.uses = [];
  state.last = null;
  const users = uses.filter((use) => (use.call.bits & ENDED) === 0);
  if (users.length === 0) return;
  const here = observeHere();
  if (here === null) return;
  abort.call = here.call;
  abort.stack = here.stack;
  abort.reason = readReason(signal);
  writeAbort(state, users);
}

