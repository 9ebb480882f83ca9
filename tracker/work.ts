/** What a call did under signals, and when it ended: kept on the call, for whoever asks later. */
import { details } from './announce.ts';
import { atMs } from './clock.ts';
import { ENDED, KIND, type PromiseNode, ROOT, SPAWNED, WATCHED } from './promise-node.ts';
import { main, setNow } from './running.ts';
import type { SignalState, Use } from './signal-state.ts';

/** Calls that wait for the one that works, outwards. */
const MOST_WAITING = 8;
const MOST_USES = 4;

export class Work {
  /** Its latest uses of different signals, also those of calls that it waited for. */
  uses: Use[] = [];
  /** Whoever had started it was cancelled then. Absent: that is not so. */
  followedFromMs: number | undefined = undefined;
  /** When it is said next that it goes on. */
  nextSuspendedMs = 0;
  /** Absent: it has not ended. */
  endMs: number | undefined = undefined;
}

/** The call works under the signal, and so do those that wait for it, up to who made the signal. */
export function noteWork(use: Use): void {
  let node: PromiseNode | null = use.call;
  for (let steps = 0; node !== null && steps < MOST_WAITING; steps++) {
    if (node === main || node === use.state.creator || (node.bits & ENDED) !== 0) return;
    const known = details(node);
    known.work ??= new Work();
    addUse(known.work, use);
    node.bits |= WATCHED;
    if ((node.bits & SPAWNED) !== 0 || (node.bits & KIND) === ROOT) return;
    node = node.owner;
  }
}

function addUse(work: Work, use: Use): void {
  const others = work.uses.filter((one) => one.state !== use.state);
  work.uses = [...others.slice(1 - MOST_USES), use];
}

/** Its uses of the signal, of one that it follows or of one that follows it. */
export function usesBy(call: PromiseNode, state: SignalState): readonly Use[] {
  const uses = call.details?.work?.uses ?? [];
  return uses.filter((use) => use.state === state || use.state.sources.includes(state) || state.sources.includes(use.state));
}

/** What the call, and those that wait for it, have done under the signal. */
export function usesInLine(call: PromiseNode, state: SignalState): readonly Use[] {
  let node: PromiseNode | null = call;
  for (let steps = 0; node !== null && steps < MOST_WAITING; steps++) {
    const uses = usesBy(node, state);
    if (uses.length > 0) return uses;
    // Whether the one that runs now is waited for is not decided yet.
    node = (node.bits & SPAWNED) !== 0 || (node.bits & KIND) === ROOT ? null : node.owner;
  }
  return [];
}

/** To be called when a {@link WATCHED} call ends. Whoever starts after it has a later clock. */
export function noteEnd(node: PromiseNode): void {
  const work = node.details?.work;
  if (!work || work.endMs !== undefined) return;
  work.endMs = atMs();
  setNow(work.endMs);
}
