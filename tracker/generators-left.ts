/**
 * Async generators that were advanced and that nobody can go on with any more: collected while they
 * were suspended, or suspended still when the program has nothing left to do.
 */
import { guarded } from './failure.ts';
import { announce } from './announce.ts';
import { writeLeft } from './generator-records.ts';
import { type GeneratorState, hasEnded, isAtYield } from './generator-state.ts';
import { ENDED, type PromiseNode } from './promise-node.ts';

interface Watched {
  readonly state: GeneratorState;
  readonly generator: WeakRef<object>;
}

interface Young {
  readonly state: GeneratorState;
  readonly generator: object;
}

const MOST_WATCHED = 10_000;
const MOST_YOUNG = 256;
const SWEEP_AT = 1024;

/** Held strongly for a short while: most are over soon, and a weak reference costs more than they do. */
let young: Young[] = [];
let watched: Watched[] = [];
let sweepAt = SWEEP_AT;

export function watch(generator: object, state: GeneratorState): void {
  young.push({ state, generator });
  if (young.length >= MOST_YOUNG) ageGenerators();
}

/** Holds those that are not over only weakly from now on. */
export function ageGenerators(): void {
  if (young.length === 0) return;
  for (const { state, generator } of young) {
    if (watched.length < MOST_WATCHED && !isOver(state)) watched.push({ state, generator: new WeakRef(generator) });
  }
  young = [];
  if (watched.length >= sweepAt) sweepGenerators();
}

/** Nothing of what was there is known any more. */
export function forgetWatchedGenerators(): void {
  young = [];
  watched = [];
}

/** Nothing is left to be said of it. */
function isOver(state: GeneratorState): boolean {
  const { last, closing } = state;
  if (state.unsure || (state.looped && hasEnded(state)) || (closing !== null && (closing.bits & ENDED) !== 0)) return true;
  return last !== null && closing === null && (last.bits & ENDED) !== 0 && !isAtYield(last);
}

/** Drops those that are over, and tells of those that were collected before. */
export function sweepGenerators(): void {
  watched = watched.filter(mayStillEnd);
  sweepAt = Math.max(SWEEP_AT, watched.length * 2);
}

function mayStillEnd({ state, generator }: Watched): boolean {
  if (isOver(state)) return false;
  // When who advanced it last has not ended and both are collected, that is about the task.
  if (!hasEnded(state) || generator.deref() !== undefined) return true;
  writeStopped(state, 'collected');
  return false;
}

/** `drained`: the program has nothing left to do, so that nobody goes on with those that are left. */
export const writeGenerators = guarded((drained: boolean): void => {
  ageGenerators();
  sweepGenerators();
  if (drained) for (const { state } of watched) writeStopped(state, 'drained');
  watched = [];
});

/** Nobody can go on with it. */
function writeStopped(state: GeneratorState, how: 'collected' | 'drained'): void {
  const { last, closing } = state;
  if (last === null) return;
  if (closing === null) {
    if (isAtYield(last)) writeLeft(state, last, how);
  } else if ((last.bits & ENDED) === 0 && last.details?.at != null) {
    writeLeft(state, last, 'blocked');
  }
}

/** A call has ended: its line of work is recorded when it leaves a generator suspended. */
export function noteLeaving(call: PromiseNode): void {
  for (let link = call.details?.loops ?? null; link !== null; link = link.outer) {
    const { last, closing, unsure, looped } = link.state;
    if (!unsure && !looped && closing === null && last !== null && isAtYield(last)) {
      announce(call);
      break;
    }
  }
  if (call.details !== null) call.details.loops = null;
}
