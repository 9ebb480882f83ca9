import { expect, it } from 'vitest';
import { createResolver } from '../../src/dump/places.ts';

const MAP = { version: 3, sources: ['hang.ts'], names: [], mappings: 'AAAA;AASI' };

it('maps a script by its URL, as the inspector names it, and by its path, as the program does', () => {
  const sourceMapUrl = `data:application/json;base64,${Buffer.from(JSON.stringify(MAP)).toString('base64')}`;
  const resolve = createResolver(new Map([['7', { url: 'file:///app/hang.ts', sourceMapUrl }]]), '/app');
  const byUrl = resolve({ function: 'main', script: '7', url: 'file:///app/hang.ts', line: 2, column: 1 });
  const byPath = resolve({ function: 'main', file: '/app/hang.ts', line: 2, column: 1 });
  expect(byUrl).toMatchObject({ file: 'hang.ts', line: 10, column: 5 });
  expect(byPath).toEqual(byUrl);
});
