/**
 * When promises are followed: as long as that costs less than the program itself computes, or whatever
 * share is allowed. A pure piece: it is told what was spent, and says what is to be done.
 */

/**
 * Milliseconds that following may cost at first, however little the program has computed by then. They are
 * lent: they count towards the share. Test suites, linters, bundlers and the start of a server, which make
 * some ten thousand promises at once, need a small part of them; a program that makes nothing but promises
 * is seen for its first million.
 */
export const LENT_MS = 100;
/** What must be saved before promises are followed again: little enough that each second is like any other. */
export const STRETCH_MS = 100;
/** The cost of a promise is an estimate, and what it costs to clear up behind it is not in it: so much is kept to. */
const MARGIN = 0.5;
/** More than this part of the time following never takes, whatever the estimate says: V8 makes the promises, too. */
const MOST_PART = 0.8;

export class Valve {
  isOpen = true;
  /** Milliseconds that may still be spent. */
  #saved = LENT_MS;
  #owed = LENT_MS;
  readonly #share: number;

  /** @param slowdown - how many times as long as alone the program may take; at least 1 */
  constructor(slowdown: number) {
    this.#share = (slowdown - 1) * MARGIN;
  }

  /**
   * Time has passed in which the process computed `computedMs`, `hooksMs` of that in order to follow.
   * Returns whether the valve has changed.
   */
  note(hooksMs: number, computedMs: number): boolean {
    const spent = Math.min(hooksMs, computedMs * MOST_PART);
    const earned = this.#share * (computedMs - spent);
    const repaid = Math.min(this.#owed, earned);
    this.#owed -= repaid;
    // No more is saved: a program that was idle for an hour must not be slowed for minutes after it.
    this.#saved = Math.min(LENT_MS, this.#saved + earned - repaid - spent);
    if (this.isOpen ? this.#saved >= 0 : this.#saved < STRETCH_MS) return false;
    this.isOpen = !this.isOpen;
    return true;
  }

  /** Somebody must see what runs now, whatever it costs: up to the next time that has passed. */
  reopen(): void {
    this.isOpen = true;
  }
}
