/** Scopes that a configuration declares: in packages and in files of the program, on every Node line. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../reports/index.ts';
import { scopeTrace } from './support/command.ts';
import { nodeLines } from './support/node-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'declared-'));

const POOL_ESM = 'export class Pool { async take() { return { give() {} } } }\nexport const pool = new Pool()\n';
const POOL_CJS = 'exports.Pool = class Pool { async take() { return { give() {} } } }\nexports.pool = new exports.Pool()\n';
const LEAK = 'async function leak(pool) { const taken = await pool.take(); await null; return typeof taken.give }\n';

const USES_ESM = `export async function openOne() { return { close() {}, ask() {} } }
export function create() { return { async take() { return { close() {} } } } }
export class Made { close() {} ask() {} }
export const arrow = async () => ({ close() {} })
export { openOne as renamed }
export function around(run) { return run() }
`;
const USES_CJS = `async function openOne() { return { close() {}, ask() {} } }
module.exports = function create() { return { async take() { return { close() {} } } } }
Object.assign(module.exports, { openOne, Made: class Made { close() {} ask() {} }, around: (run) => run({ close() {} }) })
`;
/** How a scope is entered in every way there is, and what each program does with it. */
const ANY = (imports: string): string => `${imports}
async function leakFunction() { await openOne() }
async function leakMethod() { await create().take() }
function leakMade() { new Made() }
function use() { const made = new Made(); made.close(); made.ask() }
async function useFunction() { const one = await openOne(); await null; one.close(); one.ask() }
(async () => { await leakFunction(); await leakMethod(); leakMade(); use(); await useFunction() })()
`;

const FILES: Readonly<Record<string, string>> = {
  'scope-trace.config.json': JSON.stringify({
    scopes: [
      { name: 'taken', package: 'some-pool', enter: 'Pool.prototype.take', carrier: 'result', exit: ['give'] },
      { name: 'own esm', module: './lib/pool.mjs', enter: 'pool.take', carrier: 'result', exit: ['give'] },
      { name: 'own cjs', module: './lib/pool.cjs', enter: 'pool.take', carrier: 'result', exit: ['give'] },
      { name: 'function', package: 'any-pool', enter: ['openOne', 'arrow', 'renamed'], carrier: 'result', exit: ['close'], use: ['ask'] },
      { name: 'method', package: 'any-pool', enter: ['create().take', 'default().take'], carrier: 'result', exit: ['close'] },
      { name: 'around', package: 'any-pool', enter: 'around', exit: 'settled' },
      { name: 'made', package: 'any-pool', enter: 'new Made', carrier: 'this', exit: ['close'], use: ['ask'] },
    ],
  }),
  'node_modules/some-pool/package.json': JSON.stringify({
    name: 'some-pool', exports: { import: './index.mjs', require: './index.cjs' },
  }),
  'node_modules/some-pool/index.mjs': POOL_ESM,
  'node_modules/some-pool/index.cjs': POOL_CJS,
  'node_modules/any-pool/package.json': JSON.stringify({
    name: 'any-pool', exports: { import: './index.mjs', require: './index.cjs' },
  }),
  'node_modules/any-pool/index.mjs': USES_ESM,
  'node_modules/any-pool/index.cjs': USES_CJS,
  'within.mjs': `import { around } from 'any-pool'
import { openScopes } from 'scope-trace'
const names = () => openScopes().map(({ name }) => name).join()
const seen = [around(names), names()]
const later = around(async () => { const before = names(); await null; await null; return [before, names()] })
seen.push(names(), ...await later, names())
try { around(() => { throw new Error(names()) }) } catch (error) { seen.push(error.message, names()) }
console.log(JSON.stringify(seen))
`,
  'any.mjs': ANY("import { create, Made, openOne } from 'any-pool'"),
  'any.cjs': ANY("const create = require('any-pool'); const { Made, openOne } = create"),
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
  symlinkSync(fileURLToPath(new URL('..', import.meta.url)), join(folder, 'node_modules', 'scope-trace'));
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
    // As Node's test runner does it: what is in NODE_OPTIONS comes as an argument, too.
    const twice = program === 'package.mjs' ? ['--require', fileURLToPath(new URL('../dist/preload.cjs', import.meta.url))] : [];
    const outcome = await scopeTrace(['--report', report, '--fail-on', 'never', '--', path, ...twice, program], { cwd: folder });
    expect(outcome.stderr).toContain('unclosed-scope');
    const { findings } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    expect(findings.map((finding) => [finding.rule, finding.places[0]?.place?.line])).toEqual([['unclosed-scope', 2]]);
    expect(findings[0]?.message).toContain(`"${scope}"`);
  });
});

describe.each(nodeLines)('on Node $name', ({ name: line, path }) => {
  it.each(['any.mjs', 'any.cjs'])('functions, classes and what they give are seen in %s', async (program) => {
    const report = join(folder, `${line}-${program}.json`);
    await scopeTrace(['--report', report, '--fail-on', 'never', '--', path, program], { cwd: folder });
    const { findings } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    expect(findings.map(({ rule, message, places }) => [rule, /"(.*?)"/.exec(message)?.[1], places.at(-1)?.place?.line]).sort()).toEqual([
      ['unclosed-scope', 'function', 2], ['unclosed-scope', 'made', 4], ['unclosed-scope', 'method', 3],
      ['use-after-exit', 'function', 6], ['use-after-exit', 'made', 5],
    ]);
  });
});

describe.each(nodeLines)('on Node $name', ({ path }) => {
  it('a scope lasts as long as a call and what it promised', async () => {
    const { stdout } = await scopeTrace(['--', path, 'within.mjs'], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual(['around', '', '', 'around', 'around', '', 'around', '']);
  });
});

it('says what is wrong with a configuration before the program starts', async () => {
  const config = join(folder, 'wrong', 'scope-trace.config.json');
  mkdirSync(dirname(config), { recursive: true });
  writeFileSync(config, '{ "scopes": [{ "package": "some-pool", "enter": "Pool" }] }');
  const outcome = await scopeTrace(['--', process.execPath, '-p', '1'], { cwd: dirname(config) });
  expect(outcome.code).toBe(64);
  expect(outcome.stdout).toBe('');
  expect(outcome.stderr).toContain(`${config}: scopes[0].exit must be "returned", "settled", or a list of methods`);
});
