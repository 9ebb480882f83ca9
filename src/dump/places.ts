/** From the places of a running program to those of its user's source. */
import type { Place, RawPlace } from '../../reports/index.ts';
import { decodeMapUrl } from '../source-maps.ts';
import { pathOf } from '../source-files.ts';
import { createSources } from '../sources.ts';
import type { Frame } from './inspector/liveness.ts';
import type { Location } from './inspector/locate.ts';
import type { Scripts } from './inspector/scripts.ts';

/** Undefined for a place without a file. */
export type Resolve = (at: Location | Frame) => Place;

const raw = new WeakMap<Place, RawPlace>();

/** What a place was before source maps. Absent: it was not made by a resolver of this file. */
export function rawOf(place: Place): RawPlace | undefined {
  return raw.get(place);
}

/** @param cwd - what shown paths are relative to */
export function createResolver(scripts: Scripts, cwd: string): Resolve {
  const sourceMaps = new Map<string, unknown>();
  const program = '';
  const sources = createSources({ programs: [{ id: program, sourceMaps }] }, cwd);
  let known = 0;
  /** Scripts may have come since: a map inside the code itself is the one that counts. */
  const refresh = (): void => {
    if (known === scripts.size) return;
    known = scripts.size;
    for (const { url, sourceMapUrl } of scripts.values()) {
      if (!sourceMapUrl.startsWith('data:') || sourceMaps.has(url)) continue;
      const map = decodeMapUrl(sourceMapUrl);
      sourceMaps.set(url, map);
      // The program's own stacks name a CommonJS file by its path.
      const path = pathOf(url);
      if (path !== undefined) sourceMaps.set(path, map);
    }
  };
  return (at) => {
    refresh();
    const file = 'url' in at ? at.url : at.file;
    const seen = { file, line: at.line, column: at.column, ...(at.function === '' ? {} : { function: at.function }) };
    const place = sources.resolve(program, { kind: 'site-seen', site: 0, ...seen });
    raw.set(place, seen);
    return place;
  };
}
