/**
 * How a recorded site becomes a place in the user's own source. Reading files and source maps is
 * no business of this room: the command hands in a {@link Sources}.
 */
import type { ProgramId, SiteId, SiteSeen } from '../tracker/protocol.ts';
import type { ProgramTrace } from './model.ts';

/** A place after source maps. */
export interface Place {
  /** For people: relative to the working folder where that is shorter. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Absent for anonymous functions and top-level code. */
  readonly function?: string;
  /** In an installed package (`node_modules`): code that the user cannot mend. */
  readonly library: boolean;
  /** In Node itself (`node:`). */
  readonly internal: boolean;
}

/** Some consecutive lines of a source. */
export interface Excerpt {
  /** Number of the first line, from 1. */
  readonly firstLine: number;
  /** Without line ends. */
  readonly lines: readonly string[];
}

export interface Sources {
  /** Total: a site without a usable map is its own place. Called seldom: results are kept. */
  resolve(program: ProgramId, site: SiteSeen): Place;
  /**
   * The lines around a place that `resolve` returned (the very object), at most `around` on either
   * side. `undefined` when the source cannot be read.
   */
  excerpt(place: Place, around: number): Excerpt | undefined;
}

/** Every site is its own place and no source can be read: for tests and raw recordings. */
export const identitySources: Sources = {
  resolve: (_program, site) => ({
    file: site.file,
    line: site.line,
    column: site.column,
    ...(site.function === undefined ? {} : { function: site.function }),
    library: /[\\/]node_modules[\\/]/.test(site.file),
    internal: site.file.startsWith('node:'),
  }),
  excerpt: () => undefined,
};

/** The places of one program, each resolved once and only when asked for. */
export interface Places {
  /** `undefined` for an absent or unannounced site. */
  of(site: SiteId | undefined): Place | undefined;
  /** The first frame of the user's own code; the innermost one when there is none. */
  user(stack: readonly SiteId[]): Place | undefined;
  excerpt(place: Place, around: number): Excerpt | undefined;
  /** As places name it: a path that the program names by itself. */
  nameFile(file: string): string;
}

export function createPlaces(trace: Pick<ProgramTrace, 'id' | 'sites'>, sources: Sources): Places {
  const known = new Map<SiteId, Place>();
  const of = (site: SiteId | undefined): Place | undefined => {
    if (site === undefined) return undefined;
    const seen = trace.sites.get(site);
    if (seen === undefined) return undefined;
    let place = known.get(site);
    if (place === undefined) known.set(site, (place = sources.resolve(trace.id, seen)));
    return place;
  };
  const user = (stack: readonly SiteId[]): Place | undefined => {
    let fallback: Place | undefined;
    for (const site of stack) {
      const place = of(site);
      if (place !== undefined && isUserCode(place)) return place;
      fallback ??= place;
    }
    return fallback;
  };
  const files = new Map<string, string>();
  const nameFile = (file: string): string => {
    let name = files.get(file);
    if (name === undefined) files.set(file, (name = sources.resolve(trace.id, { kind: 'site-seen', site: 0, file, line: 1, column: 1 }).file));
    return name;
  };
  return { of, user, nameFile, excerpt: (place, around) => sources.excerpt(place, around) };
}

export function isUserCode(place: Place): boolean {
  return !place.library && !place.internal;
}
