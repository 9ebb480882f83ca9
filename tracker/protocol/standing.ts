/** Where tasks stand while somebody watches the program live. Nothing of this is written otherwise. */
import type { HandleType } from './handles.ts';
import type { WaitedFor } from './hangs.ts';
import type { CallId, SiteId } from './ids.ts';

/** Where a task stands that has not ended. Written when that has changed since it was last looked; the last one counts. */
export interface CallStanding {
  readonly kind: 'call-standing';
  /** The first call of the task. */
  readonly call: CallId;
  /** Where the innermost of its calls is suspended. Absent: not seen, or it does not wait. */
  readonly at?: SiteId;
  /** What it waits for in the end. Absent: it was not waiting, or that was not seen. */
  readonly what?: WaitedFor;
  /** The call that is waited for, where it is one of another task. */
  readonly on?: CallId;
  /** How many members are pending, of a `collection` or a `race`. */
  readonly pending?: number;
  /** What settles the promise, where Node does it. */
  readonly handle?: HandleType;
  /** False: it ran just now, or may run at any moment. */
  readonly waits: boolean;
  readonly atMs: number;
}

/** Name of the file in the session's folder that whoever watches touches at least every two seconds. */
export const WATCHING = 'watching';
