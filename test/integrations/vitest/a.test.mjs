import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { enterScope } from 'scope-trace';
import { lose } from '../../runners/lost.cjs';

const nap = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let handed;
let each;
beforeEach(async () => { each = enterScope('of each'); });
afterEach(async () => { each.exit(); });

// Sound: the runner waits for each before it goes on.
test('enters', async () => { handed = enterScope('handed on'); });
test('exits', async () => { handed.exit(); });
test('twin', () => {});
test.skip('skipped', async () => { await lose('skipped'); });

// Not sound, and allowed.
test('allowed', { meta: { scopeTrace: { allow: 'cross-task-exit' } } }, async () => { await lose('allowed'); });
test('allowed by itself', async ({ task }) => {
  task.meta.scopeTrace = { allow: true };
  await lose('allowed by itself');
});
describe('suite', { meta: { scopeTrace: { allow: ['cross-task-exit'] } } }, () => {
  test('allowed by its suite', async () => { await lose('allowed by its suite'); });
});
test('explained', async () => {
  const scope = enterScope('explained');
  scope.exit();
  // scope-trace-ignore-next-line double-exit: it is what this test is about
  scope.exit();
});

// Not sound.
test('twin', async () => { await lose('twin'); });
test('again', { retry: 1 }, async ({ task }) => {
  await lose('again');
  expect(task.result.retryCount).toBe(1);
});
test.fails('expected to fail', async () => {
  await lose('failing');
  expect(1).toBe(2);
});
test('allows something else', { meta: { scopeTrace: { allow: ['leaked-task'] } } }, async () => { await lose('else'); });
test('outlived', async () => {
  const scope = enterScope('outlived');
  void (async function late() { await nap(200); })();
  await nap(1);
  scope.exit();
});
test('last', async () => { await nap(300); });
