import { readFileSync, statSync } from 'node:fs';

/**
 * The text of a regular file. Undefined for everything else: a pipe or a terminal waits for
 * somebody to write, a device may never end, and what `/proc` invents has no size.
 *
 * @param most - bytes; a larger file is not read
 */
export function readRegularFile(path: string, most: number): string | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size > 0 && stats.size <= most ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
