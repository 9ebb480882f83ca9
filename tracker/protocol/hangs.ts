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

export type HangRecord = TopLevelAwaitLeft | WaitFollowed;
