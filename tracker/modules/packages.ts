/** Which package a file belongs to, and whether a package is installed where the program runs. */
import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

const FOLDER = `${sep}node_modules${sep}`;
const MOST_LEVELS = 40;

export interface FileOfPackage {
  readonly name: string;
  /** Inside the package, with forward slashes. */
  readonly file: string;
}

/** The innermost package in `node_modules` that the file lies in. @param path - absolute */
export function packageOf(path: string): FileOfPackage | undefined {
  const at = path.lastIndexOf(FOLDER);
  if (at === -1) return undefined;
  const start = at + FOLDER.length;
  let end = path.indexOf(sep, start);
  if (path[start] === '@') end = path.indexOf(sep, end + 1);
  if (end === -1) return undefined;
  const name = path.slice(start, end);
  const file = path.slice(end + 1);
  return sep === '/' ? { name, file } : { name: name.replaceAll(sep, '/'), file: file.replaceAll(sep, '/') };
}

let folders: readonly string[] | undefined;

/**
 * Whether the package can be seen from the current folder or from the main script. One that is not is
 * most likely not loaded either.
 */
export function isNearby(name: string): boolean {
  folders ??= findFolders();
  return folders.some((folder) => existsSync(join(folder, name)));
}

/** The `node_modules` folders of both, with the one in which pnpm keeps what others depend on. */
function findFolders(): readonly string[] {
  const found = new Set<string>();
  for (const start of [process.cwd(), dirname(process.argv[1] ?? '')]) {
    let folder = start;
    for (let level = 0; level < MOST_LEVELS; level++) {
      const modules = join(folder, 'node_modules');
      if (existsSync(modules)) found.add(modules).add(join(modules, '.pnpm', 'node_modules'));
      const parent = dirname(folder);
      if (parent === folder) break;
      folder = parent;
    }
  }
  return [...found];
}
