/**
 * Source maps that only the running program has: loaders such as tsx transform in memory and hand
 * the map to Node. Maps on disk are left to the reader of the recording.
 */
import { findSourceMap } from 'node:module';
import { emit } from './channel.ts';

const asked = new Set<string>();

export function announceSourceMap(file: string): void {
  if (file === '' || file.startsWith('node:') || asked.has(file)) return;
  asked.add(file);
  try {
    // https://nodejs.org/api/module.html#modulefindsourcemappath: undefined unless maps are enabled
    const map = findSourceMap(file);
    if (map?.payload) emit({ kind: 'source-map-seen', file, map: map.payload });
  } catch {
    // Without its map the place is shown as the program runs it.
  }
}
