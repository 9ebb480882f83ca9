/**
 * Handles: what keeps a program alive, or could. Timers, servers, sockets, child processes, workers,
 * file watchers and message ports.
 *
 * A program makes many of them and closes most in time, so one is announced only when it is of
 * interest: when it stands at the exit of the scope that it was made in, or at the program's end.
 */
import type { CallId, ScopeId, SiteId } from './ids.ts';

/** Sequential within a program in order of announcement, from 1, never reused. */
export type HandleId = number;

/** `timer` fires once, `interval` again and again; `socket` is a client's, or a pipe's end. */
export type HandleType =
  | 'timer' | 'interval' | 'server' | 'socket' | 'udp-socket' | 'child-process' | 'worker' | 'watcher' | 'message-port';

/** `atMs` is when it was made, which may lie before the record's neighbours. */
export interface HandleOpened {
  readonly kind: 'handle-opened';
  readonly handle: HandleId;
  readonly type: HandleType;
  /** Who made it. */
  readonly call: CallId;
  /** The innermost scope that was open for `call` then. Absent when there was none. */
  readonly scope?: ScopeId;
  /** The program's own frames, innermost first. Empty: Node made it by itself, or that was not seen. */
  readonly stack: readonly SiteId[];
  /** The module of Node that the program called, for example `node:net`. Absent when none lies between. */
  readonly by?: string;
  /** True: it was made by the very function that is the scope's body, or that entered the scope. */
  readonly local?: true;
  /** True: a promise that waits for this timer alone has lost a `Promise.race` or `Promise.any`. */
  readonly lostRace?: true;
  /** True: who made it was inferred from the order of events. */
  readonly inferred?: true;
  readonly atMs: number;
}

/** It was there when this was written. */
export interface HandleStanding {
  readonly kind: 'handle-standing';
  readonly handle: HandleId;
  /** Whether it keeps the program alive. */
  readonly refd: boolean;
  readonly atMs: number;
}

/**
 * It is gone. `fired`: the timer came due, just then. `closed`: it was cleared, closed or has ended
 * at some time after `openAtMs`.
 */
export interface HandleClosed {
  readonly kind: 'handle-closed';
  readonly handle: HandleId;
  readonly how: 'fired' | 'closed';
  /** When it was last known to be there. */
  readonly openAtMs: number;
  readonly atMs: number;
}
