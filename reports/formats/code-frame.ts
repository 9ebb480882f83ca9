/** A few lines of source with a caret under the place. */
import type { Excerpt, Place } from '../sources.ts';
import type { FormatOptions } from './style.ts';
import { clip, sanitize } from './wrap.ts';

const BEFORE = 2;
const AFTER = 1;
const TAB = '  ';
/** Of a long line this much stays visible before the place. */
const LEAD = 12;
/** Columns of code, however narrow the terminal is. */
const LEAST_ROOM = 6;

/** Lines without indentation of their own, at most five. */
export function frameCode(place: Place, excerpt: Excerpt, { style, width }: FormatOptions): string[] {
  const first = Math.max(excerpt.firstLine, place.line - BEFORE);
  const numbered = excerpt.lines
    .map((text, at) => ({ line: excerpt.firstLine + at, text }))
    .filter(({ line }) => line >= first && line <= place.line + AFTER);
  while (numbered[0] !== undefined && isFiller(numbered[0], place)) numbered.shift();
  while (numbered.length > 0 && isFiller(numbered.at(-1), place)) numbered.pop();
  const digits = String(numbered.at(-1)?.line ?? place.line).length;
  const room = Math.max(LEAST_ROOM, width - digits - 5);
  const shift = shiftOf(numbered, place, room);
  return numbered.flatMap(({ line, text }) => {
    const here = line === place.line;
    const code = clip(sanitize(untab(text)).slice(shift), room);
    const margin = `${here ? '>' : ' '} ${String(line).padStart(digits)} │`;
    if (!here) return [style.dim(`${margin} ${code}`.trimEnd())];
    const caret = untab(text.slice(0, place.column - 1)).length - shift;
    const under = `  ${' '.repeat(digits)} │ `;
    const mark = `${style.dim(under)}${' '.repeat(Math.max(0, caret))}${style.red('^')}`;
    return [`${style.red('>')}${style.dim(margin.slice(1))} ${code}`, ...(caret < room ? [mark] : [])];
  });
}

function isFiller(one: { line: number; text: string } | undefined, place: Place): boolean {
  return one !== undefined && one.line !== place.line && one.text.trim() === '';
}

/** How many columns to leave out: the common indentation, or more so that the place is seen. */
function shiftOf(lines: readonly { line: number; text: string }[], place: Place, room: number): number {
  const indents = lines.filter(({ text }) => text.trim() !== '').map(({ text }) => indentOf(untab(text)));
  const common = indents.length === 0 ? 0 : Math.min(...indents);
  const text = lines.find(({ line }) => line === place.line)?.text ?? '';
  const column = untab(text.slice(0, place.column - 1)).length;
  return column - common < room ? common : Math.max(common, column - Math.min(LEAD, Math.floor(room / 2)));
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function untab(text: string): string {
  return text.replaceAll('\t', TAB);
}
