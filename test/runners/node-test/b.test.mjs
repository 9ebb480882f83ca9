import { before, test } from 'node:test';
import lost from '../lost.cjs';

// The first test goes on after it, in a function that V8 then names otherwise.
before(() => {});

test('in another file', async () => { await lost.lose('other'); });
