/** `Promise.race` and `Promise.any`: calls that were started for one and still ran when it was decided. */
import type { CallId, SiteId } from './ids.ts';

/** Sequential within a program from 1, never reused. */
export type RaceId = number;

/** Written only for a race that a call has lost, and only when all its running members were started for it. */
export interface RaceDecided {
  readonly kind: 'race-decided';
  readonly race: RaceId;
  readonly how: 'race' | 'any';
  /** Who made the race. */
  readonly call: CallId;
  /** The async calls that still run, and that nobody else was seen to wait for. Never empty. */
  readonly losers: readonly CallId[];
  /** Callbacks of `then`, `catch` and `finally` that stand between the losers and the race. */
  readonly through: readonly CallId[];
  /** Where the race was made. */
  readonly stack: readonly SiteId[];
  readonly atMs: number;
}

/** The loser was seen to go on: it ran and was suspended again. Written ever more seldom. */
export interface LoserWorked {
  readonly kind: 'loser-worked';
  readonly race: RaceId;
  readonly call: CallId;
  readonly atMs: number;
}

/** Somebody waits for the loser after all: a later race, an `await`, a callback. */
export interface LoserAwaited {
  readonly kind: 'loser-awaited';
  readonly race: RaceId;
  readonly call: CallId;
  readonly atMs: number;
}

export type RaceRecord = RaceDecided | LoserWorked | LoserAwaited;
