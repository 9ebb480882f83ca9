/**
 * The protocol: every record that a traced program writes, and nothing else. The records of one
 * family are a file in `protocol/`.
 *
 * A recording is newline-delimited JSON. Each program (a process or a worker thread) appends to
 * a file of its own, `<program>.jsonl`, in the folder of the session. The first line is the
 * {@link ProgramStarted} record and carries the version. What the command learnt of the program from a
 * dump stands in a file beside it: see `protocol/dumps.ts`.
 *
 * The tracker records facts about **calls**; the fold over the trace turns them into **tasks**.
 * A call is one run of an async function, of a callback or of the main script. Whether a call is
 * part of its caller's task or a task of its own is only known when the caller next suspends, so
 * that fact is a record of its own (`call-awaited` or `call-spawned`), which may come later than
 * events that happened inside the call.
 *
 * Records that come by the thousand are written as arrays: `protocol/short-lines.ts`.
 *
 * Units: `atMs` is milliseconds since the program started, to a hundredth.
 */

/** Raised when a record changes its meaning or loses a field. A reader refuses other versions. */
export const PROTOCOL_VERSION = 2;

import type { ContextEntered, ContextRead } from './protocol/contexts.ts';
import type { DumpRecord } from './protocol/dumps.ts';
import type { FollowingRecord } from './protocol/following.ts';
import type { CallId, ProgramId, ScopeId, SiteId } from './protocol/ids.ts';
import type { HandleClosed, HandleOpened, HandleStanding } from './protocol/handles.ts';
import type { GeneratorRecord } from './protocol/generators.ts';
import type { HangRecord } from './protocol/hangs.ts';
import type { InstrumentId } from './protocol/instruments.ts';
import type { ScopeDeclaration, Waiver } from './protocol/declarations.ts';
import type { ScopeKind } from './protocol/scope-kinds.ts';
import type { RaceRecord } from './protocol/races.ts';
import type { SignalRecord } from './protocol/signals.ts';
import type { CallStanding } from './protocol/standing.ts';
import type { TestSeen } from './protocol/tests.ts';

export type { ContextEntered, ContextId, ContextRead } from './protocol/contexts.ts';
export type {
  Followed, FollowingCounted, FollowingPaused, FollowingRecord, FollowingResumed, UnfollowedRan,
} from './protocol/following.ts';
export { DUMPED } from './protocol/dumps.ts';
export type { DumpOutcome, DumpReason, DumpRecord, ProgramDumped, VerdictReached, WaiterNamed } from './protocol/dumps.ts';
export { findFault } from './protocol/declarations.ts';
export type { DeclaredExit, DeclaredExpectations, ScopeDeclaration, Waiver } from './protocol/declarations.ts';
export type { HandleClosed, HandleId, HandleOpened, HandleStanding, HandleType } from './protocol/handles.ts';
export type {
  GeneratorAdvanced, GeneratorClosed, GeneratorLeft, GeneratorRecord, GeneratorYielded,
} from './protocol/generators.ts';
export type { HangRecord, StallEnded, StallQuestion, StallSampled, TopLevelAwaitLeft, WaitedFor, WaitFollowed } from './protocol/hangs.ts';
export type { CallId, GeneratorId, ProgramId, ScopeId, SignalId, SiteId } from './protocol/ids.ts';
export { SCOPE_KINDS } from './protocol/scope-kinds.ts';
export {
  CALL_ENDED, ENTERED, EXITED, expandLine, FATE, FATES, IS_AWAITED, IS_INFERRED, IS_SPAWNED, ORIGINS, STARTED,
} from './protocol/short-lines.ts';
export type { ScopeKind } from './protocol/scope-kinds.ts';
export type { LoserAwaited, LoserWorked, RaceDecided, RaceId, RaceRecord } from './protocol/races.ts';
export type { ListenersLeft, SignalAborted, SignalCreated, SignalOrigin, SignalRecord, SignalUsed, SignalUseHow, WorkContinued } from './protocol/signals.ts';
export type { CallStanding } from './protocol/standing.ts';
export type { TestSeen } from './protocol/tests.ts';
export { WATCHING } from './protocol/standing.ts';
export { INSPECTED, INSPECTED_ALL, INTERRUPTED } from './protocol/inspected.ts';
export type {
  Inspected, InspectedAll, InspectedSite, InspectedStep, InspectedVanished, InspectedWait, InspectedWaits,
} from './protocol/inspected.ts';
export { QUIET_INSPECTOR } from './protocol/hangs.ts';
export { INSTRUMENTS } from './protocol/instruments.ts';
export type { InstrumentId } from './protocol/instruments.ts';

