/**
 * Effection's tasks as fibers.
 *
 * The reducer of version 4 takes one routine after the other from a queue and runs a step of each: when
 * the next one is taken, the step before is over. https://github.com/thefrontside/effection
 */
import { replaceFunction } from '../declared/stand-ins.ts';
import { NAMES, watchVersion3 } from '../effection/version-3.ts';
import { endFiber, enterFiber, isFiber, leaveFiber, nameFiber, startFiber } from '../fibers.ts';
import { guarded } from '../failure.ts';
import { type LoadedModule, whenLoaded } from '../modules.ts';
import type { Instrument, Undo } from './instrument.ts';
import { type Method, noteAfter, replaceMethod, undoAll } from './patch.ts';
import { isObject, ownValue } from './values.ts';

const ENCAPSULATE = 'encapsulate';

export const effection: Instrument = {
  id: 'effection',
  install: () => {
    const undos: Undo[] = [];
    whenLoaded('effection', (exports, loaded) => {
      if (REDUCER.test(loaded.file)) undos.push(watchReducer(exports));
      else if (TASK_GROUP.test(loaded.file)) undos.push(watchNames(exports, loaded));
      else undos.push(watchVersion3(exports, loaded));
    }, 'any', [...NAMES, ENCAPSULATE]);
    return () => { undoAll(undos)(); };
  },
};

const REDUCER = /(^|\/)reducer\.(js|cjs|mjs)$/;
const TASK_GROUP = /(^|\/)task-group\.(js|cjs|mjs)$/;

interface Routine {
  settle?: unknown;
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
  startFiber(routine);
  watchEnd(routine);
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
  return noteAfter(original, (_, routine) => { noteDequeued(routine); });
}

const UNNAMED = 'effection task';

/** A routine that was halted has no outcome. */
function watchEnd(routine: Routine): void {
  const original = routine.settle;
  if (typeof original !== 'function') return;
  const note = guarded((outcome: unknown): void => {
    nameFiber(routine, UNNAMED);
    endFiber(routine, ownValue(outcome, 'exists') === false ? 'halted' : undefined);
  });
  routine.settle = (...given: unknown[]): unknown => {
    note(given[0]);
    return Reflect.apply(original as Method, routine, given);
  };
}

/** The first step of a task wraps its operation, and runs nothing of it yet. */
function watchNames(exports: unknown, { format, replace }: LoadedModule): Undo {
  if (!isObject(exports)) return undoAll([]);
  const note = guarded((operation: unknown): void => {
    if (running !== undefined) nameFiber(running, nameOf(operation));
  });
  const naming = (original: Method): Method => ({
    method(this: unknown, ...given: unknown[]): unknown {
      note(given[0]);
      return Reflect.apply(original, this, given);
    },
  }.method);
  const write = (value: unknown): void => { replace(ENCAPSULATE, value as object); };
  return replaceFunction({ holder: exports, key: ENCAPSULATE, ...(format === 'module' ? { write } : {}) }, naming, false);
}

/** What `resource` runs is a function of its own, and says what it is by its text alone. */
function nameOf(operation: unknown): string {
  const name = typeof operation === 'function' ? (Object.getOwnPropertyDescriptor(operation, 'name')?.value as unknown) : undefined;
  if (typeof name !== 'string' || name === '') return UNNAMED;
  const isProvided = name === 'operation' && Reflect.apply(functionToString, operation, []) === '() => op(provide)';
  return isProvided ? 'resource' : name;
}

const functionToString = Function.prototype.toString;

function fieldOf(value: unknown, key: string): unknown {
  return isObject(value) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
