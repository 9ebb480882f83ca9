/**
 * `npm test [-- --no-build] [-- vitest arguments]`: builds, fetches the other Node lines, the frameworks
 * and the packages that programs are tested on when they are missing, and runs the tests against the built package.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
/** Folders with packages of their own: what the tests need there beside what is installed for all. */
function install(folder, isComplete) {
  if (!isComplete(join(folder, 'node_modules'))) run('npm', 'ci', '--prefix', folder, '--no-audit', '--no-fund');
}
install(join(root, 'test', 'node-lines'), (modules) =>
  ['node22', 'node24', 'node26'].every((line) => existsSync(join(modules, line, 'bin', 'node'))),
);
const frameworks = join(root, 'test', 'frameworks');
for (const { name } of readdirSync(frameworks, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  install(join(frameworks, name), existsSync);
}
for (const name of ['profiles', 'runners']) {
  const folder = join(root, 'test', name);
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  install(folder, (modules) => Object.keys(dependencies).every((each) => existsSync(join(modules, each))));
}
run(process.execPath, join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...args);
