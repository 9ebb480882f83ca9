import { FlattenMap, GREATEST_LOWER_BOUND, LEAST_UPPER_BOUND, originalPositionFor, sourceContentFor } from '@jridgewell/trace-mapping';
import type { SourceMapInput, TraceMap } from '@jridgewell/trace-mapping';
import { pathToFileURL } from 'node:url';
import type { SourceFiles } from './source-files.ts';
import { pathOf } from './source-files.ts';

/** A position in a source, as its map tells it. */
export interface Original {
  /** A URL, or whatever the map's author wrote. */
  readonly source: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The source's text, where the map carries it. */
  readonly content?: string;
}

/** Finds and reads the source map of a file. Undefined when it has none that can be used. */
export function findMap(file: string, files: SourceFiles): TraceMap | undefined {
  const path = pathOf(file);
  const text = path === undefined ? undefined : files.read(path);
  if (path === undefined || text === undefined) return undefined;
  const reference = referenceIn(text);
  if (reference === undefined) return undefined;
  const here = pathToFileURL(path).href;
  if (reference.startsWith('data:')) return parseMap(decodeMapUrl(reference), here);
  const address = resolveUrl(reference, here);
  const mapPath = address === undefined ? undefined : pathOf(address);
  return mapPath === undefined ? undefined : parseMap(files.read(mapPath), address ?? here);
}

/**
 * @param map - Source Map v3 as text or object, also one with sections
 * @param address - URL of the map itself, or of its file: what its sources are relative to
 */
export function parseMap(map: unknown, address: string): TraceMap | undefined {
  if (map === undefined || map === null) return undefined;
  try {
    return new FlattenMap(map as SourceMapInput, address);
  } catch {
    return undefined;
  }
}

/** @param line - from 1 @param column - from 1 */
export function originalOf(map: TraceMap, line: number, column: number): Original | undefined {
  for (const bias of [GREATEST_LOWER_BOUND, LEAST_UPPER_BOUND] as const) {
    const found = originalPositionFor(map, { line, column: column - 1, bias });
    if (found.source === null) continue;
    const content = sourceContentFor(map, found.source);
    const place = { source: found.source, line: found.line, column: found.column + 1 };
    return content === null ? place : { ...place, content };
  }
  return undefined;
}

/** The last `sourceMappingURL` of a text, where nothing but comments and blanks comes after it. */
function referenceIn(text: string): string | undefined {
  const at = Math.max(text.lastIndexOf('//# sourceMappingURL='), text.lastIndexOf('//@ sourceMappingURL='));
  if (at < 0) return undefined;
  const [first = '', ...after] = text.slice(at).split(/\r?\n/);
  const isLast = after.every((line) => /^\s*(\/\/.*|\/\*.*\*\/)?\s*$/.test(line));
  const url = /sourceMappingURL=(\S+)\s*$/.exec(first)?.[1];
  return isLast ? url : undefined;
}

/** The text of a map that is a `data:` URL. */
export function decodeMapUrl(url: string): string | undefined {
  const comma = url.indexOf(',');
  const body = url.slice(comma + 1);
  try {
    return url.slice(0, comma).endsWith(';base64') ? Buffer.from(body, 'base64').toString('utf8') : decodeURIComponent(body);
  } catch {
    return undefined;
  }
}

function resolveUrl(reference: string, base: string): string | undefined {
  try {
    return new URL(reference, base).href;
  } catch {
    return undefined;
  }
}
