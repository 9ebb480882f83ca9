/**
 * Vitest keeps what it runs in `current` of its worker's state, which every pool hands on to where the
 * tests run, a context of `vm` too: an accessor there sees each test begin and end, and stands in no stack.
 *
 * https://github.com/vitest-dev/vitest/blob/v4.1.0/packages/vitest/src/runtime/runners/test.ts
 */
import { types } from 'node:util';
import { guarded } from '../failure.ts';
import { alike, type Method } from '../instruments/patch.ts';
import { isObject, ownValue } from '../instruments/values.ts';
import { whenLoaded } from '../modules.ts';
import type { TestCase } from '../scope-state.ts';
import { addMaps, inlineMapOf } from '../source-maps.ts';
import { beginTest, finishRunningTest, type RunsTest } from '../tests.ts';
import { textOf, titlesOf } from './titles.ts';

const HANDS_ON = 'provideWorkerState';

/** In Vitest's workers: the command itself runs no tests. */
export function watchVitest(): void {
  if (process.env.VITEST === undefined) return;
  whenLoaded('vitest', (exports, { replace }) => {
    const original = findFunction(exports);
    if (original !== undefined) replace(HANDS_ON, observeStates(original));
  }, 'any', [HANDS_ON]);
}

/** It is exported under a short name of the bundler's. */
function findFunction(exports: unknown): Method | undefined {
  if (!isObject(exports)) return undefined;
  for (const name of Object.keys(exports)) {
    const value = ownValue(exports, name);
    if (typeof value === 'function' && Object.getOwnPropertyDescriptor(value, 'name')?.value === HANDS_ON) return value as Method;
  }
  return undefined;
}

function observeStates(original: Method): Method {
  return alike({
    method(this: unknown, ...given: unknown[]): unknown {
      noteState(given[1]);
      return Reflect.apply(original, this, given);
    },
  }.method, original);
}

const states = new WeakSet<object>();

const noteState = guarded((state: unknown): void => {
  if (!isObject(state) || states.has(state) || !Object.isExtensible(state)) return;
  const before = Object.getOwnPropertyDescriptor(state, 'current');
  if (before !== undefined && (before.configurable !== true || !('value' in before))) return;
  states.add(state);
  addMaps(mapsOf(state));
  let current: unknown = before?.value;
  Object.defineProperty(state, 'current', {
    configurable: true,
    enumerable: true,
    get: () => current,
    set: (value: unknown) => {
      noteCurrent(value);
      current = value;
    },
  });
});

/** Vite's module runner gets code with its map, and keeps it with the module. */
function mapsOf(state: object): (file: string) => unknown {
  const kept = new WeakRef(state);
  return (file) => {
    const byFile = ownValue(ownValue(kept.deref(), 'evaluatedModules'), 'fileToModulesMap');
    const nodes: unknown = types.isMap(byFile) ? byFile.get(file) : undefined;
    if (!types.isSet(nodes)) return mapOfVersion3(kept.deref(), file);
    for (const node of nodes) {
      const code = ownValue(ownValue(node, 'meta'), 'code');
      if (typeof code === 'string') return inlineMapOf(code);
    }
    return undefined;
  };
}

/** It keeps the code by the file's path, in a class of its own that is a map. */
function mapOfVersion3(state: object | undefined, file: string): unknown {
  const cache = ownValue(state, 'moduleCache');
  const code = types.isMap(cache) ? ownValue(Reflect.apply(getOfMap, cache, [file]), 'code') : undefined;
  return typeof code === 'string' ? inlineMapOf(code) : undefined;
}

const { get: getOfMap } = Map.prototype;

const runsTest: RunsTest = ({ name, file }) => name === 'runTest' && /[\\/]@vitest[\\/]runner[\\/]/.test(file);

const noteCurrent = guarded((value: unknown): void => {
  // What follows upon a test is its suite.
  if (isObject(value) && ownValue(value, 'type') === 'test') beginTest(value, describe(value), runsTest);
  else finishRunningTest(runsTest);
});

function describe(test: object): TestCase {
  const titles = titlesOf(test, { title: 'name', outer: 'suite', isOutermost: isFile });
  return { titles, file: textOf(ownValue(ownValue(test, 'file'), 'filepath')), id: textOf(ownValue(test, 'id')) };
}

const isFile = (suite: object): boolean => ownValue(suite, 'filepath') !== undefined;