/** First line of every recording. Strings are as the program has them; nothing is resolved. */
export interface ProgramStarted {
  readonly kind: 'program-started';
  readonly protocol: number;
  /** Version of the package that wrote the recording. */
  readonly tracker: string;
  readonly program: ProgramId;
  /** The program that started this one. Absent for the first one of a session. */
  readonly parent?: ProgramId;
  readonly pid: number;
  readonly ppid: number;
  /** 0 for the main thread, otherwise `worker_threads.threadId`. */
  readonly thread: number;
  readonly argv: readonly string[];
  readonly execArgv: readonly string[];
  readonly cwd: string;
  /** For example `v20.20.2`. */
  readonly node: string;
  readonly platform: string;
  /** Wall clock at the start, milliseconds since 1970. */
  readonly startedAtEpochMs: number;
  /** What limits what this program can see, each one sentence for a person. Empty when nothing does. */
  readonly caveats: readonly string[];
}

/** A place in the code, as V8 reports it: generated code when the program runs generated code. */
export interface SiteSeen {
  readonly kind: 'site-seen';
  readonly site: SiteId;
  /** Absolute path or `file:`, `node:` URL. Empty for code made by `eval`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** As V8 names it: `connect`, `Client.connect`, `new Pool`. Absent for anonymous functions. */
  readonly function?: string;
}

/**
 * A source map that exists only inside the program (a loader such as tsx transforms in memory).
 * Announced before the first site of its file. Maps that lie on disk are found by the reader.
 */
export interface SourceMapSeen {
  readonly kind: 'source-map-seen';
  readonly file: string;
  /** Source Map v3, as an object. */
  readonly map: unknown;
}

/**
 * - `main`: the main script, and everything that Node runs for it at top level
 * - `async`: an async function
 * - `generator`: the body of an async generator, for one `next`, `return` or `throw`
 * - `then`: a callback given to `then`, `catch` or `finally`
 * - `callback`: a timer, an immediate, a tick, a microtask, a socket's or a server's callback
 * - `named`: a function run by `task(name, fn)`
 */
export type CallOrigin = 'main' | 'async' | 'generator' | 'then' | 'callback' | 'named';

/**
 * A call is announced when it becomes of interest (a scope event inside it, still alive when its
 * scope exits, pending at the end), so `atMs` may lie before the record's neighbours. Callers are
 * always announced before the calls they started.
 */
export interface CallStarted {
  readonly kind: 'call-started';
  readonly call: CallId;
  /** Who ran when this call was started or scheduled. Absent for `main` and when unknown. */
  readonly caller?: CallId;
  readonly origin: CallOrigin;
  /** For `named`: the given name. */
  readonly name?: string;
  /** For `callback`: the async resource's type as Node names it, for example `Timeout`. */
  readonly resource?: string;
  /** Where the callee's own code starts. */
  readonly site?: SiteId;
  /** Where it was called or scheduled from: the nearest frame of the program's own code. */
  readonly from?: SiteId;
  /** The innermost open scope of the caller at the start. Absent when there was none. */
  readonly scope?: ScopeId;
  /** True: the caller was inferred from the order of events, not seen on the stack. */
  readonly inferred?: true;
  readonly atMs: number;
}

/** The caller waits for the call at once: both are one task. */
export interface CallAwaited {
  readonly kind: 'call-awaited';
  readonly call: CallId;
  readonly by: CallId;
  readonly inferred?: true;
  readonly atMs: number;
}

