import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface PackageJson {
  readonly type?: unknown;
}

/** The nearest one above a file. Absent: there is none, or it cannot be read. */
export function findPackageJson(path: string): PackageJson | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) return undefined;
    }
  }
}
