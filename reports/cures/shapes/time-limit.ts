/** The member of a race that is a time limit: after how long, and whether it rejects then. */
import { readCall } from '../calls.ts';
import { definitionOf } from '../definitions.ts';
import { afterTypes, isWord, mentions, partsOf, reads, slice, textAt, type Code, type Range } from '../code.ts';

export interface TimeLimit {
  /** The source of an expression: milliseconds. */
  readonly ms: string;
  readonly fails: boolean;
  /** What the race gives then, as it is written. Absent: an error, or nobody knows. */
  readonly value?: string;
}

const FAILS = /time_?out|reject|deadline|fail/i;
const MOVES_ON = /^(?:sleep|delay|wait|pause)/i;
/** Names of what is counted in milliseconds, most likely. */
const TIME = /ms|milli|time|limit|deadline|delay|patience/i;
const SECONDS = /sec|minute|hour|date/i;
/** Written for milliseconds, and not for seconds. */
const LEAST = 20;
const THROWS: ReadonlySet<string> = new Set(['throw', 'reject', 'rej']);

export function readTimeLimit(code: Code, range: Range): TimeLimit | undefined {
  return reads(code, range.from, 'new', 'Promise') ? ofPromise(code, range) : ofHelper(code, range);
}

/** `timeout(ms)`, `sleep(ms)`. */
function ofHelper(code: Code, range: Range): TimeLimit | undefined {
  const call = readCall(code, range);
  if (call === undefined || call.callee.includes('.')) return undefined;
  const [arg, given, ...others] = partsOf(code, call.open);
  if (arg === undefined || arg.to < arg.from || others.length > 0) return undefined;
  const ms = slice(code, arg.from, arg.to);
  if (given !== undefined) {
    const value = valueOf(code, given);
    return value === undefined || !isNodes(code, call.callee) || !isTime(ms, 0) ? undefined : { ms, fails: false, value };
  }
  const definition = definitionOf(code, call.callee, call.from)?.params;
  if (definition !== undefined) {
    const body = bodyAfter(code, definition);
    if (body === undefined || !isTime(ms, 0) || mentions(code, body.from, body.to, new Set(['*']))) return undefined;
    if (mentions(code, body.from, body.to, THROWS)) return { ms, fails: true };
    return MOVES_ON.test(call.callee) ? { ms, fails: false } : undefined;
  }
  if (isNodes(code, call.callee)) return isTime(ms, 0) ? { ms, fails: false, value: 'undefined' } : undefined;
  if (!isTime(ms, LEAST)) return undefined;
  if (FAILS.test(call.callee) && call.callee !== 'setTimeout') return { ms, fails: true };
  return MOVES_ON.test(call.callee) ? { ms, fails: false } : undefined;
}

/** Whether a name is that of `setTimeout` of `node:timers/promises`. */
function isNodes(code: Code, name: string): boolean {
  const from = /^(?:import|const)\s*\{([^}]*)\}\s*(?:from|=\s*require\()\s*['"](?:node:)?timers\/promises['"]/gm;
  for (const [, names = ''] of code.text.matchAll(from)) {
    for (const one of names.split(',')) {
      const [imported, , local = imported] = one.trim().split(/(\s+as\s+|\s*:\s*)/);
      if (imported === 'setTimeout' && local === name) return true;
    }
  }
  return false;
}

/** One that means the same later: a name, a number, a text. */
function valueOf(code: Code, { from, to }: Range): string | undefined {
  const text = slice(code, from, to);
  return from === to && (/^[\w$]+$/.test(text) || /^(['"`])[^$\n]*\1$/.test(text)) ? text : undefined;
}

function isTime(ms: string, least: number): boolean {
  if (/^[\d_]+$/.test(ms)) return Number(ms.replaceAll('_', '')) >= least;
  return /^(?:this\.)?#?[\w$.]+$/.test(ms) && TIME.test(ms) && !SECONDS.test(ms);
}

/** What stands behind the parameters of a function. */
function bodyAfter(code: Code, params: number): Range | undefined {
  const close = code.partner.get(params) ?? params;
  for (let at = close + 1; at < close + 12; at++) {
    const text = textAt(code, at);
    if (text === '{') return { from: at, to: code.partner.get(at) ?? at };
    if (text === '>' && textAt(code, at - 1) === '=' && textAt(code, at + 1) !== '{') {
      const open = code.tokens.findIndex((token, index) => index > at && token.text === '(');
      return open < 0 || open > at + 6 ? undefined : { from: at, to: code.partner.get(open) ?? at };
    }
  }
  return undefined;
}

/** `new Promise((_, reject) => setTimeout(reject, ms))`, also with braces, and with an error that it is given. */
function ofPromise(code: Code, { from, to }: Range): TimeLimit | undefined {
  const open = afterTypes(code, from + 2);
  const params = open + 1;
  const isList = textAt(code, params) === '(';
  const afterParams = isList ? (code.partner.get(params) ?? params) : params;
  if (textAt(code, open) !== '(' || code.partner.get(open) !== to || !reads(code, afterParams + 1, '=', '>')) return undefined;
  const names = isList ? partsOf(code, params).map((part) => textAt(code, part.from)) : [textAt(code, params)];
  let at = afterParams + 3;
  if (textAt(code, at) === '{') at++;
  if (!reads(code, at, 'setTimeout', '(')) return undefined;
  const end = code.partner.get(at + 1) ?? at;
  for (let rest = end + 1; rest < to; rest++) if (![';', '}', ','].includes(textAt(code, rest))) return undefined;
  const [callback, ms, given, ...others] = partsOf(code, at + 1);
  if (callback === undefined || ms === undefined || others.length > 0) return undefined;
  const settles = settledBy(code, callback);
  if (settles === undefined || (given !== undefined && callback.from !== callback.to)) return undefined;
  const time = { ms: slice(code, ms.from, ms.to) };
  if (settles.name === names[1]) return { ...time, fails: true };
  if (settles.name !== names[0]) return undefined;
  const told = given ?? settles.value;
  if (told === undefined) return { ...time, fails: false, value: 'undefined' };
  const value = valueOf(code, told);
  return value === undefined ? undefined : { ...time, fails: false, value };
}

/** `reject`, `() => reject(…)`, `() => { reject(…) }`, and with what. */
export function settledBy(code: Code, { from, to }: Range): { readonly name: string; readonly value?: Range } | undefined {
  if (from === to && isWord(textAt(code, from))) return { name: textAt(code, from) };
  if (!reads(code, from, '(', ')', '=', '>')) return undefined;
  const at = textAt(code, from + 4) === '{' ? from + 5 : from + 4;
  const close = code.partner.get(at + 1) ?? at;
  if (!isWord(textAt(code, at)) || textAt(code, at + 1) !== '(') return undefined;
  for (let rest = close + 1; rest <= to; rest++) if (![';', '}'].includes(textAt(code, rest))) return undefined;
  return { name: textAt(code, at), ...(close === at + 2 ? {} : { value: { from: at + 2, to: close - 1 } }) };
}
