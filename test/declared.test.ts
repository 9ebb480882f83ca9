/** Scopes that a configuration declares: in packages and in files of the program, on every Node line. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../reports/index.ts';
import { scopeTrace } from './support/command.ts';
import { nodeLines } from './support/node-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'declared-'));

const POOL_ESM = 'export class Pool { async take() { return { give() {} } } }\nexport const pool = new Pool()\n';
const POOL_CJS = 'exports.Pool = class Pool { async take() { return { give() {} } } }\nexports.pool = new exports.Pool()\n';
const LEAK = 'async function leak(pool) { const taken = await pool.take(); await null; return typeof taken.give }\n';

const FILES: Readonly<Record<string, string>> = {
  'scope-trace.config.json': JSON.stringify({
    scopes: [
      { name: 'taken', package: 'some-pool', enter: 'Pool.prototype.take', carrier: 'result', exit: ['give'] },
      { name: 'own esm', module: './lib/pool.mjs', enter: 'pool.take', carrier: 'result', exit: ['give'] },
      { name: 'own cjs', module: './lib/pool.cjs', enter: 'pool.take', carrier: 'result', exit: ['give'] },
    ],
  }),
  'node_modules/some-pool/package.json': JSON.stringify({
    name: 'some-pool', exports: { import: './index.mjs', require: './index.cjs' },
  }),
  'node_modules/some-pool/index.mjs': POOL_ESM,
  'node_modules/some-pool/index.cjs': POOL_CJS,
  'lib/pool.mjs': POOL_ESM,
  'lib/pool.cjs': POOL_CJS,
  'package.mjs': `import { pool } from 'some-pool'\n${LEAK}await leak(pool)\n`,
  'package.cjs': `const { pool } = require('some-pool')\n${LEAK}leak(pool)\n`,
  'own.mjs': `import { pool } from './lib/pool.mjs'\n${LEAK}await leak(pool)\n`,
  'own.cjs': `const { pool } = require('./lib/pool.cjs')\n${LEAK}leak(pool)\n`,
  'own-from-esm.mjs': `import { pool } from './lib/pool.cjs'\n${LEAK}await leak(pool)\n`,
  'worker.mjs': `import { Worker } from 'node:worker_threads'\nnew Worker(new URL('own.mjs', import.meta.url))\n`,
};

beforeAll(() => {
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each(nodeLines)('on Node $name', ({ name: line, path }) => {
  it.each([
    ['package.mjs', 'taken'], ['package.cjs', 'taken'], ['own.mjs', 'own esm'], ['own.cjs', 'own cjs'],
    ['own-from-esm.mjs', 'own cjs'], ['worker.mjs', 'own esm'],
  ])('a scope of %s is left open', async (program, scope) => {
    const report = join(folder, `${line}-${program}.json`);
    const outcome = await scopeTrace(['--report', report, '--fail-on', 'never', '--', path, program], { cwd: folder });
    expect(outcome.stderr).toContain('unclosed-scope');
    const { findings } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    expect(findings.map((finding) => [finding.rule, finding.places[0]?.place?.line])).toEqual([['unclosed-scope', 2]]);
    expect(findings[0]?.message).toContain(`"${scope}"`);
  });
});

it('says what is wrong with a configuration before the program starts', async () => {
  const config = join(folder, 'wrong', 'scope-trace.config.json');
  mkdirSync(dirname(config), { recursive: true });
  writeFileSync(config, '{ "scopes": [{ "package": "some-pool", "enter": "Pool" }] }');
  const outcome = await scopeTrace(['--', process.execPath, '-p', '1'], { cwd: dirname(config) });
  expect(outcome.code).toBe(64);
  expect(outcome.stdout).toBe('');
  expect(outcome.stderr).toContain(`${config}: scopes[0].exit must be "returned", or a list of methods`);
});
