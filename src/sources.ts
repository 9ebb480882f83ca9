import type { TraceMap } from '@jridgewell/trace-mapping';
import { pathToFileURL } from 'node:url';
import type { Excerpt, Place, ProgramTrace, Sources } from '../reports/index.ts';
import type { ProgramId, SiteSeen } from '../tracker/protocol.ts';
import { SourceFiles, displayName, pathOf } from './source-files.ts';
import { findMap, originalOf, parseMap } from './source-maps.ts';

/** Where the text of a place can be read. */
interface Origin {
  readonly path?: string;
  readonly content?: string;
}

/** Programs, and the source maps that they announced: by file, as objects or as text. */
export interface Announcements {
  readonly programs: readonly Pick<ProgramTrace, 'id' | 'sourceMaps'>[];
}

/**
 * Resolves places with the source maps of a session: those its programs announced, and those
 * beside or inside the files on disk. What is missing is left out; nothing is an error.
 *
 * @param cwd - absolute path of the folder that shown paths are relative to
 */
export function createSources(session: Announcements, cwd: string): Sources {
  const files = new SourceFiles();
  const maps = new Map<string, TraceMap | undefined>();
  const origins = new WeakMap<Place, Origin>();
  const announced = new Map(session.programs.map((program) => [program.id, program.sourceMaps]));

  const mapOf = (program: ProgramId, file: string): TraceMap | undefined => {
    const known = announced.get(program);
    // An inspector names files by their URLs, a CommonJS program by their paths.
    const own = known?.get(file) ?? known?.get(pathOf(file) ?? '');
    const key = own === undefined ? file : `${program} ${file}`;
    if (!maps.has(key)) maps.set(key, own === undefined ? findMap(file, files) : parseMap(own, addressOf(file)));
    return maps.get(key);
  };

  return {
    resolve(program, site) {
      const map = site.file === '' ? undefined : mapOf(program, site.file);
      const original = map === undefined ? undefined : originalOf(map, site.line, site.column);
      const file = original?.source ?? site.file;
      const place = placeOf(file, original ?? site, site, cwd);
      const path = pathOf(file);
      origins.set(place, {
        ...(path === undefined ? {} : { path }),
        ...(original?.content === undefined ? {} : { content: original.content }),
      });
      return place;
    },
    excerpt(place, around) {
      const origin = origins.get(place);
      // The map's own copy comes first: it is what was compiled, whatever became of the file.
      const text = origin?.content ?? (origin?.path === undefined ? undefined : files.read(origin.path));
      return text === undefined ? undefined : excerptOf(text, place.line, around);
    },
  };
}

function placeOf(file: string, at: { readonly line: number; readonly column: number }, site: SiteSeen, cwd: string): Place {
  return {
    file: displayName(file, cwd),
    line: at.line,
    column: at.column,
    ...(site.function === undefined ? {} : { function: site.function }),
    library: /[\\/]node_modules[\\/]/.test(file),
    internal: file.startsWith('node:'),
  };
}

function excerptOf(text: string, line: number, around: number): Excerpt | undefined {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
  if (line > lines.length) return undefined;
  const first = Math.max(1, line - around);
  return { firstLine: first, lines: lines.slice(first - 1, line + around) };
}

function addressOf(file: string): string {
  const path = pathOf(file);
  return path === undefined ? file : pathToFileURL(path).href;
}
