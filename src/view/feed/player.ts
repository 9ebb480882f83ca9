/** The time of a replay: pure, but for the clock that it is told. */

export interface PlayerState {
  /** Milliseconds since the start of the session, as are all here. */
  readonly atMs: number;
  readonly endMs: number;
  readonly speed: number;
  readonly runs: boolean;
}

const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64] as const;

export class Player {
  #state: PlayerState;
  #lastMs: number | undefined;

  constructor(endMs: number) {
    this.#state = { atMs: 0, endMs, speed: 1, runs: true };
  }

  get state(): PlayerState {
    return this.#state;
  }

  /** @param nowMs - of a clock that never goes back. Returns where the replay is now. */
  advance(nowMs: number): number {
    const elapsed = nowMs - (this.#lastMs ?? nowMs);
    this.#lastMs = nowMs;
    if (this.#state.runs) this.#move(this.#state.atMs + elapsed * this.#state.speed);
    return this.#state.atMs;
  }

  /** From the end it starts anew. */
  toggle(): void {
    const { atMs, endMs, runs } = this.#state;
    const atEnd = atMs >= endMs;
    this.#state = { ...this.#state, runs: !runs || atEnd, atMs: atEnd ? 0 : atMs };
  }

  /** Stops there. */
  go(atMs: number): void {
    this.#state = { ...this.#state, runs: false };
    this.#move(atMs);
  }

  faster(): void {
    this.#setSpeed(1);
  }

  slower(): void {
    this.#setSpeed(-1);
  }

  #setSpeed(step: number): void {
    const at = SPEEDS.findIndex((speed) => speed === this.#state.speed) + step;
    this.#state = { ...this.#state, speed: SPEEDS[at] ?? this.#state.speed };
  }

  #move(atMs: number): void {
    const { endMs, runs } = this.#state;
    const to = Math.max(0, Math.min(atMs, endMs));
    this.#state = { ...this.#state, atMs: to, runs: runs && to < endMs };
  }
}
