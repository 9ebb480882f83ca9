/** Cancellations that hit the wrong operation: judged by single calls, for one task may run many. */
import { waitingFor, type Call } from './fold/calls.ts';
import type { Signal, SignalAbort, SignalUse } from './fold/families/signals.ts';
import type { ProgramTrace, Task } from './model.ts';

const FAR = 1000;
/** A callback that schedules the next one, on the way from the operation to the abort. */
const MOST_CALLBACKS = 3;
const MAIN = 1;

/** What an operation had scheduled aborted a later run of the same function. */
export interface StaleAbort {
  readonly kind: 'stale';
  readonly signal: Signal;
  readonly abort: SignalAbort;
  /** The call that began the task which aborted: a timer's callback. */
  readonly trigger: Call;
  /** The finished call that had scheduled it. */
  readonly earlier: Call;
  readonly hit: Call;
  /** How the call that was hit had worked under the signal, where that is known. */
  readonly use?: SignalUse;
}

/** An operation worked under a signal that had been aborted for another, finished one. */
export interface LateUse {
  readonly kind: 'late';
  readonly signal: Signal;
  readonly abort: SignalAbort;
  readonly maker: Call;
  readonly use: SignalUse;
}

export type Residual = StaleAbort | LateUse | 'undecided';

export function* findResiduals(trace: ProgramTrace): Generator<Residual> {
  for (const signal of trace.signals) {
    const { aborted } = signal;
    // A follower was aborted by its source, and is looked at with it.
    if (aborted === undefined || aborted.by !== undefined) continue;
    const stale = findStale(signal, aborted, trace);
    if (stale !== undefined) yield stale;
    for (const use of signal.uses) {
      const late = judgeUse(signal, aborted, use);
      if (late !== undefined) yield late;
    }
  }
}

function findStale(signal: Signal, abort: SignalAbort, trace: ProgramTrace): Residual | undefined {
  const family = [signal, ...signal.followers];
  const aborts = family.flatMap((one) => (one.aborted === undefined ? [] : [one.aborted]));
  const users = aborts.flatMap((one) => one.users);
  const trigger = abort.call && rootOf(abort.call);
  const earlier = trigger && schedulerOf(trigger);
  if (trigger === undefined || earlier?.endedAtMs === undefined || users.length === 0) return undefined;
  if (earlier.endedAtMs > abort.atMs || earlier.site === undefined || isForeign(trigger, earlier, trace)) return undefined;
  const uses = family.flatMap((one) => one.uses);
  if (!uses.some((use) => use.atMs <= (earlier.endedAtMs ?? 0) && isWithin(use.call, earlier))) return undefined;
  const hits = users.map((user) => laterRun(user, earlier));
  const [hit] = hits;
  if (hit === undefined || hits.includes(undefined)) return undefined;
  if (signal.creator !== undefined && isWithin(signal.creator, earlier)) return undefined;
  const named = [abort.call, earlier, hit, ...users, signal.creator];
  if (named.some((call) => call?.certain !== true) || aborts.some((one) => !one.allUsers)) return 'undecided';
  const use = uses.find((one) => one.call === users[0]);
  return { kind: 'stale', signal, abort, trigger, earlier, hit, ...(use === undefined ? {} : { use }) };
}

function rootOf(call: Call): Call {
  let root = call;
  for (const one of waitingFor(call)) root = one;
  return root;
}

function schedulerOf(trigger: Call): Call | undefined {
  let scheduler = trigger.caller;
  for (let steps = 0; steps < MOST_CALLBACKS; steps++) {
    if (scheduler?.task.origin !== 'callback' || scheduler.id !== scheduler.task.root) break;
    scheduler = scheduler.caller;
  }
  return scheduler?.id === MAIN ? undefined : scheduler;
}

/** Set in a nameless function that a general helper, such as one that retries, was given to run. */
function isForeign(trigger: Call, earlier: Call, trace: ProgramTrace): boolean {
  const nameOf = (site: number | undefined): string | undefined => (site === undefined ? undefined : trace.sites.get(site)?.function);
  return nameOf(trigger.from) === undefined && nameOf(earlier.site) !== undefined;
}

/** The run of the same function that `user` is a part of, if it began when the earlier one was over. */
function laterRun(user: Call, { id, site, endedAtMs = 0 }: Call): Call | undefined {
  for (const call of operation(user)) {
    if (call.id === id) return undefined;
    if (call.site === site && (call.startedAtMs ?? 0) >= Math.floor(endedAtMs)) return call;
  }
  return undefined;
}

function isWithin(call: Call, outer: Call): boolean {
  for (const one of operation(call)) if (one.id === outer.id) return true;
  return false;
}

/** The call and those around it, also where one has started it and waits for it later. */
function* operation(call: Call): Generator<Call> {
  let at: Call | undefined = call;
  for (let steps = 0; at !== undefined && steps < FAR; steps++) {
    yield at;
    at = isScheduled(at) ? undefined : at.caller;
  }
}

/** Nobody waits for a callback. */
function isScheduled({ id, task }: Call): boolean {
  return id === task.root && (task.origin === 'callback' || task.origin === 'main');
}

function judgeUse(signal: Signal, abort: SignalAbort, use: SignalUse): Residual | undefined {
  const { creator } = signal;
  // Whoever reads `aborted` may be about to make a new one.
  if (!use.aborted || (use.how === 'read' && use.api === undefined)) return undefined;
  if (creator === undefined || abort.call === undefined || creator.task.id === MAIN) return undefined;
  const user = use.call.task;
  const maker = creator.task;
  if (maker.ended === undefined || maker.ended.atMs > use.atMs || descends(user, maker)) return undefined;
  if (!descends(abort.call.task, maker)) return undefined;
  if (user.id === MAIN || (user.started?.atMs ?? 0) < Math.floor(abort.atMs)) return undefined;
  const certain = creator.certain && maker.certain && abort.call.certain && use.call.certain && user.certain;
  return certain ? { kind: 'late', signal, abort, maker: creator, use } : 'undecided';
}

/** Whether `task` is `maker`, or was started by it or by what it had started. */
function descends(task: Task, maker: Task): boolean {
  let at: Task | undefined = task;
  for (let steps = 0; at !== undefined && steps < FAR; steps++) {
    if (at === maker) return true;
    at = at.spawner;
  }
  return false;
}
