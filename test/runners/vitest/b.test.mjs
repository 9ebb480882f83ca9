import { test } from 'vitest';
import { lose } from '../lost.cjs';

test('in another file', async () => { await lose('other'); });
