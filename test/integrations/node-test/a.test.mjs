import { afterEach, beforeEach, describe, test } from 'node:test';
import { enterScope } from 'scope-trace';
import { allow } from 'scope-trace/node-test';
import lost from '../../runners/lost.cjs';

const { lose } = lost;
let handed;
let each;
beforeEach(async () => { each = enterScope('of each'); });
afterEach(async () => { each.exit(); });

// Sound.
test('enters', async () => { handed = enterScope('handed on'); });
test('exits', async () => { handed.exit(); });
test('allowed', async (t) => {
  allow(t, 'cross-task-exit');
  await lose('allowed');
});

// Not sound.
describe('suite', { concurrency: 2 }, () => {
  test('loses', async () => { await lose('loses'); });
  test('loses nothing', async () => { await new Promise((resolve) => setTimeout(resolve, 5)); });
});
test('with parts', async (t) => {
  await t.test('part', async () => { await lose('part'); });
});
test('allows something else', async (t) => {
  allow(t, 'leaked-task');
  await lose('else');
});
