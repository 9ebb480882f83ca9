const { lose } = require('../lost.cjs');

test('in another file', async () => { await lose('other'); });
