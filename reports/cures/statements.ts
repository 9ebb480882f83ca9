/** Where statements and functions begin and end, as far as tokens tell. */
import { beginsLine, isWord, mentions, textAt, type Code, type Range } from './code.ts';
import type { Spot } from './cure.ts';

/** Their parentheses belong to a statement, not to a function. */
const STATEMENTS: ReadonlySet<string> = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'await']);
/** A line that begins so goes on with the one before. */
const GOES_ON = /^[.,?:([`=+\-*/%&|^<>!~)\]}]$|^(?:in|instanceof|as|satisfies)$/;
/** A line that ends so goes on with the next. */
const WANTS_MORE = /^[.,?:([={+\-*/%&|^<>!~]$|^(?:in|of|instanceof|as|return|typeof|case|void|await|new|delete|throw|yield|const|let|var|extends|default|export|async)$/;

export interface FunctionBody {
  /** Index of its brace. */
  readonly open: number;
  readonly close: number;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  /** Index of the parenthesis of its parameters. Absent: an arrow function with one, without parentheses. */
  readonly params?: number;
  readonly name?: string;
}

/** What a brace belongs to. `other`: an object, a class, or what is not known. */
export function braceAt(code: Code, open: number): FunctionBody | 'block' | 'other' {
  const close = code.partner.get(open) ?? open;
  const before = textAt(code, open - 1);
  if (before === '>' && textAt(code, open - 2) === '=') return arrowBody(code, open, close);
  if (['try', 'else', 'finally', 'do', ';', '}', 'catch'].includes(before)) return 'block';
  const params = paramsBefore(code, open - 1);
  if (params === undefined) return 'other';
  const head = textAt(code, params - 1);
  if (STATEMENTS.has(head)) return textAt(code, open - 1) === ')' ? 'block' : 'other';
  let at = params - 1;
  // A list of type parameters.
  if (textAt(code, at) === '>') at = beforeTypeParameters(code, at);
  let name: string | undefined;
  if (isWord(textAt(code, at)) && textAt(code, at) !== 'function' && textAt(code, at) !== 'async') name = textAt(code, at--);
  const isGenerator = textAt(code, at) === '*';
  if (isGenerator) at--;
  const isFunction = textAt(code, at) === 'function';
  if (isFunction) at--;
  if (!isFunction && name === undefined) return 'other';
  return { open, close, isAsync: textAt(code, at) === 'async', isGenerator, params, ...(name === undefined ? {} : { name }) };
}

function arrowBody(code: Code, open: number, close: number): FunctionBody | 'other' {
  const before = open - 3;
  const params = paramsBefore(code, before);
  if (params === undefined) {
    if (!isWord(textAt(code, before))) return 'other';
    return { open, close, isAsync: textAt(code, before - 1) === 'async', isGenerator: false };
  }
  let at = params - 1;
  if (textAt(code, at) === '>') at = beforeTypeParameters(code, at);
  return { open, close, isAsync: textAt(code, at) === 'async', isGenerator: false, params };
}

/** The opening parenthesis of what ends there, with the type of a result behind it or without. */
function paramsBefore(code: Code, end: number): number | undefined {
  if (textAt(code, end) === ')') return code.partner.get(end);
  if (textAt(code, end) === ':') return undefined;
  for (let at = end; at >= 0 && end - at < 40; at--) {
    const text = textAt(code, at);
    if (text === ':' && textAt(code, at - 1) === ')') return code.partner.get(at - 1);
    if (text === ']' || text === '}') at = code.partner.get(at) ?? at;
    else if (!isWord(text) && !['.', '<', '>', '|', '&', ',', '['].includes(text)) return undefined;
  }
  return undefined;
}

/** What stands before a list of type parameters that ends there. */
export function beforeTypeParameters(code: Code, end: number): number {
  let depth = 0;
  for (let at = end; at >= 0 && end - at < 40; at--) {
    if (textAt(code, at) === '>') depth++;
    if (textAt(code, at) === '<' && --depth === 0) return at - 1;
  }
  return -1;
}

/** The function whose body a token stands in. `undefined` outside of all, and in what is not known. */
export function functionAround(code: Code, at: number): FunctionBody | undefined {
  for (let open = code.within[at] ?? -1; open >= 0; open = code.within[open] ?? -1) {
    if (textAt(code, open) !== '{') continue;
    const kind = braceAt(code, open);
    if (typeof kind === 'object') return kind;
  }
  return undefined;
}

/** Whether statements stand in this bracket. */
export function holdsStatements(code: Code, open: number): boolean {
  return open < 0 || (textAt(code, open) === '{' && braceAt(code, open) !== 'other');
}

/** The statement that a token stands in, without its semicolon. `undefined` when it is not known. */
export function statementAround(code: Code, at: number): Range | undefined {
  let inside = at;
  for (let open = code.within[inside] ?? -1; !holdsStatements(code, open); open = code.within[inside] ?? -1) {
    if (open < 0) return undefined;
    inside = open;
  }
  const open = code.within[inside] ?? -1;
  const to = endOfStatement(code, inside, open);
  let from = inside;
  while (!beginsStatement(code, from, open)) {
    do from--; while (from > open && code.within[from] !== open);
    if (from <= open) return undefined;
  }
  return to === undefined ? undefined : { from, to };
}

function beginsStatement(code: Code, at: number, open: number): boolean {
  const before = textAt(code, at - 1);
  if (at === 0 || at - 1 === open || before === ';' || before === 'else' || before === 'do') return true;
  if (before === ')' && isHeadOfStatement(code, at - 1)) return isWord(textAt(code, at));
  return beginsLine(code, at) && !WANTS_MORE.test(before) && !GOES_ON.test(textAt(code, at)) && textAt(code, at) !== '{';
}

function isHeadOfStatement(code: Code, close: number): boolean {
  const open = code.partner.get(close) ?? close;
  return ['if', 'for', 'while'].includes(textAt(code, open - 1)) || (textAt(code, open - 1) === 'await' && textAt(code, open - 2) === 'for');
}

/** A template has several pieces, each of which may close one bracket and open another. */
function endOfBracket(code: Code, at: number): number {
  let end = at;
  for (let close = code.partner.get(end) ?? end; close > end; close = code.partner.get(end) ?? end) end = close;
  return end;
}

function endOfStatement(code: Code, from: number, open: number): number | undefined {
  const limit = open < 0 ? code.tokens.length : (code.partner.get(open) ?? 0);
  for (let at = from; ;) {
    const end = endOfBracket(code, at);
    const next = end + 1;
    if (next >= limit) return end;
    const text = textAt(code, next);
    if (text === ';') return end;
    if (beginsLine(code, next) && !WANTS_MORE.test(textAt(code, end)) && !GOES_ON.test(text) && text !== '{') return end;
    at = next;
  }
}

/** Whether the function that a range stands in waits inside of it: then no other function can go around that. */
export function suspends(code: Code, { from, to }: Range): boolean {
  const own = functionAround(code, from)?.open;
  for (let at = from; at <= to; at++) {
    if (['await', 'yield'].includes(textAt(code, at)) && functionAround(code, at)?.open === own) return true;
  }
  return false;
}

/** The statement of a block, with all of its blocks, that a token stands somewhere inside. */
export function statementOf(code: Code, block: number, at: number): number | undefined {
  let inside = at;
  while (code.within[inside] !== block) {
    inside = code.within[inside] ?? -1;
    if (inside < 0) return undefined;
  }
  for (let steps = 0; steps < MOST_HEADS; steps++) {
    const from = statementAround(code, inside)?.from;
    if (from === undefined) return undefined;
    const before = textAt(code, from - 1);
    const head = code.partner.get(from - 1);
    if (before === ')' && head !== undefined && isHeadOfStatement(code, from - 1)) {
      inside = textAt(code, head - 1) === 'await' ? head - 2 : head - 1;
    } else if (['else', 'do', 'try', 'finally'].includes(before) || textAt(code, from) === '{') {
      return undefined;
    } else {
      return ['else', 'catch', 'finally', '}', ')'].includes(textAt(code, from)) ? undefined : from;
    }
  }
  return undefined;
}

/** As many `if (…)` and `for (…)` may stand before a statement. */
const MOST_HEADS = 5;

/** Whether `await` may stand outside of functions: it does. */
export function isWaitingModule(code: Code): boolean {
  return code.tokens.some(({ text }, at) => text === 'await' && textAt(code, at - 1) !== '.' && functionAround(code, at) === undefined && isInNoArrow(code, at));
}

/** Whether a token stands in no arrow function without braces. */
function isInNoArrow(code: Code, at: number): boolean {
  for (let index = at, open = code.within[at] ?? -1; ; index = open, open = code.within[open] ?? -1) {
    for (let before = index - 1; before > open && textAt(code, before) !== ';'; before--) {
      if (code.within[before] === open && textAt(code, before) === '>' && textAt(code, before - 1) === '=') return false;
      if (code.within[before] === open && beginsLine(code, before) && open < 0) break;
    }
    if (open < 0) return true;
  }
}

const YIELD: ReadonlySet<string> = new Set(['yield']);

/** Whether a statement is one that yields. */
export function standsAtYield({ code, at }: Spot): boolean {
  const statement = statementAround(code, at);
  return statement !== undefined && mentions(code, statement.from, at, YIELD);
}
