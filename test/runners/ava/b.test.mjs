import test from 'ava';
import lost from '../lost.cjs';

test('in another file', async (t) => {
  await lost.lose('other');
  t.pass();
});
