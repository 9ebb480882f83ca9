/** A source file as tokens that know the bracket they stand in. No grammar: what reads it checks what it finds. */
import { tokensOf, type Token } from '../source-tokens.ts';

export interface Code {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** For each token, the index of the bracket that it stands in; -1 outside of all. A bracket stands in the one around it. */
  readonly within: readonly number[];
  /** The other one of a pair of brackets. */
  readonly partner: ReadonlyMap<number, number>;
  readonly lineStarts: readonly number[];
  /** TypeScript: what stands between `<` and `>` before a parenthesis may be types. */
  readonly isTyped: boolean;
  /** JSX may stand in it, of which tokens know nothing. */
  readonly hasMarkup: boolean;
}

const CLOSES: ReadonlyMap<string, string> = new Map([[')', '('], [']', '['], ['}', '{']]);

/** Nothing is read in longer files: they are made by tools, and so are such lines. */
const MOST_LINES = 20_000;
const LONGEST_LINE = 1000;

/**
 * `undefined` when brackets do not fit: then a string or a pattern was misread.
 *
 * @param file - its name, which tells the language. Absent: JavaScript
 */
export function readCode(lines: readonly string[], file = ''): Code | undefined {
  if (lines.length > MOST_LINES || lines.some(({ length }) => length > LONGEST_LINE)) return undefined;
  const text = lines.join('\n');
  const tokens = [...tokensOf(text)];
  const within: number[] = [];
  const partner = new Map<number, number>();
  const open: number[] = [];
  for (const [at, token] of tokens.entries()) {
    const [closes, opens] = bracketOf(token, text);
    if (closes !== '') {
      const from = open.pop();
      if (from === undefined || bracketOf(tokens[from] as Token, text)[1] !== closes) return undefined;
      partner.set(from, at).set(at, from);
    }
    within.push(open.at(-1) ?? -1);
    if (opens !== '') open.push(at);
  }
  if (open.length > 0) return undefined;
  const lineStarts = [0];
  for (const { length } of lines) lineStarts.push((lineStarts.at(-1) ?? 0) + length + 1);
  return { text, tokens, within, partner, lineStarts, isTyped: /\.[cm]?tsx?$/.test(file), hasMarkup: /\.[jt]sx$/.test(file) };
}

/** What it closes and what it opens; the middle of a template does both. */
function bracketOf({ text: token, offset, end }: Token, text: string): [string, string] {
  if (token === '`') return [text[offset] === '}' ? '${' : '', text.startsWith('${', end - 2) ? '${' : ''];
  return [CLOSES.get(token) ?? '', token === '(' || token === '[' || token === '{' ? token : ''];
}

/** Index of the token at a place, both from 1. `undefined` when there is none. */
export function tokenAt(code: Code, line: number, column: number): number | undefined {
  const start = code.lineStarts[line - 1];
  if (start === undefined) return undefined;
  const offset = start + column - 1;
  let [low, high] = [0, code.tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((code.tokens[middle] as Token).end > offset) high = middle;
    else low = middle + 1;
  }
  const found = code.tokens[low];
  return found === undefined || found.offset > offset ? undefined : low;
}

export function textAt(code: Code, at: number): string {
  return code.tokens[at]?.text ?? '';
}

/** The source from one token to the end of another. */
export function slice(code: Code, from: number, to: number): string {
  return code.text.slice(code.tokens[from]?.offset ?? 0, code.tokens[to]?.end ?? 0);
}

/** Whether a token begins a line. */
export function beginsLine(code: Code, at: number): boolean {
  const before = code.tokens[at - 1];
  return before === undefined || code.text.slice(before.end, code.tokens[at]?.offset).includes('\n');
}

/** Whether the tokens are these, one after the other. */
export function reads(code: Code, at: number, ...words: readonly string[]): boolean {
  return words.every((word, step) => textAt(code, at + step) === word);
}

/** Whether one of the words stands between two tokens, both included. */
export function mentions(code: Code, from: number, to: number, words: ReadonlySet<string>): boolean {
  for (let at = from; at <= to; at++) if (words.has(textAt(code, at))) return true;
  return false;
}

export interface Range {
  /** Index of the first token. */
  readonly from: number;
  /** Index of the last one. */
  readonly to: number;
}

/** What commas divide, between a bracket and its partner. */
export function partsOf(code: Code, open: number): Range[] {
  const close = code.partner.get(open) ?? open;
  const parts: Range[] = [];
  let from = open + 1;
  for (let at = open + 1; at <= close; at++) {
    const isEnd = at === close || (textAt(code, at) === ',' && code.within[at] === open);
    if (!isEnd) continue;
    if (at > from) parts.push({ from, to: at - 1 });
    else if (at < close) parts.push({ from, to: from - 1 });
    from = at + 1;
  }
  return parts;
}

/** What may stand in a list of types that is short enough to be read. */
const TYPES = /^(?:[\p{ID_Continue}$]+|[.,|&[\]{}:;?`<>])$/u;
const MOST_TYPES = 40;

/** Behind a list of types, `<Row>`, in TypeScript; the same token where there is none. */
export function afterTypes(code: Code, at: number): number {
  if (!code.isTyped || textAt(code, at) !== '<') return at;
  let depth = 0;
  for (let end = at; end < at + MOST_TYPES && TYPES.test(textAt(code, end)); end++) {
    if (textAt(code, end) === '<') depth++;
    if (textAt(code, end) === '>' && --depth === 0) return end + 1;
  }
  return at;
}

/** Whether a bracket, or another one inside of it, holds a token. */
export function encloses(code: Code, open: number, at: number): boolean {
  return open < at && at < (code.partner.get(open) ?? open);
}

export function isWord(text: string): boolean {
  return /^[\p{ID_Start}$_#][\p{ID_Continue}$]*$/u.test(text);
}
