/** Which living tasks were started by calls that have just been cancelled. */
import { announce } from './announce.ts';
import { forEachLiving } from './nursery.ts';
import type { PromiseNode } from './promise-node.ts';
import { atMs } from './clock.ts';

/** Looking costs some 10 ns a task: this many a millisecond are a few thousandths of the time. */
const LOOKS_PER_MS = 200;
const MOST_SAVED = 100_000;

let saved = MOST_SAVED;
let lastMs = 0;

/** They are of interest now: whoever started them is to stop. Left out where that would cost too much. */
export function announceStartedBy(callers: ReadonlySet<PromiseNode>): void {
  const now = atMs();
  saved = Math.min(MOST_SAVED, saved + (now - lastMs) * LOOKS_PER_MS);
  lastMs = now;
  if (saved <= 0) return;
  const found: PromiseNode[] = [];
  forEachLiving((node) => {
    saved--;
    if (node.owner !== null && callers.has(node.owner)) found.push(node);
  });
  for (const node of found) announce(node);
}
