/** Package managers: they start the programs that are meant, and are not meant themselves. */
import { basename } from 'node:path';

const PACKAGE_MANAGERS: ReadonlySet<string> = new Set([
  'npm', 'npm-cli.js', 'npm-prefix.js', 'npx', 'npx-cli.js', 'pnpm', 'pnpm.cjs', 'pnpm.mjs', 'pnpx', 'pnpx.cjs', 'yarn', 'yarn.js',
  'yarn.cjs', 'yarnpkg', 'corepack', 'corepack.js', 'node-gyp', 'node-gyp.js',
]);
/** yarn keeps its releases in the repository under names with a version. */
const YARN_RELEASE = /^yarn-\d[\w.-]*\.c?js$/;

/** `argv`: as `process.argv`. */
export function isExcluded(argv: readonly string[]): boolean {
  const script = basename(argv[1] ?? '');
  return PACKAGE_MANAGERS.has(script) || YARN_RELEASE.test(script);
}
