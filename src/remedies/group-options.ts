/** What a group is given, by programs and by the other remedies, and what is wrong with it. */
import { checkFunction, checkSignal, checkTime } from './checks.ts';
import type { TimeoutError } from './errors.ts';

export interface TaskGroupOptions {
  /** For reports and messages. Default: `task group`. */
  readonly name?: string;
  /** Cancels the group when it is aborted, in addition to the group that this one is opened in. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds, after which the group is cancelled with a {@link TimeoutError}. Never later than that of an outer group. */
  readonly timeout?: number | undefined;
  /**
   * Milliseconds that a cancelled group waits for what it has started. After them it rejects with a
   * `StillRunningError`. Default: it waits until all of it has ended.
   */
  readonly closeTimeout?: number | undefined;
}

export interface Ways {
  /** The group that it is opened in does not cancel it. */
  readonly shielded?: boolean;
  /** Its body's value counts, whatever happens to the tasks after it. */
  readonly keepsResult?: boolean;
  /** As the tracker is told of its scope. */
  readonly scopeName?: string;
  /** Told when the group's own time is up. */
  readonly onTimeout?: (error: TimeoutError) => void;
  /** Told as soon as the body has returned or thrown. */
  readonly onBodyEnd?: (outcome: BodyOutcome) => void;
}

export interface BodyOutcome {
  readonly cancelled: boolean;
  readonly value?: unknown;
  readonly error?: unknown;
  readonly fulfilled: boolean;
}

/** Looks at what every group is given. */
export function checkGroup(of: string, fn: unknown, { signal, timeout, closeTimeout }: TaskGroupOptions): void {
  checkFunction(of, fn);
  checkSignal(of, signal);
  checkTime(of, 'timeout', timeout);
  checkTime(of, 'closeTimeout', closeTimeout);
}
