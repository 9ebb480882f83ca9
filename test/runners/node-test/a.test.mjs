import { describe, test } from 'node:test';
import lost from '../lost.cjs';

const { lose } = lost;

describe('suite', () => {
  test('plain', async () => { await lose('plain'); });
  test('sound', () => {});
  describe('at once', { concurrency: 3 }, () => {
    for (const name of ['a', 'b', 'c']) test(name, async () => { await lose(name); });
  });
});
test('with parts', async (t) => {
  await t.test('part', async () => { await lose('part'); });
});
test.skip('skipped', async () => { await lose('skipped'); });
test.todo('to do');
test('fails', async () => {
  await lose('fails');
  throw new Error('this is how it looks');
});
