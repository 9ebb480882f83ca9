/**
 * AVA's class of tests looks up its own methods: `callFn` calls the function of a test, `finish` follows upon it.
 *
 * https://github.com/avajs/ava/blob/v6.4.0/lib/test.js
 */
import { guarded } from '../failure.ts';
import type { Undo } from '../instruments/instrument.ts';
import { observeRead } from '../instruments/patch.ts';
import { isObject, ownValue } from '../instruments/values.ts';
import { whenLoaded } from '../modules.ts';
import { beginTest, finishTest, type RunsTest } from '../tests.ts';

export function watchAva(undos: Undo[]): void {
  whenLoaded('ava', (exports, { file }) => {
    const prototype = prototypeOf(exports);
    if (prototype === undefined) return;
    if (file === 'lib/runner.js') undos.push(observeRead(prototype, 'runSingle', noteRunner));
    else if (file === 'lib/test.js') undos.push(observeRead(prototype, 'callFn', noteCall), observeRead(prototype, 'finish', noteFinish));
  });
}

function prototypeOf(exports: unknown): object | undefined {
  const made: unknown = isObject(exports) ? (exports as { readonly default?: unknown }).default : undefined;
  return typeof made === 'function' ? (made as unknown as { readonly prototype: object }).prototype : undefined;
}

/** Each file has a worker of its own. */
let testFile: string | undefined;

const noteRunner = guarded((runner: unknown): void => {
  const file = ownValue(runner, 'file');
  if (typeof file === 'string') testFile = file;
});

const runsTest: RunsTest = ({ name, file }) => name?.endsWith('runSingle') === true && /[\\/]ava[\\/]lib[\\/]/.test(file);

const noteCall = guarded((test: unknown): void => {
  const title = ownValue(test, 'title');
  if (isObject(test) && typeof title === 'string') beginTest(test, { titles: [title], file: testFile }, runsTest);
});

const noteFinish = guarded((test: unknown): void => {
  if (isObject(test)) finishTest(test);
});
