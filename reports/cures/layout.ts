/** Statements as they are shown: their common indentation taken off, or put on. */
import { textAt, type Code, type Range } from './code.ts';

/** More lines than these are not shown: those around what is changed are left out. */
const MOST_LINES = 8;
export const LEFT_OUT = '// …';

/** A range of tokens and what is to stand there. */
export interface Edit extends Range {
  readonly text: string;
}

/** The text of a range, with edits, in their order. */
export function rewritten(code: Code, { from, to }: Range, edits: readonly Edit[] = []): string {
  let at = code.tokens[from]?.offset ?? 0;
  let text = '';
  for (const edit of edits) {
    text += code.text.slice(at, code.tokens[edit.from]?.offset) + edit.text;
    at = code.tokens[edit.to]?.end ?? at;
  }
  return text + code.text.slice(at, code.tokens[to]?.end);
}

/** The lines of whole statements, with the comment that ends the last line, and with edits, in their order. */
export function linesOf(code: Code, { from, to }: Range, edits: readonly Edit[] = []): string[] {
  const start = code.tokens[from]?.offset ?? 0;
  const lineStart = code.text.lastIndexOf('\n', start - 1) + 1;
  let at = code.text.slice(lineStart, start).trim() === '' ? lineStart : start;
  let text = '';
  for (const edit of edits) {
    text += code.text.slice(at, code.tokens[edit.from]?.offset) + edit.text;
    at = code.tokens[edit.to]?.end ?? at;
  }
  const end = code.tokens[hasSemicolon(code, { from, to }) ? to + 1 : to]?.end ?? start;
  const comment = /^[^\S\n]*\/\/[^\n]*/.exec(code.text.slice(end))?.[0] ?? '';
  return dedent(text + code.text.slice(at, end) + comment);
}

/** Whether one ends the statement. */
export function hasSemicolon(code: Code, { to }: Range): boolean {
  return textAt(code, to + 1) === ';';
}

/** The same for what is put in its place. */
export function semicolonOf(code: Code, range: Range): string {
  return hasSemicolon(code, range) ? ';' : '';
}

export function dedent(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const filled = lines.filter((line) => line !== '');
  const common = Math.min(...filled.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(common));
}

export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

/** Whether a piece of text goes over several lines, which indentation would change. */
export function hasLongText(code: Code, { from, to }: Range): boolean {
  for (let at = from; at <= to; at++) {
    const token = code.tokens[at];
    if (token?.text === '`' && code.text.slice(token.offset, token.end).includes('\n')) return true;
  }
  return false;
}

export function isShort(lines: readonly string[]): boolean {
  return lines.length <= MOST_LINES;
}
