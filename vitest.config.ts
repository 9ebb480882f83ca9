import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // What the build puts in; tests of single functions load them from their source.
  define: { __SCOPE_TRACE_VERSION__: JSON.stringify('0.0.0') },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/programs/**'],
    pool: 'forks',
    // Most of a test is waiting for programs that it has started, so two files at once are not too many for two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: ['default'],
    // Tests start real programs, several Node lines of them; a slow machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
