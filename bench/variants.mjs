/**
 * What is compared: the plain program, scope-trace, and the peers. Each is a preload, so that
 * only the program is measured and no command around it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const preload = (name) => fileURLToPath(new URL(`./preloads/${name}`, import.meta.url));
const tracker = fileURLToPath(new URL('../dist/preload.cjs', import.meta.url));

const required = (file) => ({ NODE_OPTIONS: `--require "${file}"` });
const imported = (file) => ({ NODE_OPTIONS: `--import "${pathToFileURL(file)}"` });

/** @typedef {{ id: string, title: string, env: (session: string) => Record<string, string> }} Variant */

/** @type {readonly Variant[]} The first is what every other one is compared with. */
export const VARIANTS = [
  { id: 'plain', title: 'plain', env: () => ({}) },
  {
    id: 'scope-trace',
    title: 'scope-trace',
    env: (session) => ({ ...required(tracker), SCOPE_TRACE_SESSION: session }),
  },
  {
    id: 'unbounded',
    title: 'scope-trace --slowdown none',
    env: (session) => ({
      ...required(tracker), SCOPE_TRACE_SESSION: session, SCOPE_TRACE_SETTINGS: JSON.stringify({ slowdown: 'none' }),
    }),
  },
  {
    id: 'async-hooks',
    title: 'empty async_hooks',
    env: () => required(preload('async-hooks.cjs')),
  },
  {
    id: 'promise-hooks',
    title: 'empty v8.promiseHooks',
    env: () => required(preload('promise-hooks.cjs')),
  },
  {
    id: 'why-is-node-running',
    title: 'why-is-node-running',
    env: () => imported(preload('why-is-node-running.mjs')),
  },
  {
    id: 'vitest',
    title: "vitest's leak hook",
    env: () => required(preload('vitest-leak-hook.cjs')),
  },
];

/**
 * Runs `use` with the environment of a variant and a session folder that is removed afterwards.
 *
 * @template T
 * @param {Variant} variant
 * @param {(env: NodeJS.ProcessEnv, session: string) => Promise<T>} use
 */
export async function withVariant(variant, use) {
  const session = mkdtempSync(join(tmpdir(), 'scope-trace-bench-'));
  try {
    return await use({ ...process.env, NODE_OPTIONS: '', ...variant.env(session) }, session);
  } finally {
    rmSync(session, { recursive: true, force: true });
  }
}
