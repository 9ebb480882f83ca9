/**
 * Tests: what a test runner runs, one after the other or several at once. A test is a group, like a
 * request: nothing is expected of it, and no call changes whose task it is. It only says where something belongs.
 */
import { flush } from './channel.ts';
import { guarded } from './failure.ts';
import { enterGroup, exitGroup } from './groups.ts';
import { functionOf, type PromiseNode } from './promise-node.ts';
import { main, runner } from './running.ts';
import type { ScopeState, TestCase } from './scope-state.ts';
import type { Site } from './sites.ts';
import { lookNowAndThen } from './upkeep.ts';

/** Whether a call of the function runs one test and nothing else, so that all it starts is the test's. */
export type RunsTest = (fn: Site) => boolean;

const FAR = 4;
const tests = new WeakMap<object, ScopeState>();

/**
 * The runner is about to run the test that `token` stands for. Nothing is noted when the function that
 * runs it is not known: what two tests share would be taken for the work of one.
 *
 * @param runsTest - absent: whatever runs now does
 */
export const beginTest = guarded((token: object, test: TestCase, runsTest?: RunsTest): void => {
  const call = runsTest === undefined ? runner() : findCall(runsTest);
  if (call === undefined || tests.get(token)?.open === true) return;
  const group = enterGroup(call, test.titles.join(' › '), 'test', { test });
  if (group !== undefined) tests.set(token, group);
});

export const finishTest = guarded((token: object): void => {
  const group = tests.get(token);
  if (group === undefined) return;
  tests.delete(token);
  exit(group);
});

/** The same where only the call tells which test it was. */
export const finishRunningTest = guarded((runsTest: RunsTest): void => {
  let scope = findCall(runsTest)?.scope ?? null;
  while (scope !== null && (scope.group?.kind !== 'test' || !scope.open)) scope = scope.parent;
  if (scope !== null) exit(scope);
});

/** Who judges the test may read what was recorded of it as soon as the runner has said that it is over. */
function exit(group: ScopeState): void {
  exitGroup(group);
  if (group.id !== 0) flush();
}

function findCall(runsTest: RunsTest): PromiseNode | undefined {
  let call: PromiseNode | null = runner();
  for (let steps = 0; call !== null && call !== main && steps < FAR; call = call.owner, steps++) {
    const fn = functionOf(call);
    if (fn !== null && runsTest(fn)) return call;
  }
  return undefined;
}

/** Tests of runners that do not tell of their ends. */
const ending = new Set<WeakRef<object>>();

/** `hasEnded` is asked now and then, and must run no code of the program. */
export function finishWhen(token: object): void {
  ending.add(new WeakRef(token));
}

export function watchEnds(hasEnded: (token: object) => boolean): () => void {
  return lookNowAndThen(guarded(() => {
    for (const reference of ending) {
      const token = reference.deref();
      if (token !== undefined && !hasEnded(token)) continue;
      ending.delete(reference);
      if (token !== undefined) finishTest(token);
    }
  }));
}
