import type { SessionTrace, Source, Sources } from '../reports/index.ts';

/** More files than this are not searched for comments that nothing fits. */
const MOST = 2000;
const WHOLE_FILE = 2 ** 30;

/** The user's own sources that ran, as far as they can be read and speak of this tool. */
export function commentedSources({ programs }: SessionTrace, sources: Sources): readonly Source[] {
  const found = new Map<string, Source | undefined>();
  for (const { id, sites } of programs) {
    for (const site of sites.values()) {
      if (found.size >= MOST || site.file.startsWith('node:') || /[\\/]node_modules[\\/]/.test(site.file)) continue;
      const place = sources.resolve(id, site);
      if (place.library || found.has(place.file)) continue;
      const lines = sources.excerpt(place, WHOLE_FILE)?.lines;
      const speaks = lines?.some((line) => line.includes('scope-trace-ignore-next-line')) === true;
      found.set(place.file, lines !== undefined && speaks ? { file: place.file, lines } : undefined);
    }
  }
  return [...found.values()].filter((source) => source !== undefined);
}