/** The caller went on, or ended, without waiting: the call is a task of its own. */
export interface CallSpawned {
  readonly kind: 'call-spawned';
  readonly call: CallId;
  readonly by: CallId;
  readonly inferred?: true;
  readonly atMs: number;
}

/** A spawned call had ended, and `by` waited for it and went on. May happen several times. */
export interface CallJoined {
  readonly kind: 'call-joined';
  readonly call: CallId;
  readonly by: CallId;
  readonly inferred?: true;
  readonly atMs: number;
}

/** Someone other than the spawner waits for the call: a shared or memoised promise. */
export interface CallObserved {
  readonly kind: 'call-observed';
  readonly call: CallId;
  readonly by: CallId;
  readonly atMs: number;
}

/** The call's last code has run. */
export interface CallEnded {
  readonly kind: 'call-ended';
  readonly call: CallId;
  readonly atMs: number;
}

/** The garbage collector took the call while it was suspended: its `finally` can never run. */
export interface CallVanished {
  readonly kind: 'call-vanished';
  readonly call: CallId;
  readonly atMs: number;
}

/** Where an unfinished call stands; written at the end of the program. */
export interface CallPending {
  readonly kind: 'call-pending';
  readonly call: CallId;
  /** The `await` it is suspended at, where that was seen. */
  readonly at?: SiteId;
  readonly atMs: number;
}

export interface ScopeEntered {
  readonly kind: 'scope-entered';
  readonly scope: ScopeId;
  readonly call: CallId;
  readonly scopeKind: ScopeKind;
  readonly name: string;
  /** The innermost scope that was open for the entering task. Absent when there was none. */
  readonly parent?: ScopeId;
  /** What is not expected of it, other than of its kind. Absent: nothing is waived. */
  readonly waives?: readonly Waiver[];
  /** Of a request: the header of that name, as it came. Absent: it had none. */
  readonly traceparent?: string;
  /** The program's own frames, innermost first; never ours, never Node's. May be empty. */
  readonly stack: readonly SiteId[];
  readonly atMs: number;
}

/**
 * Written for every exit, also a second one. `moved`: the scope gave what it holds to another one,
 * which is entered next by the same call; nothing was closed.
 */
export interface ScopeExited {
  readonly kind: 'scope-exited';
  readonly scope: ScopeId;
  readonly call: CallId;
  readonly moved?: true;
  readonly stack: readonly SiteId[];
  readonly atMs: number;
}

export interface ScopeCancelled {
  readonly kind: 'scope-cancelled';
  readonly scope: ScopeId;
  readonly call: CallId;
  /** The reason as a short text. Absent when none was given. */
  readonly reason?: string;
  readonly stack: readonly SiteId[];
  readonly atMs: number;
}

/** Something that the scope guards was used: `run`, `cancel` or `use`. Written only after its exit. */
export interface ScopeUsed {
  readonly kind: 'scope-used';
  readonly scope: ScopeId;
  readonly call: CallId;
  /** What was done, for example `run`. */
  readonly use: string;
  readonly stack: readonly SiteId[];
  readonly atMs: number;
}

/** Running totals: things that were counted and not written one by one. The last one counts. */
export interface Counted {
  readonly kind: 'counted';
  /** Tasks that the program started so far, announced or not, the main task included. */
  readonly tasks: number;
  /** Tasks whose identity was inferred from the order of events alone. */
  readonly inferredTasks: number;
  /** Scopes entered so far. */
  readonly scopes: number;
  /** Records that could not be kept or written. */
  readonly dropped: number;
  readonly atMs: number;
}

/** The tracker met a limit or a failure of its own; tracing may have ended here. */
export interface TrackerFailed {
  readonly kind: 'tracker-failed';
  /** One sentence. */
  readonly reason: string;
  /** True: nothing is recorded after this. */
  readonly stopped: boolean;
  readonly atMs: number;
}

/** What limits what this program can see, as in `caveats` of {@link ProgramStarted}, learnt only later. */
export interface CaveatNoted {
  readonly kind: 'caveat-noted';
  /** One sentence for a person. */
  readonly caveat: string;
  readonly atMs: number;
}

