import { test } from 'node:test';
import { enterScope } from 'scope-trace';

test('never exits it', () => { enterScope('left open'); });
