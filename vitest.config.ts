import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/programs/**'],
    pool: 'forks',
    reporters: ['default'],
    // Tests start real programs, several Node lines of them; a slow machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
