/**
 * Signals: `AbortController`, `AbortSignal.any`, `AbortSignal.timeout`. Written once a signal matters:
 * it was aborted while another call than its maker worked under it, it was used after that, or
 * listeners pile up on it. So `atMs` may lie before the record's neighbours.
 */
import type { CallId, SignalId, SiteId } from './ids.ts';

/** `unknown`: not seen, for example made by `AbortSignal.abort()` or received from another thread. */
export type SignalOrigin = 'controller' | 'any' | 'timeout' | 'unknown';

export interface SignalCreated {
  readonly kind: 'signal-created';
  readonly signal: SignalId;
  readonly how: SignalOrigin;
  /** Who made it. Absent when that was not seen. */
  readonly call?: CallId;
  /** For `any`: the signals it follows, as far as they are known; never themselves made by `any`. */
  readonly sources?: readonly SignalId[];
  readonly atMs: number;
}

/**
 * - `listener`: a listener for `abort` was added
 * - `throw-if-aborted`: `throwIfAborted` was called
 * - `any`: a signal that follows it was made
 * - `read`: `aborted` was read and was true
 */
export type SignalUseHow = 'listener' | 'throw-if-aborted' | 'any' | 'read';

/**
 * A call other than its maker worked under the signal. One record for each call, of its first use; of
 * a signal that had been aborted by then, some of its later ones, too.
 */
export interface SignalUsed {
  readonly kind: 'signal-used';
  readonly signal: SignalId;
  readonly call: CallId;
  readonly how: SignalUseHow;
  /** The function of Node that the signal was given to, which then used it, for example `fetch`. */
  readonly api?: string;
  /** Whether it had been aborted by then. */
  readonly aborted: boolean;
  readonly stack: readonly SiteId[];
  readonly atMs: number;
}

export interface SignalAborted {
  readonly kind: 'signal-aborted';
  readonly signal: SignalId;
  /** Who aborted it; for `timeout` the timer's callback. Absent when that was not seen. */
  readonly call?: CallId;
  /** The source that it followed. Absent: it was aborted itself. */
  readonly by?: SignalId;
  /** The reason as a short text. Absent when it has none. */
  readonly reason?: string;
  /** Unfinished calls that worked under it at that moment. */
  readonly users: readonly CallId[];
  /** True: there may be more users, among them its maker. */
  readonly partial?: true;
  readonly stack: readonly SiteId[];
  readonly atMs: number;
}

/** Listeners that calls which have ended left on a signal that is not aborted. The last one counts. */
export interface ListenersLeft {
  readonly kind: 'listeners-left';
  readonly signal: SignalId;
  /** The function of Node that added them, for example `fetch`. Absent: the program itself. */
  readonly api?: string;
  /** Where they were added; `stack[0]` tells the groups of one signal apart. */
  readonly stack: readonly SiteId[];
  /** How many calls left at least one. */
  readonly calls: number;
  /** The latest of them. */
  readonly call: CallId;
  readonly atMs: number;
}

/**
 * A call was suspended again, although the signal of whoever had started it was aborted: it goes on.
 * Not each time: ever more seldom.
 */
export interface WorkContinued {
  readonly kind: 'work-continued';
  readonly call: CallId;
  readonly atMs: number;
}

export type SignalRecord = SignalCreated | SignalUsed | SignalAborted | ListenersLeft | WorkContinued;
