/** Functions that are defined in the file that is read, and what they take. */
import { afterTypes, encloses, isWord, mentions, partsOf, slice, textAt, type Code, type Range } from './code.ts';

export interface Definition {
  /** The parenthesis of its parameters. */
  readonly params: number;
  readonly isAsync: boolean;
}

/** What a parameter is for, and whether the function does something with a signal. */
export interface Param {
  readonly takes: 'signal' | 'options' | 'rest' | 'other';
  readonly knows: boolean;
}

const OPTIONS = /^_?(?:options?|opts|init)$/;
const SIGNAL: ReadonlySet<string> = new Set(['signal']);
/** As many tokens the type of a result may have. */
const MOST_TYPES = 40;

/** The only one of a name: a function, an arrow function, or for `this.name` a method of the class around `at`. */
export function definitionOf(code: Code, name: string, at: number): Definition | undefined {
  const own = name.startsWith('this.') ? name.slice('this.'.length) : undefined;
  const found: Definition[] = [];
  for (const [index, { text }] of code.tokens.entries()) {
    if (text !== (own ?? name)) continue;
    const one = own === undefined ? functionAt(code, index) : methodAt(code, index, at);
    if (one !== undefined) found.push(one);
  }
  return found.length === 1 ? found[0] : undefined;
}

function functionAt(code: Code, at: number): Definition | undefined {
  const before = textAt(code, at - 1);
  if (before === 'function') return withParams(code, afterTypes(code, at + 1), textAt(code, at - 2) === 'async');
  return before === 'const' && textAt(code, at + 1) === '=' ? valueAt(code, at + 2) : undefined;
}

/** What is assigned: `async (id) => …`, `function (id) {…}`. */
function valueAt(code: Code, at: number): Definition | undefined {
  const isAsync = textAt(code, at) === 'async';
  const start = isAsync ? at + 1 : at;
  if (textAt(code, start) === 'function') {
    const name = isWord(textAt(code, start + 1)) ? start + 2 : start + 1;
    return withParams(code, afterTypes(code, name), isAsync);
  }
  const open = afterTypes(code, start);
  const made = withParams(code, open, isAsync);
  return made !== undefined && arrowAfter(code, code.partner.get(open) ?? open) !== undefined ? made : undefined;
}

function methodAt(code: Code, at: number, from: number): Definition | undefined {
  const before = textAt(code, at - 1);
  const body = code.within[at] ?? -1;
  if (before === '.' || textAt(code, body) !== '{' || !encloses(code, body, from)) return undefined;
  if (textAt(code, at + 1) === '=') return valueAt(code, at + 2);
  const open = afterTypes(code, at + 1);
  const made = withParams(code, open, before === 'async');
  return made !== undefined && bodyAfter(code, code.partner.get(open) ?? open) !== undefined ? made : undefined;
}

function withParams(code: Code, open: number, isAsync: boolean): Definition | undefined {
  return textAt(code, open) === '(' ? { params: open, isAsync } : undefined;
}

/** The `>` of an arrow behind parameters, and behind the type of a result. */
export function arrowAfter(code: Code, close: number): number | undefined {
  const isArrow = (at: number): boolean => textAt(code, at) === '=' && textAt(code, at + 1) === '>';
  if (isArrow(close + 1)) return close + 2;
  if (!code.isTyped || textAt(code, close + 1) !== ':') return undefined;
  for (let at = close + 2; at < close + MOST_TYPES; at++) {
    if (isArrow(at)) return at + 1;
    if ([';', '='].includes(textAt(code, at))) return undefined;
    at = Math.max(at, code.partner.get(at) ?? at);
  }
  return undefined;
}

/** The brace of a body behind parameters, and behind the type of a result. */
function bodyAfter(code: Code, close: number): number | undefined {
  if (textAt(code, close + 1) === '{') return close + 1;
  if (!code.isTyped || textAt(code, close + 1) !== ':') return undefined;
  for (let at = close + 2; at < close + MOST_TYPES; at++) {
    const text = textAt(code, at);
    if (text === '{' && !['|', '&', ':'].includes(textAt(code, at - 1))) return at;
    if (text === ';' || text === '=') return undefined;
    at = Math.max(at, code.partner.get(at) ?? at);
  }
  return undefined;
}

/** The parameters of a function that is defined in this file, once. */
export function paramsOf(code: Code, name: string, at: number): Param[] | undefined {
  const open = definitionOf(code, name, at)?.params;
  if (open === undefined) return undefined;
  const from = code.partner.get(open) ?? open;
  const brace = code.tokens.findIndex(({ text }, index) => index > from && text === '{');
  const end = brace < 0 ? from : (code.partner.get(brace) ?? from);
  const ways = { isAbort: isAbortSignal(code, { from: open, to: end }), knows: mentions(code, from, end, SIGNAL) };
  return partsOf(code, open).map(({ from: first, to }) => readParam(slice(code, first, to), ways));
}

function readParam(text: string, { isAbort, knows }: { isAbort: boolean; knows: boolean }): Param {
  if (text.startsWith('...')) return { takes: 'rest', knows };
  if (/^signal\b/.test(text)) return { takes: isAbort ? 'signal' : 'other', knows };
  if (text.startsWith('{') && /[{,]\s*signal\s*[,}:=]/.test(text)) return { takes: 'options', knows: true };
  const name = /^[\w$]*/.exec(text)?.[0] ?? '';
  // A default of its own would be lost.
  return { takes: OPTIONS.test(name) && !/=(?!\s*\{\s*\}$)/.test(text) ? 'options' : 'other', knows };
}

export function definesName(code: Code, name: string): boolean {
  return code.tokens.some(({ text }, at) => text === name && ['function', 'const', 'let', 'var', '*', '{', ','].includes(textAt(code, at - 1)));
}

/** Whether what is named `signal` is one that can be aborted, and not the name of one of the operating system's. */
export function isAbortSignal(code: Code, { from, to }: Range): boolean {
  for (let at = from; at <= to; at++) {
    if (textAt(code, at) === 'AbortSignal') return true;
    if (textAt(code, at) !== 'signal') continue;
    if (textAt(code, at + 1) === '.' && ['aborted', 'throwIfAborted', 'reason', 'addEventListener'].includes(textAt(code, at + 2))) return true;
    if (['{', ','].includes(textAt(code, at - 1)) && textAt(code, at + 1) === '}') return true;
  }
  return false;
}
