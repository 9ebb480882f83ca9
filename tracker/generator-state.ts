/** What is kept of an async generator of the program. */
import { ENDED, era, Identity, type PromiseNode } from './promise-node.ts';
import type { ScopeState } from './scope-state.ts';
import type { Site } from './sites.ts';

export class GeneratorState {
  /** Announced id, 0 when not announced. */
  id = 0;
  readonly era = era;
  /** Calls that have advanced it, in the order of their first step. */
  calls: PromiseNode[] = [];
  /** As many of `calls` as were written. */
  written = 0;
  /** The latest step by `next`. */
  last: PromiseNode | null = null;
  /** Whether a loop took that step: it closes the generator when it is left, or runs to its end. */
  looped = false;
  /** The latest step by `return` or `throw`. */
  closing: PromiseNode | null = null;
  /** Where the first step was taken. */
  firstPlace: Site | null = null;
  /** Scopes that its body has entered and that were open when it yielded. */
  scopes: ScopeState[] = [];
  /** Not every step was seen, or what they do is not for its user to mend. */
  unsure = false;
  /** More calls have advanced it than are remembered. */
  crowded = false;
}

/** Puts it on the generator. */
export class GeneratorStamp extends Identity {
  #state: GeneratorState;
  constructor(generator: object, state: GeneratorState) {
    super(generator);
    this.#state = state;
  }
  static read(generator: object): GeneratorState | undefined {
    return #state in generator ? generator.#state : undefined;
  }
}

/** A generator that a call steps through, and the ones it was stepping through before. */
export class LoopLink {
  readonly state: GeneratorState;
  readonly place: Site;
  outer: LoopLink | null;
  constructor(state: GeneratorState, place: Site, outer: LoopLink | null) {
    this.state = state;
    this.place = place;
    this.outer = outer;
  }
}

/**
 * Whether the step has ended at a `yield` of a plain value, as far as can be seen: a body that ends
 * has not awaited anything, or something else, since it was resumed. The reader looks at the place.
 */
export function isAtYield(step: PromiseNode): boolean {
  return (step.bits & ENDED) !== 0 && step.details?.plain === true && step.details.at !== null;
}

/** Whether the call that advanced it last has ended. */
export function hasEnded({ calls }: GeneratorState): boolean {
  const call = calls.at(-1);
  return call !== undefined && (call.bits & ENDED) !== 0;
}
