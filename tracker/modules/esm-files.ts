/**
 * Before `module.registerHooks` the loader could only be changed by a thread of its own. It reads
 * modules with `fs.promises.readFile`, though, looked up anew for each one:
 * https://github.com/nodejs/node/blob/v20.19.0/lib/internal/modules/esm/load.js
 */
import { promises } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findPackageJson } from './package-json.ts';
import { take } from '../frames.ts';
import type { Undo } from '../instruments/instrument.ts';
import { replaceMethod } from '../instruments/patch.ts';

const LOADER = 'node:internal/modules/esm/load';

const { then } = Promise.prototype;

/** `trailer`: what to put behind the source of the module at a URL. Absent: it stays as it is. */
export function readThroughFiles(trailer: (url: string) => string | undefined): Undo {
  return replaceMethod(promises, 'readFile', (original) => ({
    method(this: unknown, ...given: unknown[]): unknown {
      const read = Reflect.apply(original, this, given);
      const more = given.length === 1 ? wantedBehind(given[0], trailer) : undefined;
      if (more === undefined) return read;
      return Reflect.apply(then, read, [(source: Uint8Array) => Buffer.concat([source, Buffer.from(more)])]);
    },
  }.method));
}

/** Absent: it is not the loader that reads, or not a module that is watched. */
function wantedBehind(url: unknown, trailer: (url: string) => string | undefined): string | undefined {
  try {
    if (!(url instanceof URL)) return undefined;
    const more = trailer(url.href);
    if (more === undefined || !isEsModule(url) || take(2, wantedBehind)[1]?.getFileName() !== LOADER) return undefined;
    return more;
  } catch {
    return undefined;
  }
}

function isEsModule(url: URL): boolean {
  if (url.pathname.endsWith('.mjs')) return true;
  return url.pathname.endsWith('.js') && findPackageJson(fileURLToPath(url))?.type === 'module';
}
