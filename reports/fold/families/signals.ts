/** Signals: who made them, who worked under them, who aborted them, what was left on them. */
import type { CallId, ListenersLeft, SignalAborted, SignalId, SignalOrigin, SignalRecord, SignalUsed, SignalUseHow, SiteId, WorkContinued } from '../../../tracker/protocol.ts';
import type { Moment, Task } from '../../model.ts';
import { indexCalls, waitingFor, type Call, type CallLookup } from '../calls.ts';
import type { CallFacts } from '../facts.ts';
import type { Family } from '../family.ts';

/** Something that a call did with a signal. `atMs` is when; `order` only when it was written. */
export interface SignalEvent extends Moment {
  readonly call: Call;
  /** The program's own frames, innermost first. May be empty. */
  readonly stack: readonly SiteId[];
}

export interface SignalUse extends SignalEvent {
  readonly how: SignalUseHow;
  /** The function of Node that the signal was given to. Absent: the program used it itself. */
  readonly api?: string;
  /** Whether it had been aborted by then. */
  readonly aborted: boolean;
}

export interface SignalAbort extends Moment {
  /** Who aborted it. Absent: not seen. */
  readonly call?: Call;
  /** The source that it followed. Absent: it was aborted itself. */
  readonly by?: Signal;
  readonly reason?: string;
  /** Unfinished calls that worked under it at that moment. */
  readonly users: readonly Call[];
  /** False: there may have been more. */
  readonly allUsers: boolean;
  /** Tasks that these calls, or calls that waited for them, had started before. */
  readonly started: readonly StartedTask[];
  readonly stack: readonly SiteId[];
}

export interface StartedTask {
  readonly task: Task;
  readonly by: Call;
  /** The call that started it worked under the signal itself. */
  readonly direct: boolean;
  /** Some of the moments after the abort at which it was suspended again: it went on. */
  readonly continued: readonly number[];
}

/** Listeners that calls which have ended left on it. */
export interface Leftover extends SignalEvent {
  readonly api?: string;
  /** How many calls left at least one, as seen last: what was removed in the end was not left. */
  readonly calls: number;
}

export interface Signal {
  readonly id: SignalId;
  readonly how: SignalOrigin;
  /** Who made it. Absent: not seen. */
  readonly creator?: Call;
  readonly createdAtMs: number;
  /** For `any`: what it follows. */
  readonly sources: readonly Signal[];
  /** Those made by `any` that follow it. */
  readonly followers: readonly Signal[];
  /** Uses that matter to an abort: the first one by each call, and some of the later ones when it was aborted. */
  readonly uses: readonly SignalUse[];
  /** Absent: it was not aborted, or nobody worked under it. */
  readonly aborted?: SignalAbort;
  readonly leftovers: readonly Leftover[];
}

type Growing = { -readonly [Key in keyof Signal]: Signal[Key] extends readonly (infer One)[] ? One[] : Signal[Key] };

export const signals: Family<readonly Signal[]> = () => {
  const records: { readonly order: number; readonly record: Exclude<SignalRecord, WorkContinued> }[] = [];
  const continued = new Map<CallId, readonly number[]>();
  return {
    add: (record, order) => {
      switch (record.kind) {
        case 'signal-created':
        case 'signal-used':
        case 'signal-aborted':
        case 'listeners-left':
          records.push({ order, record });
          return true;
        case 'work-continued':
          continued.set(record.call, [...(continued.get(record.call) ?? []), record.atMs]);
          return true;
        default:
          return false;
      }
    },
    finish: ({ index, calls }) => {
      const found = new Map<SignalId, Growing>();
      const find = indexCalls(calls, index);
      for (const { order, record } of records) replay(order, record, found, find);
      linkStarted(found.values(), index.tasks, calls, continued);
      return [...found.values()];
    },
  };
};

