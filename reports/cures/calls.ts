/** Calls, and how a signal is handed to what they call. */
import { afterTypes, isWord, mentions, partsOf, slice, textAt, type Code, type Range } from './code.ts';
import { definesName, paramsOf, type Param } from './definitions.ts';
import { suspends } from './statements.ts';

export interface Call extends Range {
  /** As written: `db.query`. */
  readonly callee: string;
  /** Index of the parenthesis. */
  readonly open: number;
}

/** Words that a parenthesis may stand behind, and what they begin is no call, or none that may be moved. */
const NO_NAMES: ReadonlySet<string> = new Set([
  'await', 'if', 'for', 'while', 'switch', 'return', 'function', 'import', 'super', 'new', 'throw', 'catch', 'typeof', 'void', 'delete', 'yield', 'case',
  'else', 'do', 'in', 'of', 'instanceof', 'with', 'async', 'eval',
]);

/** A call of a name, or of a member of one, that is all there is between two tokens. */
export function readCall(code: Code, { from, to }: Range): Call | undefined {
  let at = from;
  while (isWord(textAt(code, at)) && textAt(code, at + 1) === '.') at += 2;
  const open = afterTypes(code, at + 1);
  if (!isWord(textAt(code, at)) || textAt(code, open) !== '(' || code.partner.get(open) !== to) return undefined;
  if (NO_NAMES.has(textAt(code, from))) return undefined;
  return { from, to, callee: slice(code, from, at), open };
}

/** The call whose callee a token is part of: `db.query(sql)` for `query`. */
export function callAround(code: Code, at: number): Call | undefined {
  let from = at;
  while (textAt(code, from - 1) === '.' && isWord(textAt(code, from - 2))) from -= 2;
  if (textAt(code, from - 1) === '.') return undefined;
  let end = at;
  while (textAt(code, end + 1) === '.' && isWord(textAt(code, end + 2))) end += 2;
  const to = code.partner.get(afterTypes(code, end + 1));
  return to === undefined || to < end ? undefined : readCall(code, { from, to });
}

/** Whether a range is a call, or a chain of calls and members: `new Rows(sql)[Symbol.asyncIterator]()`. */
export function isPlainChain(code: Code, { from, to }: Range): boolean {
  let at = textAt(code, from) === 'new' ? from + 1 : from;
  if (!isWord(textAt(code, at)) || ['await', 'yield', 'async', 'function', 'class', 'typeof', 'void', 'import'].includes(textAt(code, at))) return false;
  while (at < to) {
    const next = textAt(code, at + 1);
    if (next === '.' && isWord(textAt(code, at + 2))) at += 2;
    else if (next === '(' || next === '[') at = code.partner.get(at + 1) ?? to + 1;
    else if (afterTypes(code, at + 1) > at + 1) at = afterTypes(code, at + 1) - 1;
    else return false;
  }
  return at === to && textAt(code, to) === ')';
}

/** Whether `.then(…)`, `.catch(…)` or `.finally(…)`, and nothing else, stands there. */
export function isChain(code: Code, from: number, to: number): boolean {
  let at = from;
  while (at <= to && textAt(code, at) === '.' && ['catch', 'then', 'finally'].includes(textAt(code, at + 1)) && textAt(code, at + 2) === '(') {
    at = (code.partner.get(at + 2) ?? to) + 1;
  }
  return at === to + 1;
}

/** A call with the signal of a group, if what it calls takes one. */
export interface Signalled {
  /** What the function is given that runs it, for `start` or `deadline`. */
  readonly param: '()' | '({ signal })';
  /** What that function does. */
  readonly text: string;
  /** What is to be done so that the signal is obeyed. */
  readonly note?: string;
}

const SIGNAL: ReadonlySet<string> = new Set(['signal']);

export function functionOf({ param, text }: Signalled): string {
  return `${param} => ${text}`;
}

/** `undefined` where no function may be put around it. */
export function withSignal(code: Code, call: Call): Signalled | undefined {
  if (suspends(code, call)) return undefined;
  const text = slice(code, call.from, call.to);
  if (mentions(code, call.from, call.to, SIGNAL)) return { param: '()', text };
  const { callee } = call;
  const handed = handTo(code, call);
  if (handed === undefined) {
    return {
      param: '()', text,
      note: `Where \`${callee}\` can take a signal, hand it the one of \`({ signal }) => …\`: what is cancelled is waited for.`,
    };
  }
  return {
    param: '({ signal })', text: handed.parts.join(''),
    ...(handed.isNew ? { note: `Let \`${callee}\` take the signal, and clean up and end when it is aborted.` } : {}),
  };
}

/** The same for a call with a chain behind it: `load().then(parse)`. */
export function chainWithSignal(code: Code, call: Call, to: number): Signalled | undefined {
  if (call.to === to) return withSignal(code, call);
  if (!isChain(code, call.to + 1, to) || suspends(code, { from: call.from, to })) return undefined;
  const signalled = withSignal(code, call);
  return signalled === undefined ? undefined : { ...signalled, text: `${signalled.text}${code.text.slice(code.tokens[call.to]?.end, code.tokens[to]?.end)}` };
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
  const params = callee === 'fetch' && !definesName(code, 'fetch') ? FETCH : paramsOf(code, callee, call.from);
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

const FETCH: readonly Param[] = [{ takes: 'other', knows: true }, { takes: 'options', knows: true }];

function intoObject(code: Code, call: Call, { from, to }: Range): [string, string, string] {
  const isEmpty = to === from + 1;
  const comma = isEmpty ? ' ' : textAt(code, to - 1) === ',' ? ' ' : ', ';
  return [slice(code, call.from, to - 1), `${comma}signal `, slice(code, to, call.to)];
}
