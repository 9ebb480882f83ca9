import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A Node line that the tests can start: `name` is the major version, `path` the binary. */
export interface NodeLine {
  readonly name: '20' | '22' | '24' | '26';
  readonly path: string;
}

const NAMES = ['20', '22', '24', '26'] as const;

function pathOf(name: NodeLine['name']): string | undefined {
  if (process.versions.node.split('.')[0] === name) return process.execPath;
  const path = fileURLToPath(new URL(`../node-lines/node_modules/node${name}/bin/node`, import.meta.url));
  return existsSync(path) ? path : undefined;
}

/** The supported lines that are here. The line of the running Node stands for its own major version. */
export const nodeLines: readonly NodeLine[] = NAMES.flatMap((name) => {
  const path = pathOf(name);
  return path === undefined ? [] : [{ name, path }];
});
