/**
 * The folded trace: what a recording says once every late fact is known. Rules, reports and live
 * views read this and never the records.
 *
 * `order` is the position of a record in its recording, from 0; `atMs` is milliseconds since the
 * program started. Two things of one program are compared by `order`, which has no ties.
 */
import type {
  CallId,
  CallOrigin,
  ProgramEnded,
  ProgramId,
  ProgramStarted,
  ScopeId,
  ScopeKind,
  SiteId,
  SiteSeen,
  Waiver,
} from '../tracker/protocol.ts';
import type { FamilyParts } from './fold/families/index.ts';

/** Sequential within a program in order of announcement, never reused. 1 is always the main task. */
export type TaskId = number;

/** `unknown`: the recording names the call and never announces it; such a task is always inferred. */
export type TaskOrigin = CallOrigin | 'unknown';

export interface Moment {
  readonly order: number;
  readonly atMs: number;
}

/** Another task that waited for this one after it had ended, or that waited for its promise. */
export interface Meeting extends Moment {
  readonly task: Task;
  readonly certain: boolean;
}

export interface Task {
  readonly id: TaskId;
  /** The call that started the task. */
  readonly root: CallId;
  readonly origin: TaskOrigin;
  /** For `named`: the given name. */
  readonly name?: string;
  /** For `callback`: the async resource's type as Node names it. */
  readonly resource?: string;
  /** Where the task's own code starts. */
  readonly site?: SiteId;
  /** Where it was called or scheduled from. */
  readonly from?: SiteId;
  /** Where the code of the function starts that called it. Absent: it is none that could be told. */
  readonly caller?: SiteId;
  /** Absent for the main task and when the recording does not say. */
  readonly spawner?: Task;
  /** The innermost scope that was open for the spawner when the task was started. */
  readonly scope?: Scope;
  /** False: that this is a task of its own was inferred, not seen. */
  readonly certain: boolean;
  /** Absent for a task that was never announced. */
  readonly started?: Moment;
  /** Absent: still alive when the recording stops. */
  readonly ended?: Moment;
  /** Collected while it was suspended. Absent: it was not. */
  readonly vanished?: Moment;
  /** Where each of an unfinished task's calls is suspended, innermost first. Absent: finished. */
  readonly pending?: readonly SiteId[];
  /** Who waited for the ended task and went on. */
  readonly joins: readonly Meeting[];
  /** When it first waited for another task. Absent: it never did. */
  readonly joined?: Moment;
  /** Who else waits for its promise: a shared or memoised one. */
  readonly observers: readonly Meeting[];
}

/** Something that happened to a scope. `certain` speaks of the task's identity, the whole chain of it. */
export interface ScopeEvent extends Moment {
  readonly task: Task;
  readonly certain: boolean;
  /** The program's own frames, innermost first. May be empty. */
  readonly stack: readonly SiteId[];
  /** By a callback or a reaction itself, and not by an async function or the main script. */
  readonly byCallback?: true;
}

export interface ScopeExit extends ScopeEvent {
  /** What the scope held passed to another one; nothing was closed. */
  readonly moved?: true;
  /** Where the call that did it was called, and those that wait for it, innermost first. Only of an exit by another task. */
  readonly calledFrom?: readonly SiteId[];
}

export interface ScopeCancel extends ScopeEvent {
  readonly reason?: string;
}

export interface ScopeUse extends ScopeEvent {
  /** What was done, for example `run`. */
  readonly use: string;
}

/** A task that may exit the scope: the host task, or one that received it by joining an owner. */
export interface Owner {
  readonly task: Task;
  /** False: the join that passed the scope on was inferred. */
  readonly certain: boolean;
  /** From when. */
  readonly since: Moment;
  /** The ended task that it was received from. Absent for the host task. */
  readonly received?: Task;
}

export interface Scope {
  readonly id: ScopeId;
  readonly kind: ScopeKind;
  readonly name: string;
  /** What is not expected of it, other than of its kind. Absent: nothing is waived. */
  readonly waives?: readonly Waiver[];
  /** The innermost scope that was open for the entering task. */
  readonly parent?: Scope;
  readonly entered: ScopeEvent;
  /** In order; the first one closed the scope, the others came too late. */
  readonly exits: readonly ScopeExit[];
  readonly cancels: readonly ScopeCancel[];
  readonly uses: readonly ScopeUse[];
  /** The host task first, then in the order they received it, while the scope was open. */
  readonly owners: readonly Owner[];
  /** A scope of the same host task, inside this one, that was still open at the first exit. */
  readonly openInside?: Scope;
}

/** What a recording does not hold. All zero and absent: nothing is known to be missing. */
export interface Losses {
  /** Records that the program could not keep or write. */
  readonly dropped: number;
  /** Why the tracker stopped before the program did. */
  readonly stopped?: string;
  /** Failures of the tracker that it survived, one sentence each. */
  readonly failures: readonly string[];
  /** Records of a kind this version does not know. */
  readonly unknownRecords: number;
  /** References to scopes, calls or sites that were never announced. */
  readonly dangling: number;
  /** Where records may begin to be missing. Absent: nowhere before the recording's end. */
  readonly since?: number;
}

export interface TraceCounts {
  /** Announced or not, the main task included. */
  readonly tasks: number;
  readonly inferredTasks: number;
  readonly scopes: number;
  /** Records read. */
  readonly records: number;
}

/** What the families of records add, such as signals, is described beside their folds. */
export interface ProgramTrace extends FamilyParts {
  readonly id: ProgramId;
  /** Absent when the recording lost its first line. */
  readonly started?: ProgramStarted;
  /** Absent when the program was killed or still runs. */
  readonly ended?: ProgramEnded;
  /** In order of their ids. The first is the main task. */
  readonly tasks: readonly Task[];
  /** In the order they were entered. */
  readonly scopes: readonly Scope[];
  readonly sites: ReadonlyMap<SiteId, SiteSeen>;
  /** Source maps that existed only inside the program, by the file as its sites name it. */
  readonly sourceMaps: ReadonlyMap<string, unknown>;
  /** Orders of the joins of which it was only inferred who waited, ascending. */
  readonly inferredJoins: readonly number[];
  readonly counts: TraceCounts;
  /** What limits what the program could see, one sentence each, known at its start or learnt later. */
  readonly caveats: readonly string[];
  readonly losses: Losses;
  /** The latest time any record names. */
  readonly lastAtMs: number;
  /**
   * True: the program ended by itself and nothing is missing, so what the recording does not show
   * did not happen.
   */
  readonly complete: boolean;
}

export interface SessionTrace {
  /** In the order they were started; a program comes after the one that started it. */
  readonly programs: readonly ProgramTrace[];
}
