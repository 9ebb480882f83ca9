/** Says when something ran, or was waited for, that is not followed since a pause. */
import { emit } from './channel.ts';
import { nowMs } from './running.ts';

/** What is said once holds for so long, and in long runs for as small a part of the time so far. */
const LEAST_MS = 10;
const PARTS = 10_000;

let saidUntilMs = 0;

export function noteUnfollowed(): void {
  if (nowMs < saidUntilMs) return;
  saidUntilMs = nowMs + Math.max(LEAST_MS, Math.floor(nowMs / PARTS));
  emit({ kind: 'unfollowed-ran', atMs: nowMs, untilMs: saidUntilMs });
}
