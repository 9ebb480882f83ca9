/**
 * Announced calls that have not ended. A list that is swept: a set that a few calls enter and leave all
 * the time is made anew by V8 as often.
 */
import { ENDED, INFERRED, type PromiseNode } from './promise-node.ts';

const SWEEP_AT = 256;
/** What was taken for a call by the order of events alone may be none, and then never ends. */
const MOST_INFERRED = 1000;

let kept: PromiseNode[] = [];
let sweepAt = SWEEP_AT;
let most = 30_000;
/** Those of which it was said where they stand. */
const told = new Set<PromiseNode>();

/** `calls`: how many may be remembered until they end. */
export function setUnfinishedBound(calls: number): void {
  most = calls;
}

/** Remembers it, if there is room. */
export function keepUnfinished(node: PromiseNode): void {
  if (kept.length >= sweepAt) sweep();
  if (kept.length < ((node.bits & INFERRED) === 0 ? most : MOST_INFERRED)) kept.push(node);
}

/** It was said where it stands: it is no longer of interest. */
export function forgetUnfinished(node: PromiseNode): void {
  told.add(node);
}

/** Nothing of what was there is known any more. */
export function forgetAllUnfinished(): void {
  kept = [];
  told.clear();
}

export function listUnfinished(): readonly PromiseNode[] {
  sweep();
  return kept;
}

function sweep(): void {
  kept = kept.filter((node) => (node.bits & ENDED) === 0 && !told.has(node));
  told.clear();
  sweepAt = Math.max(SWEEP_AT, kept.length * 2);
}