/** Last record of a program that ended by itself. Absent when the program was killed. */
export interface ProgramEnded {
  readonly kind: 'program-ended';
  /**
   * - `drained`: nothing was left to do
   * - `exit-called`: `process.exit`, or an uncaught error
   * - `signal`: a signal ended it
   */
  readonly how: 'drained' | 'exit-called' | 'signal';
  readonly exitCode?: number;
  readonly signal?: string;
  readonly atMs: number;
}

/** Any line of a recording. */
export type TraceRecord =
  | ProgramStarted
  | SiteSeen
  | SourceMapSeen
  | CallStarted
  | CallAwaited
  | CallSpawned
  | CallJoined
  | CallObserved
  | CallEnded
  | CallVanished
  | CallPending
  | CallStanding
  | ScopeEntered
  | ScopeExited
  | ScopeCancelled
  | ScopeUsed
  | ContextEntered
  | ContextRead
  | SignalRecord
  | HandleOpened
  | HandleStanding
  | HandleClosed
  | GeneratorRecord
  | RaceRecord
  | HangRecord
  | DumpRecord
  | FollowingRecord
  | TestSeen
  | Counted
  | CaveatNoted
  | TrackerFailed
  | ProgramEnded;

/** Environment variables by which the command and the tracker speak. Absent: the tracker stays off. */
export const ENVIRONMENT = {
  /** Absolute path of the session's folder. */
  session: 'SCOPE_TRACE_SESSION',
  /** {@link ProgramId} of the program that started this one. */
  parent: 'SCOPE_TRACE_PARENT',
  /** {@link Settings} as JSON. Absent: defaults. */
  settings: 'SCOPE_TRACE_SETTINGS',
  /** For tests of the tracker itself: see ARCHITECTURE.md. */
  pauseEvery: 'SCOPE_TRACE_PAUSE_EVERY',
} as const;

/** What the command tells the tracker. Every field has a default in the tracker. */
export interface Settings {
  /** Upper bound for what the tracker keeps in memory, in MiB. */
  readonly memoryMiB?: number;
  /** Share of the time, 0 to 1, that stack captures may cost in the long run; 1: no bound, all are made. */
  readonly captureShare?: number;
  /**
   * For how long the event loop may stand still before the program answers when it is asked where, in
   * milliseconds. Absent: it is never asked.
   */
  readonly blockAfterMs?: number;
  /** How many times as long the program may take for its promises to be followed, at least 1. */
  readonly slowdown?: number | 'none';
  /** Instruments that stay out of the program. Default: none. */
  readonly without?: readonly InstrumentId[];
  /** The command's process, which dumps programs that are interrupted. Absent: it does not. */
  readonly watcher?: number;
  /** What the user declares to be scopes. A `module` without a package is an absolute path. */
  readonly scopes?: readonly ScopeDeclaration[];
}

/**
 * `diagnostics_channel` names. Any library may publish on them without depending on this package;
 * `scope` is any object that stands for the scope, the same one in every message about it.
 */
export const CHANNELS = {
  /** `{ scope: object, name: string }` */
  enter: 'scope-trace:scope:enter',
  /** `{ scope: object }` */
  exit: 'scope-trace:scope:exit',
  /** `{ scope: object, reason?: unknown }` */
  cancel: 'scope-trace:scope:cancel',
  /** `{ scope: object, use: string }` */
  use: 'scope-trace:scope:use',
  /** `{ declaration: ScopeDeclaration, exports?: object }`: see the library's `declareScope` */
  declare: 'scope-trace:scope:declare',
  /** `{ task: object, name: string }`; the task's function runs next, until `taskReturned` */
  taskStarted: 'scope-trace:task:start',
  /** `{ task: object, result: unknown }`; the function returned: a promise or a value */
  taskReturned: 'scope-trace:task:return',
  /**
   * `{ task?: TaskView, scopes?: readonly ScopeView[] }`: the tracker fills both fields; not with the scopes in
   * `except?: readonly object[]`. With `residue: true` it also fills `tasks` and `contexts`: see the library's `health`.
   */
  query: 'scope-trace:query',
} as const;
