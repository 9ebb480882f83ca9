/** Calls, and how a signal is handed to what they call. */
import { isWord, mentions, partsOf, reads, slice, textAt, type Code, type Range } from './code.ts';

export interface Call extends Range {
  /** As written: `db.query`. */
  readonly callee: string;
  /** Index of the parenthesis. */
  readonly open: number;
}

/** A call of a name, or of a member of one, that is all there is between two tokens. */
export function readCall(code: Code, { from, to }: Range): Call | undefined {
  let at = from;
  while (isWord(textAt(code, at)) && textAt(code, at + 1) === '.') at += 2;
  if (!isWord(textAt(code, at)) || textAt(code, at + 1) !== '(' || code.partner.get(at + 1) !== to) return undefined;
  if (['await', 'if', 'for', 'while', 'switch', 'return', 'function', 'import', 'super', 'new'].includes(textAt(code, from))) return undefined;
  return { from, to, callee: slice(code, from, at), open: at + 1 };
}

/** A call with the signal of a group, if what it calls takes one. */
export interface Signalled {
  /** The function that runs it, for `start` or `deadline`. */
  readonly fn: string;
  /** What is to be done so that the signal is obeyed. */
  readonly note?: string;
}

const SUSPENDS: ReadonlySet<string> = new Set(['await', 'yield']);
const SIGNAL: ReadonlySet<string> = new Set(['signal']);
const OPTIONS = /^_?(?:options?|opts|init)$/;

/** `tail`: what stands behind the call, as `.catch(…)`. `undefined` where no function may be put around it. */
export function withSignal(code: Code, call: Call, tail = ''): Signalled | undefined {
  if (mentions(code, call.from, call.to, SUSPENDS)) return undefined;
  const text = slice(code, call.from, call.to);
  if (mentions(code, call.from, call.to, SIGNAL)) return { fn: `() => ${text}${tail}` };
  const { callee } = call;
  const handed = handTo(code, call);
  if (handed === undefined) {
    return {
      fn: `() => ${text}${tail}`,
      note: `Where \`${callee}\` can take a signal, hand it the one of \`({ signal }) => …\`: what is cancelled is waited for.`,
    };
  }
  const [head, inserted, end] = handed.parts;
  return {
    fn: `({ signal }) => ${head}${inserted}${end}${tail}`,
    ...(handed.isNew ? { note: `Let \`${callee}\` take the signal, and clean up and end when it is aborted.` } : {}),
  };
}

interface Handed {
  readonly parts: readonly [string, string, string];
  /** It does not take one yet. */
  readonly isNew: boolean;
}

/** Only where it is known what the function does with it: it is defined in this file, or it is `fetch`. */
function handTo(code: Code, call: Call): Handed | undefined {
  const { callee, open } = call;
  const args = partsOf(code, open);
  const last = args.at(-1);
  if (args.some(({ from, to }) => to < from || textAt(code, from) === '.')) return undefined;
  const params = callee === 'fetch' && !definesName(code, 'fetch') ? FETCH : paramsOf(code, callee);
  if (params === undefined || params.some(({ takes }) => takes === 'rest')) return undefined;
  const literal = last !== undefined && textAt(code, last.from) === '{' && code.partner.get(last.from) === last.to ? last : undefined;
  const taken = params[args.length - 1];
  if (literal !== undefined && taken?.takes === 'options') return { parts: intoObject(code, call, literal), isNew: !taken.knows };
  const next = params[args.length];
  if (next === undefined ? params.length !== args.length : next.takes === 'other') return undefined;
  const given = next?.takes === 'signal' ? 'signal' : '{ signal }';
  const close = call.to - 1;
  const comma = textAt(code, close) === ',' ? ' ' : args.length === 0 ? '' : ', ';
  return { parts: [slice(code, call.from, close), `${comma}${given}`, ')'], isNew: next?.knows !== true };
}

/** What a parameter is for, and whether the function does something with a signal. */
interface Param {
  readonly takes: 'signal' | 'options' | 'rest' | 'other';
  readonly knows: boolean;
}

const FETCH: readonly Param[] = [{ takes: 'other', knows: true }, { takes: 'options', knows: true }];

function intoObject(code: Code, call: Call, { from, to }: Range): [string, string, string] {
  const isEmpty = to === from + 1;
  const comma = isEmpty ? ' ' : textAt(code, to - 1) === ',' ? ' ' : ', ';
  return [slice(code, call.from, to - 1), `${comma}signal `, slice(code, to, call.to)];
}

function readParam(text: string, { isAbort, knows }: { isAbort: boolean; knows: boolean }): Param {
  if (text.startsWith('...')) return { takes: 'rest', knows };
  if (/^signal\b/.test(text)) return { takes: isAbort ? 'signal' : 'other', knows };
  if (text.startsWith('{') && /[{,]\s*signal\s*[,}:=]/.test(text)) return { takes: 'options', knows: true };
  const name = /^[\w$]*/.exec(text)?.[0] ?? '';
  // A default of its own would be lost.
  return { takes: OPTIONS.test(name) && !/=(?!\s*\{\s*\}$)/.test(text) ? 'options' : 'other', knows };
}

function definesName(code: Code, name: string): boolean {
  return code.tokens.some(({ text }, at) => text === name && ['function', 'const', 'let', 'var', '*', '{', ','].includes(textAt(code, at - 1)));
}

/** The parameters of a function that is declared in this file, once. */
function paramsOf(code: Code, name: string): Param[] | undefined {
  const open = definitionOf(code, name);
  if (open === undefined) return undefined;
  const from = code.partner.get(open) ?? open;
  const brace = code.tokens.findIndex(({ text }, at) => at > from && text === '{');
  const end = brace < 0 ? from : (code.partner.get(brace) ?? from);
  const ways = { isAbort: isAbortSignal(code, { from: open, to: end }), knows: mentions(code, from, end, SIGNAL) };
  return partsOf(code, open).map(({ from: first, to }) => readParam(slice(code, first, to), ways));
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

/** The parenthesis of its parameters. */
export function definitionOf(code: Code, name: string): number | undefined {
  const found = code.tokens.flatMap(({ text }, at) => {
    if (text !== name) return [];
    const before = textAt(code, at - 1);
    if (before === 'function' && textAt(code, at + 1) === '(') return [at + 1];
    if (before !== 'const' || textAt(code, at + 1) !== '=') return [];
    const start = textAt(code, at + 2) === 'async' ? at + 3 : at + 2;
    if (reads(code, start, 'function', '(')) return [start + 1];
    const close = code.partner.get(start) ?? start;
    return textAt(code, start) === '(' && reads(code, close + 1, '=', '>') ? [start] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}
