import { test } from 'node:test';
import lost from '../lost.cjs';

test('in another file', async () => { await lost.lose('other'); });
