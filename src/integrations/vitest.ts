/**
 * A plugin for Vitest: tests that leak fail, with the finding as their error. The workers get the tracker; whether a
 * test has leaked is judged in Vitest's main process, so that nothing of ours runs among the tests.
 */
import type {} from 'vitest';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENVIRONMENT } from '../../tracker/protocol.ts';
import { readIntegrationOptions, settingsFor, TestJudge } from './test-judge.ts';
import type { IntegrationOptions } from './test-judge.ts';
import { createReporter } from './vitest-reporter.ts';
import type { TestOptions } from './vitest-reporter.ts';

export type { IntegrationOptions } from './test-judge.ts';
export type { TestOptions } from './vitest-reporter.ts';

declare module 'vitest' {
  interface TaskMeta {
    scopeTrace?: TestOptions;
  }
}

/** What is used of Vitest's own objects. */
interface Context {
  readonly vitest: { readonly config: { readonly root: string; reporters: unknown; readonly watch?: boolean }; onClose?(close: () => void): void };
  readonly project: { readonly config: ProjectConfig };
}

interface ProjectConfig {
  env: unknown;
  execArgv?: unknown;
  /** Version 3. */
  poolOptions?: unknown;
  readonly browser?: { readonly enabled?: boolean };
}

export interface VitestPlugin {
  readonly name: string;
  readonly configureVitest: (context: Context) => Promise<void>;
}

const PRELOAD = fileURLToPath(new URL('../../preload.cjs', import.meta.url));
const POOLS = ['forks', 'threads', 'vmForks', 'vmThreads'];

/**
 * @example
 * import { scopeTrace } from 'scope-trace/vitest';
 * export default defineConfig({ plugins: [scopeTrace()] });
 */
export function scopeTrace(options: IntegrationOptions = {}): VitestPlugin {
  const sessions = new WeakMap<object, Promise<Readonly<Record<string, string>> | undefined>>();
  return {
    name: 'scope-trace',
    configureVitest: async ({ vitest, project }) => {
      // One for all projects of a run.
      let session = sessions.get(vitest);
      if (session === undefined) sessions.set(vitest, (session = openSession(vitest, options)));
      const env = await session;
      if (env !== undefined && project.config.browser?.enabled !== true) preload(project.config, env);
    },
  };
}

/** Returns what the workers' environment must hold. Absent: `scope-trace -- vitest run` sees to that. */
async function openSession(vitest: Context['vitest'], given: IntegrationOptions): Promise<Readonly<Record<string, string>> | undefined> {
  const { root } = vitest.config;
  const options = await readIntegrationOptions(root, given);
  const around = process.env[ENVIRONMENT.session];
  const directory = around ?? (await mkdtemp(join(tmpdir(), 'scope-trace-tests-')));
  const reporter = createReporter(new TestJudge(directory, root, options), root);
  // The first one: what it says of a test is there when the others print it.
  vitest.config.reporters = [reporter, ...(Array.isArray(vitest.config.reporters) ? (vitest.config.reporters as unknown[]) : [])];
  if (around !== undefined) return undefined;
  const remove = (): void => { rmSync(directory, { recursive: true, force: true, maxRetries: 2 }); };
  process.once('exit', remove);
  return { [ENVIRONMENT.session]: directory, [ENVIRONMENT.settings]: JSON.stringify(settingsFor(options)) };
}

function preload(config: ProjectConfig, env: Readonly<Record<string, string>>): void {
  config.env = { ...(config.env as object | undefined), ...env };
  const args = ['--require', PRELOAD];
  if (Array.isArray(config.execArgv)) config.execArgv = [...(config.execArgv as unknown[]), ...args];
  const pools = config.poolOptions as Record<string, { execArgv?: readonly string[] } | undefined> | undefined;
  if (Array.isArray(config.execArgv) || pools === undefined) return;
  for (const pool of POOLS) pools[pool] = { ...pools[pool], execArgv: [...(pools[pool]?.execArgv ?? []), ...args] };
}
