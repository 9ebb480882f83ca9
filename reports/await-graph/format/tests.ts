/** Which tests of a test runner have not ended, and where these stand. */
import type { Style } from '../../formats/style.ts';
import { sanitize } from '../../formats/wrap.ts';
import type { WaitingTask } from '../model.ts';
import type { LookUp } from './look-up.ts';
import { nameOfTask, placeOfTask } from './words.ts';

const MOST_TESTS = 10;
const MOST_LINES = 3;

/** Lines without their ends; none when no test waits. */
export function formatTests({ dump, caller }: LookUp, { bold, dim, red }: Style): string[] {
  const tests = new Map<string, WaitingTask[]>();
  for (const task of dump.tasks) {
    const test = task.tracked?.test;
    if (test === undefined || !isOwn(task)) continue;
    tests.set(test, [...(tests.get(test) ?? []), task]);
  }
  return [...tests].slice(0, MOST_TESTS).flatMap(([test, tasks]) => {
    const callers = new Set(tasks.map(caller));
    const lines = tasks.filter((task) => !callers.has(task)).slice(0, MOST_LINES).map((task) => {
      const outer = caller(task);
      const by = outer === undefined || !isOwn(outer) ? '' : `, ${dim('awaited by')} ${nameOfTask(outer)} ${placeOfTask(outer)}`;
      return `    ${bold(nameOfTask(task))} ${placeOfTask(task)}${by}`;
    });
    return [`${red('✗')} ${bold(`the test "${sanitize(test)}" has not ended, and waits here:`)}`, ...lines];
  });
}

function isOwn({ internal, place }: WaitingTask): boolean {
  return !internal && place !== undefined && !place.library && !place.internal;
}
