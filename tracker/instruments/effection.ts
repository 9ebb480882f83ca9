/**
 * Effection's tasks as fibers.
 *
 * Its reducer takes one routine after the other from a queue and runs a step of each: when the next
 * one is taken, the step before is over. https://github.com/thefrontside/effection (version 4)
 */
import { endFiber, enterFiber, isFiber, leaveFiber, startFiber } from '../fibers.ts';
import { guarded } from '../failure.ts';
import { whenLoaded } from '../modules.ts';
import type { Instrument, Undo } from './instrument.ts';
import { type Method, replaceMethod, undoAll } from './patch.ts';
import { isObject } from './values.ts';

export const effection: Instrument = {
  id: 'effection',
  install: () => {
    const undos: Undo[] = [];
    whenLoaded('effection', (exports, { file }) => {
      if (REDUCER.test(file)) undos.push(watchReducer(exports));
    });
    return () => { undoAll(undos)(); };
  },
};

const REDUCER = /(^|\/)reducer\.(js|cjs|mjs)$/;

interface Routine {
  readonly scope: { run?: unknown };
  settle?: unknown;
  unwind?: unknown;
}

function watchReducer(exports: unknown): Undo {
  const queue = fieldOf(fieldOf(fieldOf(exports, 'ReducerContext'), 'defaultValue'), 'queue');
  if (!isObject(queue)) return undoAll([]);
  const prototype = Object.getPrototypeOf(queue) as object;
  return undoAll([replaceMethod(prototype, 'enqueue', announcing), replaceMethod(prototype, 'dequeue', switching)]);
}

/** The routine whose step runs. */
let running: object | undefined;

const noteEnqueued = guarded((routine: unknown): void => {
  if (!isObject(routine) || isFiber(routine)) return;
  startFiber(routine, takeName());
  watchEnd(routine as Routine);
  watchRuns(routine as Routine);
});

const noteDequeued = guarded((routine: unknown): void => {
  if (running !== undefined) leaveFiber(running);
  running = isObject(routine) ? routine : undefined;
  if (running !== undefined) enterFiber(running);
});

/** None of the program's own code runs inside either of them. */
function announcing(original: Method): Method {
  return {
    method(this: unknown, ...given: unknown[]): unknown {
      noteEnqueued(given[0]);
      return Reflect.apply(original, this, given);
    },
  }.method;
}

function switching(original: Method): Method {
  return {
    method(this: unknown, ...given: unknown[]): unknown {
      const routine = Reflect.apply(original, this, given);
      noteDequeued(routine);
      return routine;
    },
  }.method;
}

function watchEnd(routine: Routine): void {
  let halted = false;
  replaceOwn(routine, 'unwind', () => {
    halted = true;
  });
  replaceOwn(routine, 'settle', () => {
    endFiber(routine, halted ? 'halted' : undefined);
  });
}

/** What `scope.run` is given names the fiber that it starts. */
let nextName: string | undefined;

function takeName(): string {
  const name = nextName ?? '';
  nextName = undefined;
  return name === '' ? 'effection task' : name;
}

/** Only while a step runs: then `run` starts nothing at once, and none of the program's code runs inside. */
function watchRuns({ scope }: Routine): void {
  const holder = Object.getPrototypeOf(scope) as object;
  const original = Object.getOwnPropertyDescriptor(holder, 'run')?.value as Method | undefined;
  if (typeof original !== 'function') return;
  const run = function run(this: unknown, operation: unknown): unknown {
    if (typeof operation === 'function') nextName = String(Object.getOwnPropertyDescriptor(operation, 'name')?.value ?? '');
    return Reflect.apply(original, this, [operation]);
  };
  Object.defineProperty(holder, 'run', {
    configurable: true,
    enumerable: true,
    get: () => (running === undefined ? original : run),
    set(this: object, value: unknown) {
      Object.defineProperty(this, 'run', { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

function replaceOwn(holder: Routine, key: 'settle' | 'unwind', note: () => void): void {
  const original = holder[key];
  if (typeof original !== 'function') return;
  const told = guarded(note);
  holder[key] = (...given: unknown[]): unknown => {
    told();
    return Reflect.apply(original as Method, holder, given);
  };
}

function fieldOf(value: unknown, key: string): unknown {
  return isObject(value) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
