/**
 * `npm test [-- --no-build] [-- vitest arguments]`: builds, fetches the other Node lines when they
 * are missing, and runs the tests against the built package.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2).filter((argument) => argument !== '--no-build');

function run(command, ...commandArgs) {
  const { status, signal } = spawnSync(command, commandArgs, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? (signal ? 1 : 0));
}

if (!process.argv.includes('--no-build')) run(process.execPath, 'scripts/build.mjs');
const lines = join(root, 'test', 'node-lines');
if (['node22', 'node24', 'node26'].some((line) => !existsSync(join(lines, 'node_modules', line, 'bin', 'node')))) {
  run('npm', 'ci', '--prefix', lines, '--no-audit', '--no-fund');
}
run(process.execPath, join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...args);
