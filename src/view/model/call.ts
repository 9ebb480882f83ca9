/** What is known of one announced call, and of the task that it may be the first call of. */
import type { CallId, CallOrigin, CallStarted, HandleType, ScopeId, SiteId, WaitedFor } from '../../../tracker/protocol.ts';
import type { ProgramModel, ScopeModel } from './program.ts';

/** Where a task waits, as the program said last. */
export interface Standing {
  readonly at?: SiteId;
  readonly what?: WaitedFor;
  readonly on?: CallId;
  readonly pending?: number;
  readonly handle?: HandleType;
  readonly waits: boolean;
  readonly sinceMs: number;
}

/**
 * - `running`: it has not ended, and nothing says that it waits
 * - `waiting`: it is suspended
 * - `finished`: its last code has run
 * - `serving`: its code has run, and the response to its request is not closed yet
 * - `vanished`: it was collected while it was suspended
 */
export type TaskState = 'running' | 'waiting' | 'serving' | 'finished' | 'vanished';

/** Absent times are -1: tens of thousands of these live at once. */
export class Call {
  readonly program: ProgramModel;
  readonly id: CallId;
  readonly origin: CallOrigin | 'unknown';
  /** The given name, or the type of the async resource. */
  readonly text: string;
  readonly site: SiteId | 0;
  readonly from: SiteId | 0;
  readonly scope: ScopeId | 0;
  readonly inferred: boolean;
  readonly startMs: number;
  /** Who started it; when that one was let go of, the nearest one before it that is still there. */
  caller: Call | undefined;
  /** Who waits for it at once, or went on without. */
  by: Call | undefined;
  fate: 'undecided' | 'awaited' | 'spawned' = 'undecided';
  fateInferred = false;
  endMs = -1;
  vanishedMs = -1;
  /** Who waited for the ended task last. */
  joinedBy: CallId = 0;
  standing: Standing | undefined;
  /** It ended so long ago that it is not shown any more. */
  gone = false;
  /** A starter between it and `caller` was let go of. */
  orphaned = false;
  /** The HTTP request that it was called for. It is not over before that is. */
  request: ScopeModel | undefined;

  constructor(program: ProgramModel, started: CallStarted, caller: Call | undefined) {
    this.program = program;
    this.id = started.call;
    this.origin = started.origin;
    this.text = started.name ?? started.resource ?? '';
    this.site = started.site ?? 0;
    this.from = started.from ?? 0;
    this.scope = started.scope ?? 0;
    this.inferred = started.inferred === true;
    this.startMs = started.atMs;
    this.caller = caller;
  }

  get over(): boolean {
    return (this.endMs >= 0 || this.vanishedMs >= 0) && !this.serves;
  }

  get serves(): boolean {
    return this.request !== undefined && this.request.exitedMs < 0;
  }
}

/** Whether the call is the first one of a task. As long as it is not decided, it is its caller's. */
export function startsTask(call: Call): boolean {
  return call.fate === 'spawned' || call.origin === 'main' || call.origin === 'callback' || call.origin === 'named';
}

const FAR = 10_000;

/** The first call of the task that a call is a part of. */
export function taskOf(call: Call): Call {
  let at = call;
  for (let steps = 0; !startsTask(at) && steps < FAR; steps++) {
    const next = at.by ?? at.caller;
    if (next === undefined || next === at) return at;
    at = next;
  }
  return at;
}

/** The task that started another one. Absent: the main task, or it is not known. */
export function spawnerOf(task: Call): Call | undefined {
  const by = task.caller ?? task.by;
  if (by === undefined) return undefined;
  const spawner = taskOf(by);
  return spawner === task ? undefined : spawner;
}

/** Makes the call forget those that were let go of, so that they can be freed. */
export function forgetGone(call: Call): void {
  while (call.caller?.gone === true) {
    call.caller = call.caller.caller;
    call.orphaned = true;
  }
  while (call.by?.gone === true) call.by = call.by.by ?? call.by.caller;
}

export function stateOf(task: Call): TaskState {
  if (task.serves && task.standing?.waits !== true) return 'serving';
  if (task.vanishedMs >= 0) return 'vanished';
  if (task.endMs >= 0) return 'finished';
  return task.standing?.waits === true ? 'waiting' : 'running';
}
