/**
 * Jest runs tests in contexts of `vm`, with modules that it loads by itself. There, each event goes through a list of
 * handlers before anything else happens: the first one is replaced, so that nobody waits for one more.
 *
 * https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-circus/src/state.ts
 */
import { readFileSync } from 'node:fs';
import { types } from 'node:util';
import { guarded } from '../failure.ts';
import type { Undo } from '../instruments/instrument.ts';
import { alike, type Method, noteAfter, replaceMethod } from '../instruments/patch.ts';
import { isObject, ownValue } from '../instruments/values.ts';
import { whenLoaded } from '../modules.ts';
import { addMaps } from '../source-maps.ts';
import { beginTest, finishTest, type RunsTest } from '../tests.ts';
import { textOf, titlesOf } from './titles.ts';

const HANDLERS = Symbol.for('EVENT_HANDLERS');

export function watchJest(undos: Undo[]): void {
  whenLoaded('jest-runtime', (exports) => {
    const runtime: unknown = isObject(exports) ? (exports as { readonly default?: unknown }).default : undefined;
    if (typeof runtime !== 'function') return;
    const { prototype } = runtime as unknown as { readonly prototype: object };
    undos.push(replaceMethod(prototype, 'requireInternalModule', (original) => noteAfter(original, noteRequired)));
  }, 'commonjs');
}

const known = new WeakSet<object>();

/** A module of Jest's own was loaded into a test's context: from some time on the handlers are there. */
const noteRequired = guarded((runtime: unknown): void => {
  const context = ownValue(ownValue(runtime, '_environment'), 'global');
  if (!isObject(context)) return;
  const handlers: unknown = Object.getOwnPropertyDescriptor(context, HANDLERS)?.value;
  if (!isObject(handlers) || known.has(handlers)) return;
  const [first] = handlers as readonly unknown[];
  if (typeof first !== 'function') return;
  known.add(handlers);
  addMaps(mapsOf(runtime as object));
  const file = ownValue(runtime, '_testPath');
  Object.defineProperty(handlers, 0, {
    value: observeEvents(first as Method, textOf(file)), writable: true, enumerable: true, configurable: true,
  });
});

/** Jest writes the maps of what it has transformed into files. */
function mapsOf(runtime: object): (file: string) => unknown {
  const kept: WeakRef<{ getSourceMaps?(): unknown }> = new WeakRef(runtime);
  return (file) => {
    const files = kept.deref()?.getSourceMaps?.();
    const path: unknown = types.isMap(files) ? files.get(file) : undefined;
    return typeof path === 'string' ? (JSON.parse(readFileSync(path, 'utf8')) as unknown) : undefined;
  };
}

function observeEvents(original: Method, file: string | undefined): Method {
  return alike({
    method(this: unknown, ...given: unknown[]): unknown {
      noteEvent(given[0], file);
      return Reflect.apply(original, this, given);
    },
  }.method, original);
}

/** Version 30, and those before. */
const runsTest: RunsTest = ({ name, file }) => (name === '_runTestInContext' || name === '_runTest') && /[\\/]jest-circus[\\/]/.test(file);

const noteEvent = guarded((event: unknown, file: string | undefined): void => {
  const name = ownValue(event, 'name');
  const test = ownValue(event, 'test');
  if (!isObject(test)) return;
  if (name === 'test_start') beginTest(test, { titles: titlesOf(test, { title: 'name', outer: 'parent', isOutermost: isRoot }), file }, runsTest);
  else if (name === 'test_done' || name === 'test_skip' || name === 'test_todo') finishTest(test);
});

/** Jest's own block, in which all others lie. */
const isRoot = (block: object): boolean => ownValue(block, 'parent') === undefined;
