/**
 * Node's own runner: a test is an async resource, and its function runs in that.
 *
 * https://github.com/nodejs/node/blob/v20.19.0/lib/internal/test_runner/test.js
 */
import { setOnEmbedder } from '../callbacks.ts';
import { guarded } from '../failure.ts';
import type { Undo } from '../instruments/instrument.ts';
import { isObject, ownValue } from '../instruments/values.ts';
import { beginTest, finishWhen, type RunsTest, watchEnds } from '../tests.ts';

const MOST_SUITES = 100;

export function watchNodeTest(undos: Undo[]): void {
  setOnEmbedder('Test', noteRun);
  undos.push(watchEnds(hasEnded), () => { setOnEmbedder('Test', () => undefined); });
}

const runsTest: RunsTest = ({ name, file }) => name?.endsWith('.run') === true && file.startsWith('node:internal/test_runner/');

const noteRun = guarded((test: object): void => {
  const type = ownValue(test, 'reportedType');
  // A suite and a hook, also where they do not say so.
  if ((type !== undefined && type !== 'test') || Object.hasOwn(test, 'hookType')) return;
  const titles = titlesOf(test);
  if (titles === undefined) return;
  const file = ownValue(ownValue(test, 'loc'), 'file') ?? ownValue(test, 'entryFile');
  beginTest(test, { titles, file: typeof file === 'string' ? file : undefined }, runsTest);
  finishWhen(test);
});

/** Absent: it is no test of Node's. The outermost one is the file. */
function titlesOf(test: object): string[] | undefined {
  const titles: string[] = [];
  let at: unknown = test;
  for (let steps = 0; isObject(at) && isObject(ownValue(at, 'parent')) && steps < MOST_SUITES; steps++) {
    const title = ownValue(at, 'name');
    if (typeof title !== 'string' || !isObject(ownValue(at, 'subtests'))) return undefined;
    titles.unshift(title);
    at = ownValue(at, 'parent');
  }
  return titles.length === 0 ? undefined : titles;
}

function hasEnded(test: object): boolean {
  const end = ownValue(test, 'endTime');
  return end !== null && end !== undefined;
}
