/** Listeners that calls leave on signals: counted where they pile up, by the place that adds them. */
import { announce } from './announce.ts';
import { emit } from './channel.ts';
import { atMs } from './clock.ts';
import { ENDED, KIND, THEN } from './promise-node.ts';
import { announceSignal } from './signal-records.ts';
import type { SignalState, Use } from './signal-state.ts';

/** Fewer than this are never written. */
const LEAST = 10;
const MOST_FOLLOWED = 1000;

interface Followed {
  readonly signal: WeakRef<object>;
  readonly state: SignalState;
}

let followed: Followed[] = [];

/** A call was listed with the signal. */
export function noteGrowth(signal: object, state: SignalState): void {
  const { length } = state.uses;
  if (length < LEAST) return;
  if (length >= state.reportAt) {
    state.reportAt = length * 2;
    writeLeft(state);
  }
  if (state.followed) return;
  state.followed = true;
  if (followed.length >= MOST_FOLLOWED) followed = followed.filter(isThere);
  if (followed.length < MOST_FOLLOWED) followed.push({ signal: new WeakRef(signal), state });
}

/** The program ends: what is still there was left for good. */
export function writeAllLeft(): void {
  for (const one of followed) if (isThere(one)) writeLeft(one.state);
}

function isThere({ signal, state }: Followed): boolean {
  return state.abort === null && signal.deref() !== undefined;
}

export function writeLeft(state: SignalState): void {
  if (state.uses.length < LEAST && state.reported === null) return;
  const groups = new Map<string, Use[]>();
  for (const use of state.uses) {
    if (!isLeft(use)) continue;
    const key = `${use.stack[0] ?? 0} ${use.api}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [use]);
    else group.push(use);
  }
  for (const [key, uses] of groups) if (uses.length >= LEAST) write(state, key, uses);
  // What was removed after all is no more left.
  for (const [key, use] of state.reported ?? []) {
    const calls = groups.get(key)?.length ?? 0;
    if (calls < LEAST) writeCount(use, calls);
  }
}

/** A callback has ended before anything that it began is over, so its end says nothing. */
function isLeft({ listeners, call, stack }: Use): boolean {
  return listeners > 0 && stack.length > 0 && (call.bits & ENDED) !== 0 && (call.bits & KIND) <= THEN;
}

function write(state: SignalState, key: string, uses: readonly Use[]): void {
  const last = uses[uses.length - 1] as Use;
  (state.reported ??= new Map<string, Use>()).set(key, last);
  writeCount(last, uses.length);
}

function writeCount({ state, api, stack, call }: Use, calls: number): void {
  emit({
    kind: 'listeners-left',
    signal: announceSignal(state),
    ...(api === '' ? {} : { api }),
    stack,
    calls,
    call: announce(call),
    atMs: atMs(),
  });
}
