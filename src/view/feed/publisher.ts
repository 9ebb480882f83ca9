/** Decides when a snapshot is sent. */
import type { Playing, Snapshot } from '../state/snapshot.ts';
import type { View } from '../state/view.ts';

/** Frames a second, at most, that nobody has asked for. */
const EVERY_MS = 1000 / 12;
/** Ages go on although nothing happens. */
const AGES_EVERY_MS = 500;
/** Putting a long list in order takes at most this share of the time. */
const SHARE = 0.1;
/** A screen that does not say that it has drawn is taken to have, after this. */
const PATIENCE_MS = 1000;

export class Publisher {
  readonly #view: View;
  readonly #send: (snapshot: Snapshot) => void;
  #sentMs = -Infinity;
  #sentVersion = -1;
  #drawn = true;
  #nextListMs = 0;

  constructor(view: View, send: (snapshot: Snapshot) => void) {
    this.#view = view;
    this.#send = send;
  }

  noteDrawn(): void {
    this.#drawn = true;
  }

  /** A key was pressed: whoever did waits for it, and not for the list to be put in order. */
  publishNow(nowMs: number, playing: Playing | undefined): void {
    this.#publish(nowMs, playing);
  }

  publishSoon(nowMs: number, playing: Playing | undefined): void {
    const changed = this.#view.session.version !== this.#sentVersion || playing !== undefined;
    if (nowMs - this.#sentMs < (changed ? EVERY_MS : AGES_EVERY_MS)) return;
    if (!this.#drawn && nowMs - this.#sentMs < PATIENCE_MS) return;
    this.#relist(nowMs);
    this.#publish(nowMs, playing);
  }

  #relist(nowMs: number): void {
    if (this.#view.stale && !this.#view.ui.compact && nowMs >= this.#nextListMs) {
      this.#view.relist();
      const tookMs = performance.now() - nowMs;
      this.#nextListMs = nowMs + tookMs / SHARE;
    }
  }

  #publish(nowMs: number, playing: Playing | undefined): void {
    this.#drawn = false;
    this.#sentMs = nowMs;
    this.#sentVersion = this.#view.session.version;
    this.#send(this.#view.snapshot(playing));
  }
}
