/** That loaded modules are told of, on every Node line, and that the program sees nothing of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, cpSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeLines } from '../support/node-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'modules-'));
const preload = join(folder, 'preload.cjs');

beforeAll(async () => {
  const from = fileURLToPath(new URL('modules', import.meta.url));
  cpSync(from, folder, { recursive: true });
  // Kept under another name: `node_modules` is left out of the repository.
  renameSync(join(folder, 'packages'), join(folder, 'node_modules'));
  await build({
    bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'warning',
    entryPoints: [join(from, 'preload.ts')], outfile: preload,
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly output: string;
  /** What was told, in order. */
  readonly loaded: readonly string[];
}

function run(node: string, program: string, ...args: readonly string[]): Outcome {
  const { stdout, stderr, status } = spawnSync(node, [...args, join(folder, program)], { cwd: folder, encoding: 'utf8' });
  const told = stderr.split('\n').filter((line) => line.startsWith('loaded '));
  const errors = stderr.split('\n').filter((line) => !line.startsWith('loaded ')).join('\n');
  expect(status, errors).toBe(0);
  return { output: stdout + errors, loaded: told.map((line) => line.slice('loaded '.length)) };
}

const IMPORTED = [
  'package-esm index.js module of package-esm: Esm, stack, url',
  'package-cjs lib/inner.js commonjs of package-cjs: Inner',
  'package-cjs lib/index.js commonjs of package-cjs: Inner, described, loaded, stack',
  'package-dual esm/pool.mjs module of package-dual: Pool, count, live',
  'package-dual esm/index.mjs module of package-dual: Pool, count, default, live',
];
const REQUIRED = [
  'package-cjs lib/inner.js commonjs of package-cjs: Inner',
  'package-cjs lib/index.js commonjs of package-cjs: Inner, described, loaded, stack',
  'package-dual index.cjs commonjs of package-dual: Pool',
  'package-esm index.js module of package-esm: Esm, stack, url',
];

describe.each(nodeLines)('on Node $name', ({ path }) => {
  it.each([['imports.mjs', IMPORTED], ['requires.cjs', REQUIRED]] as const)(
    '%s hears of every module after its evaluation and before its importer goes on',
    (program, expected) => {
      expect(run(path, program, '--require', preload).loaded).toEqual([...expected, 'package-esm is known to its importer']);
    },
  );

  it.each(['imports.mjs', 'requires.cjs'])('%s prints the same with and without', (program) => {
    expect(run(path, program, '--require', preload).output).toBe(run(path, program).output);
  });
});
