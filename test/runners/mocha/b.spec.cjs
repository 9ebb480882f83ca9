const { lose } = require('../lost.cjs');

it('in another file', async () => { await lose('other'); });
