import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withPreload } from '../../src/node-options.ts';
import { emptyFolder, put, start } from '../support/command.ts';
import { nodeLines } from '../support/node-lines.ts';

describe.each(nodeLines)('NODE_OPTIONS on Node $name', ({ path }) => {
  it.each(['plain', 'with a space', 'with "quotes"', String.raw`back\slash`, "single'quote", '$dollar', 'ünï'])(
    'loads a preload from a folder named %s',
    async (name) => {
      const folder = join(emptyFolder(), name);
      mkdirSync(folder);
      const preload = join(folder, 'preload.cjs');
      writeFileSync(preload, 'console.log("loaded")');
      const outcome = await start(path, ['-e', '0'], { env: { NODE_OPTIONS: withPreload(preload, undefined) } }).ends();
      expect(outcome).toMatchObject({ code: 0, stdout: 'loaded\n' });
    },
  );

  it('keeps what the user preloads, and comes first', async () => {
    const folder = emptyFolder();
    const ours = put(folder, 'ours.cjs', 'console.log("ours")');
    const theirs = put(folder, 'theirs.cjs', 'console.log("theirs")');
    const NODE_OPTIONS = withPreload(ours, `--require ${theirs} --max-old-space-size=300`);
    const outcome = await start(path, ['-e', '0'], { env: { NODE_OPTIONS } }).ends();
    expect(outcome).toMatchObject({ code: 0, stdout: 'ours\ntheirs\n' });
  });

  it('leaves a broken value broken', async () => {
    const ours = put(emptyFolder(), 'ours.cjs', 'console.log("ours")');
    const NODE_OPTIONS = withPreload(ours, '--require "open');
    const outcome = await start(path, ['-e', '0'], { env: { NODE_OPTIONS } }).ends();
    expect(outcome.code).toBe(9);
    expect(outcome.stderr).toContain('unterminated');
  });
});
