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
import { textOf, titlesOf } from './titles.ts';

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
  const titles = titlesOf(runnable, { title: 'title', outer: 'parent', isOutermost: isRoot });
  beginTest(runnable, { titles, file: textOf(ownValue(runnable, 'file')) });
});

const noteOver = guarded((): void => {
  if (running !== undefined) finishTest(running);
  running = undefined;
});

const isRoot = (suite: object): boolean => ownValue(suite, 'root') === true;
