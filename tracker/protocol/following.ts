/**
 * Times in which promises were not followed, because following them cost more than `--slowdown` allows,
 * and times in which something ran that was not followed since. Nothing certain is said across them.
 */

/** What the process has computed so far, and how much of it while promises were not followed. */
export interface Followed {
  readonly computedMs: number;
  readonly unfollowedMs: number;
}

/** Promises are not followed from now on. What was alive is known no more. */
export interface FollowingPaused extends Followed {
  readonly kind: 'following-paused';
  readonly atMs: number;
}

/** Promises are followed again. Whole milliseconds: calls that are seen from now on start no earlier. */
export interface FollowingResumed extends Followed {
  readonly kind: 'following-resumed';
  readonly atMs: number;
}

/** Totals, written now and then once there was a pause. The last ones count. */
export interface FollowingCounted extends Followed {
  readonly kind: 'following-counted';
  readonly atMs: number;
}

/**
 * What goes on since a pause, and is not known one by one, ran or was waited for. Whole milliseconds;
 * it may have done so again until `untilMs`.
 */
export interface UnfollowedRan {
  readonly kind: 'unfollowed-ran';
  readonly atMs: number;
  readonly untilMs: number;
}

export type FollowingRecord = FollowingPaused | FollowingResumed | FollowingCounted | UnfollowedRan;
