/**
 * What the tracker keeps for one signal, stamped on the signal. It holds nothing of the program: a
 * signal, a listener or a reason that Node would collect is collected.
 */
import { ENDED, Identity, type PromiseNode } from './promise-node.ts';
import type { SignalOrigin, SignalUseHow } from './protocol.ts';

export class SignalState {
  /** Announced id, 0 when not announced. */
  id = 0;
  readonly how: SignalOrigin;
  /** Null: not seen. */
  readonly creator: PromiseNode | null;
  readonly createdMs: number;
  /** Those that it follows; none of them made by `any` itself. */
  readonly sources: readonly SignalState[];
  /** Calls that work under it, some of them ended by now. */
  uses: Use[] = [];
  /** The latest use, also when it is over. */
  last: Use | null = null;
  /** When `uses` reaches this length, those that are over are taken out. */
  pruneAt = 64;
  /** When `uses` reaches this length, it is written what was left. */
  reportAt = 16;
  /** One of those that were written as left, by its place. Null: none were. */
  reported: Map<string, Use> | null = null;
  /** Its listeners are counted at the end. */
  followed = false;
  /** Listeners of its maker, and of calls that were not looked at. */
  unseen = 0;
  abort: Abort | null = null;
  /** The last call that used it although it was aborted, */
  late: PromiseNode | null = null;
  /** how many there were, */
  lateUses = 0;
  /** and when the next one is looked at. */
  nextLateMs = 0;

  constructor(how: SignalOrigin, creator: PromiseNode | null, createdMs: number, sources: readonly SignalState[]) {
    this.how = how;
    this.creator = creator;
    this.createdMs = createdMs;
    this.sources = sources;
  }
}

export class Abort {
  readonly atMs: number;
  readonly by: SignalState | null;
  /** Null: not seen. */
  call: PromiseNode | null;
  stack: readonly number[] = [];
  reason = '';
  written = false;

  constructor(atMs: number, call: PromiseNode | null, by: SignalState | null) {
    this.atMs = atMs;
    this.call = call;
    this.by = by;
  }
}

/** A call that works under a signal. */
export class Use {
  readonly state: SignalState;
  readonly call: PromiseNode;
  readonly how: SignalUseHow;
  readonly api: string;
  readonly stack: readonly number[];
  readonly atMs: number;
  /** Listeners that are still there. */
  listeners = 0;
  /** Position in the list of its signal, -1 when it is not there. */
  index = -1;
  written = false;

  constructor(state: SignalState, call: PromiseNode, how: SignalUseHow, api: string, stack: readonly number[], atMs: number) {
    this.state = state;
    this.call = call;
    this.how = how;
    this.api = api;
    this.stack = stack;
    this.atMs = atMs;
  }
}

export function list(use: Use): void {
  const { state } = use;
  if (use.index !== -1) return;
  if (state.uses.length >= state.pruneAt) prune(state);
  use.index = state.uses.length;
  state.uses.push(use);
}

export function unlist(use: Use): void {
  if (use.index === -1) return;
  const { uses } = use.state;
  const last = uses.pop() as Use;
  if (last !== use) {
    uses[use.index] = last;
    last.index = use.index;
  }
  use.index = -1;
}

/** Calls that only asked whether it was aborted, and have ended. */
function prune(state: SignalState): void {
  for (const use of [...state.uses]) if (use.listeners === 0 && (use.call.bits & ENDED) !== 0) unlist(use);
  state.pruneAt = Math.max(64, state.uses.length * 2);
}

export class SignalStamp extends Identity {
  #state: SignalState;
  constructor(signal: object, state: SignalState) {
    super(signal);
    this.#state = state;
  }
  static read(signal: object): SignalState | undefined {
    return #state in signal ? signal.#state : undefined;
  }
}

/** On a listener: whose it is, for each signal that it was added to. */
export class ListenerStamp extends Identity {
  #uses: Use[];
  constructor(listener: object, uses: Use[]) {
    super(listener);
    this.#uses = uses;
  }
  static read(listener: object): Use[] | undefined {
    return #uses in listener ? listener.#uses : undefined;
  }
}
