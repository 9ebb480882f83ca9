/** For how long one program has not been seen to get on, and when to ask it where it stands. */
import type { Activity } from './threads.ts';

/** After the first question, each comes after this many times the time that the one before did. */
const RARER = 1.5;
/** A program that turned out to get on is asked later the next time, up to this many times. */
const MOST_PATIENCE = 32;

export class Standing {
  readonly #afterMs: number;
  #sinceMs: number | undefined;
  #askAtMs = 0;
  #questions = 0;
  #patience = 1;
  #waitingSinceMs: number | undefined;

  /** @param afterMs - for how long it must stand before it is asked */
  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  /**
   * To be called with every look. `turned`: its event loop has turned since.
   *
   * @returns whether it is to be asked now
   */
  look(nowMs: number, activity: Activity, turned: boolean): boolean {
    if (activity === 'idle' || turned) {
      // It was asked, and went on at once: it is a busy program, and not one that stands still.
      if (this.#questions === 1) this.#patience = Math.min(MOST_PATIENCE, this.#patience * 2);
      this.#sinceMs = undefined;
      this.#questions = 0;
      this.#waitingSinceMs = undefined;
      return false;
    }
    if (this.#sinceMs === undefined) {
      this.#sinceMs = nowMs;
      this.#askAtMs = nowMs + this.#afterMs * this.#patience;
    }
    return activity !== 'held' && nowMs >= this.#askAtMs;
  }

  asked(nowMs: number): void {
    this.#questions++;
    if (this.#questions > 1) this.#patience = 1;
    this.#askAtMs = nowMs + Math.max(this.#afterMs / 4, (nowMs - (this.#sinceMs ?? nowMs)) * (RARER - 1));
  }

  /** Whether it has stood for long enough for it to be of interest who waits. */
  isSuspect(nowMs: number): boolean {
    return this.#sinceMs !== undefined && nowMs - this.#sinceMs >= this.#afterMs / 4;
  }

  /** For how long somebody has been waiting. */
  waitingMs(nowMs: number, waiting: number): number {
    if (waiting === 0) this.#waitingSinceMs = undefined;
    else this.#waitingSinceMs ??= nowMs;
    return this.#waitingSinceMs === undefined ? 0 : Math.round(nowMs - this.#waitingSinceMs);
  }
}
