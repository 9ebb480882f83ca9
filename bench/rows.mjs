/**
 * The rows of the table. To add one, append it here.
 *
 * `ratio` rows compare by division, the others by difference. A goal is the most that scope-trace
 * may reach; a floor is what the cheapest possible hooks cost, measured once on all lines.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runForCpuTime, runForWallTime, runScript, runServer } from './run-program.mjs';

const require = createRequire(import.meta.url);
const eslint = dirname(require.resolve('eslint/package.json'));
const linterConfig = fileURLToPath(new URL('./programs/linter.config.mjs', import.meta.url));

const script =
  (...args) =>
  (node, env) =>
    runScript(node, args, env);
const collected =
  (...args) =>
  (node, env) =>
    runScript(node, args, env, ['--expose-gc']);

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} title
 * @property {'ratio' | 'bytes' | 'ms' | 'MiB'} unit
 * @property {number} [goal]
 * @property {number} [floor]
 * @property {number} [repeat] rounds of this row for one round of the others
 * @property {readonly string[]} [only] variants that make sense here; absent: all
 * @property {(node: string, env: NodeJS.ProcessEnv) => Promise<{ value: number }>} run
 */

/** @type {readonly Row[]} */
export const ROWS = [
  {
    id: 'await',
    title: 'await-only loop: a call awaited at once',
    unit: 'ratio',
    goal: 3,
    floor: 2,
    run: script('await-calls.mjs'),
  },
  {
    id: 'await-value',
    title: 'await-only loop: a value awaited',
    unit: 'ratio',
    goal: 3,
    floor: 2,
    run: script('await-values.mjs'),
  },
  {
    id: 'fan-out',
    title: 'fan-out of 1000 calls with Promise.all',
    unit: 'ratio',
    goal: 2.5,
    floor: 1.8,
    run: script('fan-out.mjs'),
  },
  {
    id: 'generators',
    title: 'pipeline of three async generators',
    unit: 'ratio',
    goal: 2,
    floor: 1.5,
    run: script('generators.mjs'),
  },
  {
    id: 'abort-trees',
    title: 'requests with controllers, `AbortSignal.any`, listeners and aborts',
    unit: 'ratio',
    goal: 2,
    run: script('abort-trees.mjs'),
  },
  {
    id: 'generator-items',
    title: 'a million items through a pipeline of three async generators',
    unit: 'ratio',
    goal: 2,
    floor: 1.5,
    only: ['plain', 'scope-trace'],
    run: script('generator-items.mjs'),
  },
  {
    id: 'server',
    title: 'HTTP request: twenty awaited calls in a scope',
    unit: 'ratio',
    goal: 1.3,
    run: (node, env) => runServer(node, 'server.mjs', env),
  },
  {
    id: 'request-scopes',
    title: 'HTTP request without scopes of its own: a plain handler',
    unit: 'ratio',
    goal: 2,
    run: (node, env) => runServer(node, 'requests.mjs', env),
  },
  {
    id: 'linter',
    title: "a linter's run over a real tree, whole process",
    unit: 'ratio',
    goal: 1.1,
    run: (node, env) =>
      runForCpuTime(
        node,
        [
          join(eslint, 'bin', 'eslint.js'),
          '--config',
          linterConfig,
          join(eslint, 'lib', 'rules'),
        ],
        env,
      ),
  },
  {
    id: 'pending-promise',
    title: 'bytes of a pending `new Promise`',
    unit: 'bytes',
    goal: 250,
    floor: 25,
    run: collected('pending.mjs', 'constructed'),
  },
  {
    id: 'pending-call',
    title: 'bytes of a call that is suspended',
    unit: 'bytes',
    goal: 250,
    run: collected('pending.mjs', 'call'),
  },
  {
    id: 'startup',
    title: 'start-up of `node -e 0`, wall time',
    unit: 'ms',
    goal: 40,
    repeat: 5,
    run: (node, env) => runForWallTime(node, ['-e', '0'], env),
  },
  {
    id: 'soak',
    title: 'growth of live memory over a long run of everything, once what is bounded is full',
    unit: 'MiB',
    goal: 1,
    only: ['plain', 'scope-trace'],
    run: collected('soak.mjs'),
  },
];
