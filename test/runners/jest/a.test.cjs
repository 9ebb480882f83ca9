const { enter, exit, lose } = require('../lost.cjs');

let tries = 0;

describe('suite', () => {
  beforeEach(() => (expect.getState().currentTestName.endsWith('with hooks') ? lose('before') : undefined));
  afterEach(async () => {
    if (expect.getState().currentTestName.endsWith('with hooks')) await lose('after');
  });
  test('with hooks', () => {});
  test('plain', async () => { await lose('plain'); });
  test('sound', (done) => { setTimeout(done, 1); });
  describe('inner', () => {
    jest.retryTimes(1);
    test('again', async () => {
      await lose(`try ${tries}`);
      expect(tries++).toBe(1);
    });
  });
});
describe('at once', () => {
  test.concurrent.each(['a', 'b', 'c'])('%s', async (name) => { await lose(name); });
});
test('enters', async () => { enter('handed on'); });
test('exits', async () => { exit(); });
test.skip('skipped', async () => { await lose('skipped'); });
test.todo('to do');
test.failing('expected to fail', async () => {
  await lose('failing');
  expect(1).toBe(2);
});
test('fails', async () => {
  jest.retryTimes(0);
  await lose('fails');
  throw new Error('this is how it looks');
});
