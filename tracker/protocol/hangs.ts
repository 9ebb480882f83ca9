/** Where a program stands that does not get on. */
import type { HandleType } from './handles.ts';
import type { CallId, SiteId } from './ids.ts';

/** Written when Node ends a program with code 13: its top level waits, and nothing is left to do. */
export interface TopLevelAwaitLeft {
  readonly kind: 'top-level-await-left';
  readonly call: CallId;
  /** The `await`. Absent: it was not seen. */
  readonly at?: SiteId;
  /** True: what it waits for was inferred from the order of events. */
  readonly inferred?: true;
  readonly atMs: number;
}

/**
 * - `call`: an async function
 * - `generator`: a step of an async generator
 * - `then`: a callback given to `then`, `catch` or `finally`
 * - `collection`: `Promise.all` or `allSettled`, which waits for all of its members
 * - `race`: `Promise.race` or `any`
 * - `promise`: a promise that is settled by hand
 */
export type WaitedFor = 'call' | 'generator' | 'then' | 'collection' | 'race' | 'promise';

/**
 * What the `await` of the latest {@link TopLevelAwaitLeft} waits for, or what the one before in turn
 * waits for. Of several members, the first that is pending goes on.
 */
export interface WaitFollowed {
  readonly kind: 'wait-followed';
  readonly what: WaitedFor;
  /** The call that is waited for; of a promise, who made it. Absent: not seen. */
  readonly call?: CallId;
  /** Where that call is suspended; where the promise was made. Absent: not seen. */
  readonly at?: SiteId;
  /** How many members are pending, of a `collection` or a `race`. */
  readonly pending?: number;
  /** What settles the promise, where Node does it: it did not keep the program alive. */
  readonly handle?: HandleType;
  readonly inferred?: true;
  readonly atMs: number;
}

/**
 * The event loop was looked at while it had not turned for `blockAfterMs` of the {@link Settings} or longer. The
 * looks become ever more seldom. Written from an interrupt of the code that kept it from turning.
 */
export interface StallSampled {
  readonly kind: 'stall-sampled';
  /** The same for all looks at one turn of the loop; ascending, never reused. */
  readonly stall: number;
  /** Who ran. */
  readonly call: CallId;
  /** When the callback began that the loop has not come back from. */
  readonly startMs: number;
  /** How many microtasks and ticks have begun to run in this turn so far. */
  readonly ran: number;
  /** What of the language or of Node the innermost frame had called: `RegExp.test`, `execSync`. Absent: nothing. */
  readonly inside?: string;
  /** The program's own frames, innermost first. */
  readonly stack: readonly SiteId[];
  /** Timers of the program's own, made in earlier turns, that are due. Absent: none was. */
  readonly overdue?: number;
  /** When the first of these timers comes due, or came; also of one that is not due yet. */
  readonly dueMs?: number;
  /** Where that one was made. */
  readonly due?: SiteId;
  /** Connections and requests that wait for the program in the system. Absent: none was seen. */
  readonly waiting?: number;
  /** For how long at least. */
  readonly waitingMs?: number;
  /** True: who ran was inferred. */
  readonly inferred?: true;
  readonly atMs: number;
}

/** The loop turned again. */
export interface StallEnded {
  readonly kind: 'stall-ended';
  readonly stall: number;
  readonly ran: number;
  readonly atMs: number;
}

export type HangRecord = TopLevelAwaitLeft | WaitFollowed | StallSampled | StallEnded;

/** What the command asks a program whose event loop may stand still, in the file `<program>.asked` beside its recording. */
export interface StallQuestion {
  /** Connections and requests that wait for the program, and for how long they were seen to. */
  readonly waiting: number;
  readonly waitingMs: number;
}

/**
 * What the command adds to `NODE_OPTIONS` so that Node does not print where its inspector listens. The quotes, which Node
 * takes away, keep it from looking like `--inspect` to those who search for that: Node's own test runner and `cluster`.
 */
export const QUIET_INSPECTOR = '--ins""pect-publish-uid=http';
