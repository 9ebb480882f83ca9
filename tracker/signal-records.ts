/** Signals become records only when they matter. */
import { announce } from './announce.ts';
import { emit } from './channel.ts';
import { followStartedBy } from './living.ts';
import { AWAITED, KIND, type PromiseNode, ROOT, SPAWNED } from './promise-node.ts';
import type { SignalState, Use } from './signal-state.ts';
import { usesBy } from './work.ts';

let lastId = 0;
/** More calls than a record may name. */
const MOST_USERS = 100;
const MOST_STEPS = 1000;
/** Calls that wait for one that works under a signal, outwards. */
const MOST_WAITING = 8;

/** Announces the signal when it was not yet, and returns its id. */
export function announceSignal(state: SignalState): number {
  if (state.id !== 0) return state.id;
  const sources = state.sources.map(announceSignal);
  const call = state.creator === null ? {} : { call: announce(state.creator) };
  state.id = ++lastId;
  const followed = state.how === 'any' ? { sources } : {};
  emit({ kind: 'signal-created', signal: state.id, how: state.how, ...call, ...followed, atMs: state.createdMs });
  return state.id;
}

export function writeUse(use: Use, aborted = false): void {
  if (use.written) return;
  use.written = true;
  const { state, call, how, api, stack, atMs } = use;
  const signal = announceSignal(state);
  emit({ kind: 'signal-used', signal, call: announce(call), how, ...(api === '' ? {} : { api }), aborted, stack, atMs });
}

/** Writes that the signal was aborted, and before that who worked under it. */
export function writeAbort(state: SignalState, users: readonly Use[]): void {
  const { abort } = state;
  if (abort === null || abort.written) return;
  abort.written = true;
  const source = abort.by ?? state;
  if (abort.by?.abort) {
    if (!abort.by.abort.written) Object.assign(abort.by.abort, { call: abort.call, stack: abort.stack, reason: abort.reason });
    writeAbort(abort.by, []);
  }
  const signal = announceSignal(state);
  if (abort.call !== null) for (const use of usesBehind(abort.call, source)) writeUse(use);
  const some = users.slice(0, MOST_USERS);
  for (const use of some) writeUse(use);
  // Before the record: what is announced later was started later.
  if (some.length > 0) followStartedBy(workersOf(some, state));
  emit({
    kind: 'signal-aborted',
    signal,
    ...(abort.call === null ? {} : { call: announce(abort.call) }),
    ...(abort.by === null ? {} : { by: announceSignal(abort.by) }),
    ...(abort.reason === '' ? {} : { reason: abort.reason }),
    users: [...new Set(some.map((use) => announce(use.call)))],
    ...(state.unseen > 0 || users.length > some.length ? { partial: true } : {}),
    stack: abort.stack,
    atMs: abort.atMs,
  });
}

/** The calls that work under the signal, and those that wait for them, up to who made the signal. */
function workersOf(users: readonly Use[], { creator }: SignalState): ReadonlySet<PromiseNode> {
  const workers = new Set<PromiseNode>();
  for (const { call } of users) {
    let node: PromiseNode | null = call;
    for (let steps = 0; node !== null && node !== creator && steps < MOST_WAITING; steps++) {
      workers.add(node);
      node = (node.bits & AWAITED) === 0 ? null : node.owner;
    }
  }
  return workers;
}

/** What the call that scheduled the abort had itself done under the signal. */
function usesBehind(call: PromiseNode, state: SignalState): readonly Use[] {
  let root: PromiseNode | null = call;
  for (let steps = 0; root !== null && steps < MOST_STEPS; steps++) {
    if ((root.bits & SPAWNED) !== 0 || (root.bits & KIND) === ROOT) break;
    root = root.owner;
  }
  const scheduler = root?.owner ?? null;
  return scheduler === null ? [] : usesBy(scheduler, state);
}
