/**
 * Single calls, for facts in which the task is too coarse: `await call(1); await call(2)` are two
 * operations of one task.
 */
import type { CallId, SiteId } from '../../tracker/protocol.ts';
import type { Task } from '../model.ts';
import type { CallFacts } from './facts.ts';
import type { TaskIndex } from './tasks.ts';

export interface Call {
  readonly id: CallId;
  readonly task: Task;
  /** False: that it ran in this task was inferred. */
  readonly certain: boolean;
  /** Where its own code starts. Absent: a callback, or not known. */
  readonly site?: SiteId;
  /** Where it was called from. */
  readonly from?: SiteId;
  /** Whole milliseconds: it did not start before this. Absent: never announced. */
  readonly startedAtMs?: number;
  /** Absent: it had not ended when the recording stopped. */
  readonly endedAtMs?: number;
  /** Who started or scheduled it. Absent: the main call, or not known. */
  readonly caller?: Call;
  /** The caller waited for it at once: the call is a part of what the caller does. */
  readonly awaited: boolean;
}

export type CallLookup = (id: CallId) => Call;

const FAR = 10_000;

/** Makes calls when they are asked for, each once. */
export function indexCalls(facts: ReadonlyMap<CallId, CallFacts>, index: TaskIndex): CallLookup {
  const known = new Map<CallId, Call>();
  const find = (id: CallId): Call => {
    const chain: CallId[] = [];
    let next: CallId | undefined = id;
    while (next !== undefined && !known.has(next) && !chain.includes(next) && chain.length < FAR) {
      chain.push(next);
      next = facts.get(next)?.started?.caller;
    }
    for (const each of chain.reverse()) known.set(each, create(each, facts.get(each), index, known));
    return known.get(id) ?? create(id, facts.get(id), index, known);
  };
  return find;
}

function create(id: CallId, facts: CallFacts | undefined, index: TaskIndex, known: ReadonlyMap<CallId, Call>): Call {
  const { task, certain } = index.of(id);
  const { started, ended, fate } = facts ?? {};
  const caller = started?.caller === undefined ? undefined : known.get(started.caller);
  return {
    id,
    task,
    certain,
    ...(started?.site === undefined ? {} : { site: started.site }),
    ...(started?.from === undefined ? {} : { from: started.from }),
    ...(started === undefined ? {} : { startedAtMs: started.atMs }),
    ...(ended === undefined ? {} : { endedAtMs: ended.atMs }),
    ...(caller === undefined ? {} : { caller }),
    awaited: fate?.kind === 'call-awaited' && id !== task.root,
  };
}

/** The call, and those that wait for it, innermost first: the line of calls of one task. */
export function* waitingFor(call: Call): Generator<Call> {
  let at: Call | undefined = call;
  for (let steps = 0; at !== undefined && steps < FAR; steps++) {
    yield at;
    at = at.awaited ? at.caller : undefined;
  }
}
