/** Real test runners: each finding names its test, and the run is what it is without the tracker. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '../reports/index.ts';
import { scopeTrace, start, type Outcome } from './support/command.ts';
import { createWorkFolder } from './support/run-program.ts';

const root = fileURLToPath(new URL('runners/', import.meta.url));
const bin = (name: string): string => join(root, 'node_modules', name);
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const work = createWorkFolder();
afterAll(work.remove);

interface Runner {
  readonly name: string;
  readonly folder: string;
  readonly args: readonly string[];
  /** Scopes that were lost, by the test that each belongs to. */
  readonly lost: Readonly<Record<string, readonly string[]>>;
}

const AT_ONCE = ['a', 'b', 'c'];

const ofVitest = {
  'suite › with hooks': ['before', 'after'],
  'suite › plain': ['plain'],
  'suite › again': ['try 0'],
  ...Object.fromEntries(AT_ONCE.map((name) => [`suite › inner › at once ${name}`, [name]])),
  'expected to fail': ['failing'],
  'fails': ['fails'],
  'in another file': ['other'],
};

const runners: readonly Runner[] = [
  { name: 'vitest, processes', folder: 'vitest', args: [vitest, 'run', '--pool', 'forks'], lost: ofVitest },
  { name: 'vitest, contexts in threads', folder: 'vitest', args: [vitest, 'run', '--pool', 'vmThreads'], lost: ofVitest },
  {
    name: 'jest, processes', folder: 'jest', args: [bin('jest/bin/jest.js'), '--maxWorkers', '2'],
    lost: {
      'suite › with hooks': ['before', 'after'],
      'suite › plain': ['plain'],
      'suite › inner › again': ['try 0'],
      ...Object.fromEntries(AT_ONCE.map((name) => [`at once › ${name}`, [name]])),
      'expected to fail': ['failing'],
      'fails': ['fails'],
      'in another file': ['other'],
    },
  },
  {
    name: 'mocha', folder: 'mocha', args: [bin('mocha/bin/mocha.js'), 'a.spec.cjs', 'b.spec.cjs'],
    lost: {
      'suite › plain': ['plain'], 'suite › with a callback': ['callback'], 'suite › again': ['try 0'], 'fails': ['fails'],
      'in another file': ['other'],
    },
  },
  {
    name: 'ava, threads', folder: 'ava', args: [bin('ava/entrypoints/cli.mjs')],
    lost: {
      'by itself': ['serial'],
      ...Object.fromEntries(AT_ONCE.map((name) => [`at once ${name}`, [name]])),
      'expected to fail': ['failing'],
      'fails': ['fails'],
      'in another file': ['other'],
    },
  },
  {
    name: 'node --test', folder: 'node-test', args: ['--test'],
    lost: {
      'suite › plain': ['plain'],
      ...Object.fromEntries(AT_ONCE.map((name) => [`suite › at once › ${name}`, [name]])),
      'with parts › part': ['part'],
      'fails': ['fails'],
      'in another file': ['other'],
    },
  },
];

const ENVIRONMENT = { CI: undefined, VITEST: undefined, VITEST_WORKER_ID: undefined, VITEST_POOL_ID: undefined, VITEST_MODE: undefined, TEST: undefined, NODE_ENV: undefined, NODE_TEST_CONTEXT: undefined, FORCE_COLOR: '0' };

describe.concurrent.each(runners)('$name', ({ name, folder, args, lost }) => {
  test('names the test of each finding, and runs as without', async () => {
    const options = { cwd: join(root, folder), env: ENVIRONMENT };
    const file = join(work.path, `${name.replaceAll(/\W+/g, '-')}.json`);
    const [plain, traced] = await Promise.all([
      start(process.execPath, args, options).ends(),
      scopeTrace(['--report', file, '--', process.execPath, ...args], options),
    ]);
    expect(told(traced)).toEqual(told(plain));
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const found: Record<string, string[]> = {};
    for (const { test: its, scope, rule } of report.findings) {
      expect(rule).toBe('cross-task-exit');
      (found[its?.name ?? ''] ??= []).push(scope?.name ?? '');
      expect(its?.file).toBe(its?.name === 'in another file' ? fileOf(folder, 'b') : fileOf(folder, 'a'));
    }
    expect(found).toEqual(lost);
    for (const { places } of report.findings) expect(places.map(({ place }) => `${place?.file ?? ''}:${place?.line ?? 0}`)).toEqual(['../lost.cjs:22', '../lost.cjs:25']);
  });
});

function fileOf(folder: string, name: string): string {
  const end = { vitest: 'test.mjs', jest: 'test.cjs', mocha: 'spec.cjs' }[folder] ?? 'test.mjs';
  return `${name}.${end}`;
}

/** What a runner printed, without its times, and without our own words. The files are run at once, so that they are told in any order. */
function told({ code, stdout, stderr }: Outcome): { code: number | null; lines: string[] } {
  const [own = ''] = stderr.split(/^✖ cross-task-exit/m);
  const lines = `${stdout}\n${own}`.split('\n').map((line) => line
    .replaceAll(/\d+(\.\d+)?\s?(ms|s)\b/g, 'TIME').replaceAll(/(duration_ms:?|at) [\d.:]+/g, '$1 TIME').replaceAll(/\d\d:\d\d:\d\d/g, 'TIME')
    .replaceAll(/(?:\(TIME\)|\bTIME\b)/g, '').replaceAll(/, estimated\s*/g, '').replaceAll(/\s+/g, ' ').trim());
  // Whether Node ran ticks between two timers is a matter of time.
  return { code, lines: lines.filter((line) => line !== '' && !/^at .*node:internal\/(?:timers|process)/.test(line)).sort() };
}