function replay(order: number, record: Exclude<SignalRecord, WorkContinued>, found: Map<SignalId, Growing>, find: CallLookup): void {
  const signal = signalOf(record.signal, found);
  switch (record.kind) {
    case 'signal-created':
      signal.how = record.how;
      signal.createdAtMs = record.atMs;
      if (record.call !== undefined) signal.creator = find(record.call);
      for (const source of record.sources ?? []) link(signal, signalOf(source, found));
      return;
    case 'signal-used':
      signal.uses.push(useOf(order, record, find));
      return;
    case 'signal-aborted':
      signal.aborted ??= abortOf(order, record, found, find);
      return;
    default:
      keepLast(signal, record, order, find);
  }
}

/** A signal that is named before it was announced is there, and nothing is known of it. */
function signalOf(id: SignalId, found: Map<SignalId, Growing>): Growing {
  let signal = found.get(id);
  if (signal === undefined) {
    signal = { id, how: 'unknown', createdAtMs: 0, sources: [], followers: [], uses: [], leftovers: [] };
    found.set(id, signal);
  }
  return signal;
}

function link(signal: Growing, source: Growing): void {
  signal.sources.push(source);
  source.followers.push(signal);
}

function eventOf(order: number, record: { readonly call: CallId; readonly stack: readonly SiteId[]; readonly atMs: number }, find: CallLookup): SignalEvent {
  return { call: find(record.call), stack: record.stack, order, atMs: record.atMs };
}

function useOf(order: number, record: SignalUsed, find: CallLookup): SignalUse {
  const { how, api, aborted } = record;
  return { ...eventOf(order, record, find), how, ...(api === undefined ? {} : { api }), aborted };
}

function abortOf(order: number, record: SignalAborted, found: Map<SignalId, Growing>, find: CallLookup): SignalAbort {
  const { call, by, reason, users, partial, stack, atMs } = record;
  return {
    ...(call === undefined ? {} : { call: find(call) }),
    ...(by === undefined ? {} : { by: signalOf(by, found) }),
    ...(reason === undefined ? {} : { reason }),
    users: users.map(find),
    allUsers: partial !== true,
    started: [],
    stack,
    order,
    atMs,
  };
}

/** Who had started what, once all is known. */
function linkStarted(
  signals: Iterable<Growing>,
  tasks: readonly Task[],
  calls: ReadonlyMap<CallId, CallFacts>,
  continued: ReadonlyMap<CallId, readonly number[]>,
): void {
  const byCaller = new Map<CallId, Task[]>();
  for (const task of tasks) {
    const caller = calls.get(task.root)?.started?.caller;
    if (caller === undefined) continue;
    const others = byCaller.get(caller);
    if (others === undefined) byCaller.set(caller, [task]);
    else others.push(task);
  }
  for (const signal of signals) {
    const { aborted, creator } = signal;
    if (aborted !== undefined) signal.aborted = { ...aborted, started: [...startedBefore(aborted, creator, { byCaller, continued })] };
  }
}

interface Started {
  readonly byCaller: ReadonlyMap<CallId, readonly Task[]>;
  readonly continued: ReadonlyMap<CallId, readonly number[]>;
}

function* startedBefore(
  { users, order, atMs }: SignalAbort,
  creator: Call | undefined,
  { byCaller, continued }: Started,
): Generator<StartedTask> {
  const seen = new Set<CallId>();
  for (const user of users) {
    for (const by of waitingFor(user)) {
      if (by.id === creator?.id || seen.has(by.id)) break;
      seen.add(by.id);
      const direct = users.includes(by);
      for (const task of byCaller.get(by.id) ?? []) {
        if (task.started === undefined || task.started.order > order) continue;
        yield { task, by, direct, continued: (continued.get(task.root) ?? []).filter((at) => at >= atMs) };
      }
    }
  }
}

function keepLast(signal: Growing, record: ListenersLeft, order: number, find: CallLookup): void {
  const { api, calls, stack } = record;
  const index = signal.leftovers.findIndex((one) => one.stack[0] === stack[0] && one.api === api);
  const leftover = { ...eventOf(order, record, find), ...(api === undefined ? {} : { api }), calls };
  if (index === -1) signal.leftovers.push(leftover);
  else signal.leftovers[index] = leftover;
}
