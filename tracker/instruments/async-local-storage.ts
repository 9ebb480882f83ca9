/**
 * `AsyncLocalStorage`: contexts that `enterWith` leaves behind in the caller of an async function.
 *
 * Only `enterWith` and `getStore` are listened to: none of the program's code runs inside them. What
 * `run`, `exit`, `bind` and `snapshot` set they take back by themselves.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { heirs, noteEarlyRead, noteRead } from '../context-heirs.ts';
import { noteEntered, stateToEnter } from '../contexts.ts';
import { noteFirstEntering } from '../older-contexts.ts';
import { base, exact, top } from '../running.ts';
import type { Instrument } from './instrument.ts';
import { type Method, replaceMethod, undoAll } from './patch.ts';

export const asyncLocalStorage: Instrument = {
  id: 'async-local-storage',
  install: () => {
    const { prototype } = AsyncLocalStorage;
    return undoAll([replaceMethod(prototype, 'enterWith', listenToEntering), replaceMethod(prototype, 'getStore', listenToReading)]);
  },
};

const { apply } = Reflect;

function listenToEntering(original: Method): Method {
  return {
    method(this: unknown, ...given: unknown[]): unknown {
      noteFirstEntering();
      const state = stateToEnter(this);
      if (state === undefined) return apply(original, this, given);
      const before = state.current();
      const result = apply(original, this, given);
      noteEntered(state, given[0], before);
      return result;
    },
  }.method;
}

/** Called for every line of a logger: almost always it is a comparison or two more. */
function listenToReading(original: Method): Method {
  return {
    method(this: unknown): unknown {
      const store: unknown = apply(original, this, NOTHING);
      if (top !== base && exact) noteEarlyRead(this);
      if (heirs.length !== 0) noteRead(this, store);
      return store;
    },
  }.method;
}

const NOTHING: readonly unknown[] = [];
