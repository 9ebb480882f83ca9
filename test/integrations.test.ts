/** The very tests that leak fail, and no others, without the command around them. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { start } from './support/command.ts';
import { nodeLines } from './support/node-lines.ts';
import { createWorkFolder } from './support/run-program.ts';

const folder = (name: string): string => fileURLToPath(new URL(`integrations/${name}/`, import.meta.url));
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const work = createWorkFolder();
const ENVIRONMENT = {
  TMPDIR: work.path,
  VITEST: undefined, VITEST_WORKER_ID: undefined, VITEST_POOL_ID: undefined, VITEST_MODE: undefined, TEST: undefined, NODE_ENV: undefined,
  NODE_TEST_CONTEXT: undefined, FORCE_COLOR: '0',
};

afterAll(() => {
  // Every run has removed what it wrote.
  const left = readdirSync(work.path).filter((name) => name.startsWith('scope-trace-'));
  work.remove();
  expect(left).toEqual([]);
});

describe.concurrent('with the integration', () => {
  test.each([{ pool: 'forks' }, { pool: 'vmThreads' }])('vitest fails the tests that leaked, in $pool', async ({ pool }) => {
    const { code, stdout, stderr } = await start(process.execPath, [vitest, 'run', '--pool', pool], { cwd: folder('vitest'), env: ENVIRONMENT }).ends();
    const failed = [...new Set([...stderr.matchAll(/^ FAIL {2}a\.test\.mjs > (.*)$/gm)].map(([, name]) => name))];
    expect(failed.sort(), `${stdout}\n${stderr}`).toEqual(['again', 'allows something else', 'expected to fail', 'outlived', 'twin']);
    // The one of two with the same name, and once.
    expect(stderr.split(' > twin\n')).toHaveLength(2);
    expect(stderr).toContain('scope-trace cross-task-exit: Scope "twin" was entered by task "opens twin" and exited by a timer');
    expect(stderr).toContain('❯ ../../runners/lost.cjs:22:13');
    expect(stderr).toMatch(/scope-trace leaked-task: Task late was started in scope "outlived"/);
    expect(stdout).toMatch(/Tests {2}5 failed \| 8 passed \| 1 skipped/);
    expect(code).toBe(1);
  });

  test.each(nodeLines)('node --test fails the tests that leaked, on Node $name', async ({ path }) => {
    const args = ['--import', 'scope-trace/node-test', '--test', '--test-reporter', 'tap'];
    const { code, stdout } = await start(path, args, { cwd: folder('node-test'), env: ENVIRONMENT }).ends();
    const failed = [...stdout.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, name]) => name?.replace(/^.*[\\/]/, ''));
    expect(failed, stdout).toEqual(['loses', 'suite', 'part', 'with parts', 'allows something else', 'b.test.mjs']);
    expect(stdout).toMatch(/cross-task-exit: Scope "loses" was entered by task "opens loses" and exited by a timer/);
    // What is only certain at the end fails the file.
    expect(stdout).toMatch(/unclosed-scope[^]*in test "never exits it" \(b\.test\.mjs\)/);
    expect(code).toBe(1);
  });
});
