/**
 * Turns of the event loop: what runs from one callback that the loop itself calls to the next, with
 * the ticks and microtasks that follow it.
 */
import { begun } from './running.ts';

const { now } = Date;

/** How many have begun. 0: the main script. */
export let turn = 0;
/** Wall clock. */
let beganAt = now();
let begunBefore = 0;
/** Told once, when the turn in which it was asked for is over. */
let onOver: (() => void) | null = null;

/** To be called for each callback of the loop, before it runs. */
export function beginTurn(): void {
  if (onOver !== null) tellOver();
  turn++;
  beganAt = now();
  begunBefore = begun;
}

/** How long this turn has lasted, in whole milliseconds. */
export function lastedMs(): number {
  return now() - beganAt;
}

/** How many ticks and microtasks have begun to run in this turn. */
export function ranInTurn(): number {
  return begun - begunBefore;
}

export function tellWhenOver(tell: () => void): void {
  onOver = tell;
}

function tellOver(): void {
  const tell = onOver;
  onOver = null;
  tell?.();
}
