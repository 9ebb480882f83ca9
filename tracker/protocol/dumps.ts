/**
 * What a dump has proved of a program. The program writes none of this: the command that dumped it puts it
 * beside the program's recording, into `<program>.dumped.jsonl`. The last dump counts: what nothing can settle
 * is still there in every later one.
 *
 * The places that these records name are announced in the same file, and numbered from -1 downwards.
 */
import type { CallId, ProgramId, SiteId } from './ids.ts';

/** What the name of that file ends with. */
export const DUMPED = '.dumped.jsonl';

/**
 * - `time-up`: the command had run for as long as it may
 * - `standstill`: nothing had progressed for a while
 * - `interrupt`: Ctrl-C
 * - `request`: somebody asked for a dump of the process
 */
export type DumpReason = 'time-up' | 'standstill' | 'interrupt' | 'request';

/** First line of the file. */
export interface ProgramDumped {
  readonly kind: 'program-dumped';
  readonly protocol: number;
  /** Version of the package that wrote the file. */
  readonly tracker: string;
  /** Whose dump it is. */
  readonly program: ProgramId;
  readonly why: DumpReason;
  /** How many verdicts there were. Of many, only the first are recorded. */
  readonly verdicts: number;
  readonly atMs: number;
}

/**
 * - `deadlock`: whoever could settle it waits for it
 * - `never`: nothing can settle it
 * - `only`: only `by` could, and it is not known whether it will
 */
export type DumpOutcome = 'deadlock' | 'never' | 'only';

/** What was found out about promises that tasks wait for. */
export interface VerdictReached {
  readonly kind: 'verdict-reached';
  /** Ascending from 1 within a dump. */
  readonly verdict: number;
  readonly outcome: DumpOutcome;
  /** True: proved. No code that may still run reaches a resolver. */
  readonly certain: boolean;
  /** True: the waiters form a circle, each waits for what only the next could do. */
  readonly circular: boolean;
  /** How many wait in vain for the same. Of many, only the first are named. */
  readonly waiting: number;
  /** How many more wait for these. */
  readonly dependents: number;
  /** What holds the resolver, in words: `Lock#q`. Absent: nothing does, or it has no name. */
  readonly held?: string;
  /** Kind of that: `queue`, `event`, `object`, `variable`. */
  readonly heldBy?: string;
  /** Of `only`: whose code could still settle it, in words. */
  readonly by?: string;
  readonly atMs: number;
}

/** A suspended function that waits in vain; of a circle in its order. */
export interface WaiterNamed {
  readonly kind: 'waiter-named';
  readonly verdict: number;
  /** Of the function. Empty: it has none, or it is a module. */
  readonly name: string;
  /** True: the top level of a module. */
  readonly module: boolean;
  /** True: it waits for the next value of something that it iterates. */
  readonly iterates: boolean;
  /** The call that is suspended there, or the nearest that waits for it. Absent: the tracker did not follow it. */
  readonly call?: CallId;
  /** The lines that are suspended: its own, then those of the functions that wait for it. May be empty. */
  readonly stack: readonly SiteId[];
  /** True: another function, a chain of promises or the top level waits for it. */
  readonly awaited: boolean;
  /** Of a circle: what holds the resolver that it waits for, in words. Absent: it waits for the next one's end. */
  readonly held?: string;
  readonly atMs: number;
}

export type DumpRecord = ProgramDumped | VerdictReached | WaiterNamed;
