import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { colorLevel, openScreen } from '../../src/screen.ts';

const terminal = { isTTY: true, getColorDepth: () => 8 };
const pipe = { isTTY: false };

describe('colour', () => {
  it.each([
    ['a terminal', terminal, undefined, {}, 2],
    ['a pipe', pipe, undefined, {}, 0],
    ['a terminal with NO_COLOR', terminal, undefined, { NO_COLOR: '1' }, 0],
    ['a terminal with an empty NO_COLOR', terminal, undefined, { NO_COLOR: '' }, 2],
    ['a pipe with FORCE_COLOR', pipe, undefined, { FORCE_COLOR: '' }, 1],
    ['a pipe with FORCE_COLOR=3', pipe, undefined, { FORCE_COLOR: '3' }, 3],
    ['a terminal with FORCE_COLOR=0', terminal, undefined, { FORCE_COLOR: '0' }, 0],
    ['both, where forcing wins', pipe, undefined, { FORCE_COLOR: '1', NO_COLOR: '1' }, 1],
    ['--color on a pipe with NO_COLOR', pipe, true, { NO_COLOR: '1' }, 1],
    ['--no-color on a terminal with FORCE_COLOR', terminal, false, { FORCE_COLOR: '1' }, 0],
  ] as const)('on %s', (_, stream, flag, environment, level) => {
    expect(colorLevel(stream, flag, environment)).toBe(level);
  });
});

describe('the width', () => {
  it.each([
    ['a terminal', true, 90, 90],
    ['a narrow terminal', true, 31, 31],
    ['a very narrow terminal', true, 7, 20],
    ['a very wide terminal', true, 300, 140],
    ['a terminal that does not know', true, 0, 100],
    ['a pipe', false, undefined, 100],
  ])('of %s', (_, isTTY, columns, width) => {
    const stream = Object.assign(new PassThrough(), { isTTY, columns }) as unknown as NodeJS.WriteStream;
    expect(openScreen(stream, false).width).toBe(width);
  });
});
