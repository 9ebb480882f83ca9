const { enter, exit, lose } = require('../lost.cjs');

let tries = 0;

describe('suite', () => {
  it('plain', async () => { await lose('plain'); });
  it('sound', () => {});
  it('with a callback', (done) => { lose('callback').then(done, done); });
  it('again', async function () {
    this.retries(1);
    await lose(`try ${tries}`);
    if (tries++ !== 1) throw new Error('not yet');
  });
});
it('enters', async () => { enter('handed on'); });
it('exits', async () => { exit(); });
it.skip('skipped', async () => { await lose('skipped'); });
it('to do');
it('fails', async () => {
  await lose('fails');
  throw new Error('this is how it looks');
});
