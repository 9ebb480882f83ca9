/**
 * Mocha looks `run` up on each test and hook, and `hookUp` on its runner once the test is over.
 *
 * https://github.com/mochajs/mocha/blob/v11.0.0/lib/runner.js
 */
import { guarded } from '../failure.ts';
import type { Undo } from '../instruments/instrument.ts';
import { observeRead } from '../instruments/patch.ts';
import { isObject, ownValue } from '../instruments/values.ts';
import { whenLoaded } from '../modules.ts';
import { beginTest, finishTest } from '../tests.ts';

const MOST_SUITES = 100;

export function watchMocha(undos: Undo[]): void {
  whenLoaded('mocha', (exports, { file }) => {
    const prototype = typeof exports === 'function' ? (exports as { readonly prototype: object }).prototype : undefined;
    if (prototype === undefined) return;
    if (file === 'lib/runnable.js') undos.push(observeRead(prototype, 'run', noteRun));
    else if (file === 'lib/runner.js') undos.push(observeRead(prototype, 'hookUp', noteOver));
  }, 'commonjs');
}

/** It runs one after the other. */
let running: object | undefined;

const noteRun = guarded((runnable: unknown): void => {
  if (!isObject(runnable) || ownValue(runnable, 'type') !== 'test') return;
  noteOver();
  running = runnable;
  beginTest(runnable, describe(runnable));
});

const noteOver = guarded((): void => {
  if (running !== undefined) finishTest(running);
  running = undefined;
});

function describe(test: object): { titles: string[]; file: string | undefined } {
  const titles: string[] = [];
  let at: unknown = test;
  for (let steps = 0; isObject(at) && ownValue(at, 'root') !== true && steps < MOST_SUITES; steps++) {
    const title = ownValue(at, 'title');
    titles.unshift(typeof title === 'string' ? title : '');
    at = ownValue(at, 'parent');
  }
  const file = ownValue(test, 'file');
  return { titles, file: typeof file === 'string' ? file : undefined };
}
