import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRegularFile } from './regular-files.ts';

/** Nobody reads a frame of a larger file, and nobody should wait for one. */
const LARGEST_FILE = 32 * 2 ** 20;

/**
 * The path of a file as V8 or a source map names it: `file:` URLs become paths, a loader's query
 * is cut off. Undefined for what is no file: `node:fs`, `data:…`, evaluated code.
 */
export function pathOf(file: string): string | undefined {
  if (file.startsWith('file:')) {
    try {
      return fileURLToPath(file.replace(/[?#].*$/, ''));
    } catch {
      return undefined;
    }
  }
  return isAbsolute(file) ? file : undefined;
}

/** A file's name for people: relative to `cwd` where that is shorter. */
export function displayName(file: string, cwd: string): string {
  if (file === '') return '<evaluated code>';
  if (file.startsWith('data:')) return '<data: URL>';
  const path = pathOf(file);
  if (path === undefined) return file;
  const short = relative(cwd, path);
  return short !== '' && short.length < path.length ? short : path;
}

/** Reads text files, each once. */
export class SourceFiles {
  readonly #texts = new Map<string, string | undefined>();

  /** Undefined when there is no such regular file, or it is empty or too large. */
  read(path: string): string | undefined {
    if (!this.#texts.has(path)) this.#texts.set(path, readRegularFile(path, LARGEST_FILE));
    return this.#texts.get(path);
  }
}
