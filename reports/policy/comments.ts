/** `// scope-trace-ignore-next-line <rule>: <reason>` in the user's source. */
import type { AcceptedByIgnore, Finding, FindingPlace } from '../finding.ts';
import type { Report } from '../report.ts';
import { readCode } from '../cures/code.ts';
import { accept } from './accept.ts';
import { joinIgnores } from './ignores.ts';
import type { ReportIgnore } from './ignores.ts';

const COMMENT = /(?:\/\/|\/\*|^\s*\*)\s*scope-trace-ignore-next-line\b(.*)$/;
const WORDS = /^\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?::\s*(.*?))?\s*(?:\*\/.*)?$/;

interface Comment {
  readonly rules: readonly string[];
  /** Empty: none was given, and so it accepts nothing. */
  readonly reason: string;
}

function readComment(line: string | undefined): Comment | undefined {
  const rest = COMMENT.exec(line ?? '')?.[1];
  if (rest === undefined) return undefined;
  const [, rules = '', reason = ''] = WORDS.exec(rest) ?? [];
  return { rules: rules.split(',').map((rule) => rule.trim()), reason };
}

/**
 * The lines, from 1, on which such words are no comment but part of a string, a template or a pattern. None where the source cannot be
 * read, or holds JSX, whose texts look like code.
 */
function quotedLines({ file, lines }: Source): ReadonlySet<number> {
  const code = readCode(lines, file);
  if (code === undefined || code.hasMarkup) return new Set();
  const quoted = lines.flatMap((text, at) => {
    const match = COMMENT.exec(text);
    if (match === null) return [];
    const offset = (code.lineStarts[at] ?? 0) + text.indexOf('scope-trace-ignore-next-line', match.index);
    return code.tokens.some((token) => token.offset <= offset && offset < token.end) ? [at + 1] : [];
  });
  return new Set(quoted);
}

/** A source that was part of a program. */
export interface Source {
  /** As places name it. */
  readonly file: string;
  readonly lines: readonly string[];
}

/**
 * Accepts findings with a place below such a comment, or below several of them. The lines come from the excerpts, so
 * nothing else of the source is needed for that; `sources` are searched for comments that nothing fits.
 */
export function applyComments(report: Report, sources: readonly Source[]): Report {
  const used = new Set<string>();
  const quoted = new Map(sources.map((source) => [source.file, quotedLines(source)]));
  const commented = accept(report, (finding) => {
    const found = finding.places.map((place) => findComment(place, finding, quoted)).find((each) => each !== undefined);
    if (found !== undefined) used.add(found.where);
    return found;
  });
  const told = sources.flatMap((source) => tellComments(source, used, quoted.get(source.file)));
  const ignores = joinIgnores(report.ignores ?? [], told);
  return ignores.length === 0 ? commented : { ...commented, ignores };
}

function findComment({ place, excerpt }: FindingPlace, { rule }: Finding, quoted: ReadonlyMap<string, ReadonlySet<number>>): AcceptedByIgnore | undefined {
  if (place === undefined || excerpt === undefined) return undefined;
  for (let line = place.line - 1; line >= excerpt.firstLine; line--) {
    const comment = readComment(excerpt.lines[line - excerpt.firstLine]);
    if (comment === undefined || quoted.get(place.file)?.has(line) === true) return undefined;
    if (comment.rules.includes(rule) && comment.reason !== '') return { by: 'comment', reason: comment.reason, where: `${place.file}:${line}` };
  }
  return undefined;
}

function tellComments({ file, lines }: Source, used: ReadonlySet<string>, quoted?: ReadonlySet<number>): ReportIgnore[] {
  return lines.flatMap((text, at) => {
    const comment = readComment(text);
    if (comment === undefined || quoted?.has(at + 1) === true) return [];
    const where = `${file}:${at + 1}`;
    const state = used.has(where) ? 'used' : comment.reason === '' ? 'unreasoned' : 'unused';
    return [{ by: 'comment' as const, where, rule: comment.rules, reason: comment.reason, state }];
  });
}
