/**
 * Living tasks that were started by calls which have just been cancelled. They are followed: one that
 * only wakes up to see that it is to stop is not suspended again, one that goes on is.
 */
import { announce, details } from './announce.ts';
import { emit } from './channel.ts';
import { atMs } from './clock.ts';
import { forEachLiving } from './nursery.ts';
import { idOf, type PromiseNode, WATCHED } from './promise-node.ts';
import { Work } from './work.ts';

/** Looking costs some 10 ns a task: this many a millisecond are a few thousandths of the time. */
const LOOKS_PER_MS = 200;
const MOST_SAVED = 100_000;
/** What goes on is said no more often, and ever more seldom. */
const SAY_EVERY_MS = 10;

let saved = MOST_SAVED;
let lastMs = 0;

/** They are of interest now: whoever started them is to stop. Left out where that would cost too much. */
export function followStartedBy(callers: ReadonlySet<PromiseNode>): void {
  const now = atMs();
  saved = Math.min(MOST_SAVED, saved + (now - lastMs) * LOOKS_PER_MS);
  lastMs = now;
  if (saved <= 0) return;
  const found: PromiseNode[] = [];
  forEachLiving((node) => {
    saved--;
    if (node.owner !== null && callers.has(node.owner)) found.push(node);
  });
  for (const node of found) follow(node, now);
}

function follow(node: PromiseNode, now: number): void {
  announce(node);
  const known = details(node);
  known.work ??= new Work();
  known.work.followedFromMs ??= now;
  node.bits |= WATCHED;
}

/** To be called when a {@link WATCHED} call is suspended. */
export function noteSuspended(node: PromiseNode): void {
  const work = node.details?.work;
  if (work?.followedFromMs === undefined || idOf(node) === 0) return;
  const now = atMs();
  if (now < work.nextSuspendedMs) return;
  work.nextSuspendedMs = now + Math.max(SAY_EVERY_MS, (now - work.followedFromMs) / 4);
  emit({ kind: 'work-continued', call: idOf(node), atMs: now });
}
