/**
 * Effect's fibers. Its runtime keeps the fiber that runs in a global variable, sets it before a run
 * of a fiber's steps, and puts back what was there when the run is over.
 *
 * https://github.com/Effect-TS/effect (versions 3 and 4)
 */
import { endFiber, enterFiber, isFiber, leaveFiber, startFiber } from '../fibers.ts';
import { guarded } from '../failure.ts';
import { whenLoaded } from '../modules.ts';
import type { Instrument, Undo } from './instrument.ts';
import { undoAll } from './patch.ts';
import { isObject, ownValue } from './values.ts';

/** Of version 3 and of version 4. */
const VARIABLES = ['effect/FiberCurrent', '~effect/Fiber/currentFiber'] as const;

export const effect: Instrument = {
  id: 'effect',
  install: () => {
    let undo: Undo | undefined;
    whenLoaded('effect', () => {
      undo ??= undoAll(VARIABLES.map(watchVariable));
    });
    return () => undo?.();
  },
};

/** Fibers that run, one inside the other: a step may run another fiber to its end. */
const nested: object[] = [];

const noteSwitch = guarded((fiber: unknown): void => {
  const next = isObject(fiber) ? fiber : undefined;
  if (next === nested.at(-1)) return;
  const isBack = next === undefined || nested.includes(next);
  while (isBack && nested.length > 0 && nested.at(-1) !== next) pause(nested.pop() as object);
  if (next === undefined || isBack) return;
  if (!isFiber(next)) startFiber(next, nameOf(next));
  nested.push(next);
  enterFiber(next);
});

function pause(fiber: object): void {
  leaveFiber(fiber);
  if (hasEnded(fiber)) endFiber(fiber, isInterrupted(fiber) ? 'interrupted' : undefined);
}

/** Version 3 has its exit by now. Version 4 is about to get it, unless it has left word of how to be woken. */
function hasEnded(fiber: object): boolean {
  if (Object.hasOwn(fiber, '_exitValue')) return isObject(ownValue(fiber, '_exitValue'));
  return isObject(ownValue(fiber, '_exit')) || (Object.hasOwn(fiber, '_yielded') && ownValue(fiber, '_yielded') === undefined);
}

function isInterrupted(fiber: object): boolean {
  const exit = ownValue(fiber, '_exitValue');
  if (!isObject(exit)) return ownValue(fiber, '_interruptedCause') !== undefined;
  return tellsOfInterruption(ownValue(exit, 'effect_instruction_i0'), MOST_CAUSES);
}

const MOST_CAUSES = 8;

/** A cause of version 3: one, or several as a tree. */
function tellsOfInterruption(cause: unknown, depth: number): boolean {
  if (ownValue(cause, '_tag') === 'Interrupt') return true;
  return depth > 0 && isObject(cause) && ['left', 'right'].some((side) => tellsOfInterruption(ownValue(cause, side), depth - 1));
}

function watchVariable(name: string): Undo {
  if (Object.getOwnPropertyDescriptor(globalThis, name) !== undefined) return undoAll([]);
  let value: unknown;
  let wasSet = false;
  Object.defineProperty(globalThis, name, {
    configurable: true,
    enumerable: false,
    get: () => value,
    set(given: unknown) {
      value = given;
      if (!wasSet) Object.defineProperty(globalThis, name, { enumerable: true });
      wasSet = true;
      noteSwitch(given);
    },
  });
  return () => {
    Reflect.deleteProperty(globalThis, name);
    if (wasSet) Reflect.set(globalThis, name, value);
  };
}

/** Version 3 numbers its fibers in an object, version 4 in a field. */
function nameOf(fiber: object): string {
  const own = ownValue(fiber, 'id');
  const id = typeof own === 'number' ? own : ownValue(ownValue(fiber, '_fiberId'), 'id');
  return typeof id === 'number' ? `fiber #${id}` : 'fiber';
}
