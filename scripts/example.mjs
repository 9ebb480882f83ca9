/**
 * `npm run example`: runs the bundled agent under scope-trace, first as it was written, then as
 * it was mended. Succeeds when the first one ends with findings and the second one with none.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

const FINDINGS = 66;
const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist', 'src', 'cli.js');

function run(...args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status;
}

function trace(program, expected, meaning) {
  console.log(`$ scope-trace -- node ${program}\n`);
  const status = run(cli, '--', 'node', program);
  if (status === expected) return console.log(`\nexit code ${status}: ${meaning}\n`);
  console.error(`\nexit code ${status}, where ${expected} was expected`);
  process.exit(1);
}

if (!existsSync(cli) && run('scripts/build.mjs') !== 0) process.exit(1);
trace('examples/agent/broken.mjs', FINDINGS, 'the program succeeded, and scope-trace found what a CI job should fail on');
trace('examples/agent/fixed.mjs', 0, 'the program succeeded, and nothing was found');
