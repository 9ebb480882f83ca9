import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lose } from '../lost.cjs';

let tries = 0;

describe('suite', () => {
  beforeEach(({ task }) => (task.name === 'with hooks' ? lose('before') : undefined));
  afterEach(async ({ task }) => {
    if (task.name === 'with hooks') await lose('after');
  });
  test('with hooks', () => {});
  test('plain', async () => { await lose('plain'); });
  test('sound', () => {});
  test('again', { retry: 1 }, async () => {
    await lose(`try ${tries}`);
    expect(tries++).toBe(1);
  });
  describe('inner', () => {
    test.concurrent.each(['a', 'b', 'c'])('at once %s', async (name) => { await lose(name); });
  });
});
test.skip('skipped', async () => { await lose('skipped'); });
test.todo('to do');
test.fails('expected to fail', async () => {
  await lose('failing');
  expect(1).toBe(2);
});
test('fails', async () => {
  await lose('fails');
  throw new Error('this is how it looks');
});
