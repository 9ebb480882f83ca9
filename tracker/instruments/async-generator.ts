/**
 * Async generators: who advances and closes them. `next`, `return` and `throw` are seen when they are
 * looked up, so that the bodies of generators, which run inside, keep the stacks that they have.
 */
import { guarded } from '../failure.ts';
import { noteLookUp, type Step } from '../generators.ts';
import { sweepGenerators } from '../generators-left.ts';
import { lookNowAndThen } from '../upkeep.ts';
import type { Instrument } from './instrument.ts';
import { observeRead, undoAll } from './patch.ts';

export const asyncGenerator: Instrument = {
  id: 'async-generator',
  install: () => undoAll([
    lookNowAndThen(sweepGenerators),
    ...STEPS.map((step) => observeRead(PROTOTYPE, step, (receiver) => { note(receiver, step); })),
  ]),
};

const STEPS: readonly Step[] = ['next', 'return', 'throw'];
const note = guarded(noteLookUp);

async function* anyGenerator(): AsyncGenerator<never> {
  // Never started: only what it inherits from is of interest.
}

/** %AsyncGeneratorPrototype%, which every async generator of the realm inherits from. */
const PROTOTYPE = (Object.getPrototypeOf(anyGenerator) as { readonly prototype: object }).prototype;
