/**
 * Source maps that only the running program has: loaders such as tsx transform in memory and hand
 * the map to Node. Maps on disk are left to the reader of the recording.
 */
import { findSourceMap } from 'node:module';
import { emit } from './channel.ts';

const asked = new Set<string>();

type FindMap = (file: string) => unknown;
const finders: FindMap[] = [];
/** A loader that keeps several sets of modules, as a watching test runner, is asked for the latest ones only. */
const MOST_FINDERS = 20;

/** A loader that Node knows nothing of. `find` gives what is in a map, undefined when there is none, and runs no code of the program. */
export function addMaps(find: FindMap): void {
  finders.unshift(find);
  if (finders.length > MOST_FINDERS) finders.length = MOST_FINDERS;
}

export function announceSourceMap(file: string): void {
  if (file === '' || file.startsWith('node:') || asked.has(file)) return;
  asked.add(file);
  try {
    // https://nodejs.org/api/module.html#modulefindsourcemappath: undefined unless maps are enabled
    const map: unknown = findSourceMap(file)?.payload ?? findAmongLoaders(file);
    if (map) emit({ kind: 'source-map-seen', file, map });
  } catch {
    // Without its map the place is shown as the program runs it.
  }
}

function findAmongLoaders(file: string): unknown {
  for (const find of finders) {
    const map = find(file);
    if (map !== undefined) return map;
  }
  return undefined;
}

const INLINE = 'sourceMappingURL=data:application/json;';
const BASE64 = ';base64,';

/** The map that is written behind the code itself. */
export function inlineMapOf(code: string): unknown {
  const start = code.lastIndexOf(INLINE);
  if (start === -1) return undefined;
  const [head = ''] = /^[^\s,]*,/.exec(code.slice(start + INLINE.length - 1)) ?? [];
  if (!head.endsWith(BASE64)) return undefined;
  const [data = ''] = /^[\w+/=-]+/.exec(code.slice(start + INLINE.length - 1 + head.length)) ?? [];
  return JSON.parse(Buffer.from(data, 'base64').toString()) as unknown;
}
