import test from 'ava';
import lost from '../lost.cjs';

const { enter, exit, lose } = lost;

test.serial('enters', async (t) => { enter('handed on'); t.pass(); });
test.serial('exits', async (t) => { exit(); t.pass(); });
test.serial('by itself', async (t) => {
  await lose('serial');
  t.pass();
});
for (const name of ['a', 'b', 'c']) {
  test(`at once ${name}`, async (t) => {
    await lose(name);
    t.pass();
  });
}
test.skip('skipped', async () => { await lose('skipped'); });
test.todo('to do');
test.failing('expected to fail', async (t) => {
  await lose('failing');
  t.fail();
});
test.serial('fails', async () => {
  await lose('fails');
  throw new Error('this is how it looks');
});
