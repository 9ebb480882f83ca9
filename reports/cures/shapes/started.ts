/** How a call is written that nobody waits for, and the same as a task of a group. */
import { callAround, chainWithSignal, functionOf, isChain, type Call, type Signalled } from '../calls.ts';
import { mentions, partsOf, reads, slice, textAt, type Code, type Range } from '../code.ts';
import { arrowAfter, definitionOf } from '../definitions.ts';
import type { Edit } from '../layout.ts';
import { suspends } from '../statements.ts';

export interface Started {
  /** The last name of what is called. */
  readonly name: string;
  /** What takes its place. `start`: `start` or `group.start`. */
  readonly edit: (start: string) => Edit;
  /** Where it is called. */
  readonly at: number;
  /** What else is to do. */
  readonly notes: readonly string[];
}

/** For the place of a call in a statement. `undefined`: its value goes somewhere that is not known. */
export function readStarted(code: Code, statement: Range, at: number): Started | undefined {
  const call = textAt(code, at) === 'then' && textAt(code, at - 2) === ')' ? callIn(code, at + 1) : callAround(code, at);
  if (call === undefined || call.from < statement.from || call.to > statement.to) return undefined;
  const whole = { from: textAt(code, statement.from) === 'void' ? statement.from + 1 : statement.from, to: statement.to };
  return dropped(code, call, statement, whole) ?? kept(code, call, whole) ?? inEach(code, call, whole)
    ?? behindTimer(code, call, statement, whole) ?? inChain(code, call, statement, whole);
}

/** What a callback calls that is all there is between parentheses. */
function callIn(code: Code, open: number): Call | undefined {
  const [callback, ...others] = partsOf(code, open);
  const body = callback === undefined || others.length > 0 ? undefined : arrowBody(code, callback);
  return body === undefined ? undefined : callAround(code, textAt(code, body) === 'await' ? body + 1 : body);
}

/** `work(x)`, `void work(x)`, also with `.catch(…)` behind it. */
function dropped(code: Code, call: Call, statement: Range, { from, to }: Range): Started | undefined {
  if (call.from !== from || (call.to !== to && !isChain(code, call.to + 1, to))) return undefined;
  const signalled = chainWithSignal(code, call, to);
  return signalled === undefined ? undefined : started(code, call, signalled, statement);
}

/** `const working = work(x)`, `all.push(work(x))`, where it is known to return a promise. */
function kept(code: Code, call: Call, { from, to }: Range): Started | undefined {
  if (definitionOf(code, call.callee, call.from)?.isAsync !== true) return undefined;
  const isAssigned = call.to === to && textAt(code, call.from - 1) === '=' && ['const', 'let'].includes(textAt(code, from)) && call.from === from + 3;
  const outer = code.within[call.from] ?? -1;
  const isCollected = code.partner.get(outer) === to && call.from === outer + 1 && call.to === to - 1
    && ['push', 'add'].includes(textAt(code, outer - 1)) && textAt(code, outer - 2) === '.';
  const signalled = isAssigned || isCollected ? chainWithSignal(code, call, call.to) : undefined;
  return signalled === undefined ? undefined : started(code, call, signalled, call);
}

/** `files.forEach((file) => work(file))`. */
function inEach(code: Code, call: Call, { to }: Range): Started | undefined {
  const outer = code.within[call.from] ?? -1;
  const [callback, ...others] = partsOf(code, outer);
  if (code.partner.get(outer) !== to || textAt(code, outer - 1) !== 'forEach' || callback === undefined || others.length > 0) return undefined;
  const body = arrowBody(code, callback);
  const from = body === undefined ? undefined : textAt(code, body) === 'void' ? body + 1 : body;
  if (from !== call.from || callback.to !== call.to || textAt(code, callback.from) === 'async') return undefined;
  const signalled = chainWithSignal(code, call, call.to);
  return signalled === undefined ? undefined : started(code, call, signalled, { from: body as number, to: call.to });
}

/** `setTimeout(() => work(x), ms)`. */
function behindTimer(code: Code, call: Call, statement: Range, { from, to }: Range): Started | undefined {
  if (!reads(code, from, 'setTimeout', '(') || code.partner.get(from + 1) !== to) return undefined;
  const [callback, ms, ...others] = partsOf(code, from + 1);
  if (callback === undefined || ms === undefined || others.length > 0 || suspends(code, { from, to })) return undefined;
  const body = arrowBody(code, callback);
  if (body !== call.from || callback.to !== call.to || partsOf(code, callback.from).length > 0) return undefined;
  const signalled = chainWithSignal(code, call, call.to);
  if (signalled === undefined) return undefined;
  const waits = `setTimeout(${slice(code, ms.from, ms.to)}, undefined, { signal }).then(() => ${signalled.text})`;
  const made = started(code, call, { ...signalled, param: '({ signal })', text: waits }, statement);
  return { ...made, notes: [...made.notes, 'This `setTimeout` is the one of `node:timers/promises`.'] };
}

/** `input().then((value) => work(value))`. */
function inChain(code: Code, call: Call, statement: Range, { from, to }: Range): Started | undefined {
  const outer = code.within[call.from] ?? -1;
  const [callback, ...others] = partsOf(code, outer);
  if (textAt(code, outer - 1) !== 'then' || textAt(code, outer - 2) !== '.' || callback === undefined || others.length > 0) return undefined;
  const first = callBefore(code, from);
  const body = arrowBody(code, callback);
  if (first === undefined || !isChain(code, first + 1, to) || callback.to !== call.to || suspends(code, { from, to })) return undefined;
  if (body !== call.from && !(textAt(code, body ?? -1) === 'await' && body === call.from - 1)) return undefined;
  // Each of the chain's own brackets: the call stands in no callback inside a callback.
  if (code.within[outer] !== code.within[from]) return undefined;
  const signalled = chainWithSignal(code, call, call.to);
  if (signalled === undefined || mentions(code, from, to, SIGNAL)) return undefined;
  const [head, tail] = [code.text.slice(code.tokens[from]?.offset, code.tokens[call.from]?.offset), code.text.slice(code.tokens[call.to]?.end, code.tokens[to]?.end)];
  return started(code, call, { ...signalled, text: `${head}${signalled.text}${tail}` }, statement);
}

const SIGNAL: ReadonlySet<string> = new Set(['signal']);

/** The end of the call that a statement begins with. */
function callBefore(code: Code, from: number): number | undefined {
  let at = from;
  while (textAt(code, at + 1) === '.') at += 2;
  return textAt(code, at + 1) === '(' ? code.partner.get(at + 1) : undefined;
}

/** Where the expression begins that an arrow function returns. */
function arrowBody(code: Code, { from, to }: Range): number | undefined {
  const params = textAt(code, from) === 'async' ? from + 1 : from;
  const close = textAt(code, params) === '(' ? code.partner.get(params) : params;
  const arrow = close === undefined ? undefined : arrowAfter(code, close);
  return arrow === undefined || arrow >= to || textAt(code, arrow + 1) === '{' ? undefined : arrow + 1;
}

function started(code: Code, call: Call, signalled: Signalled, range: Range): Started {
  const name = (call.callee.split('.').at(-1) ?? call.callee).replace('#', '');
  return {
    name,
    at: call.from,
    edit: (start) => ({ ...range, text: `${start}('${name}', ${functionOf(signalled)})` }),
    notes: signalled.note === undefined ? [] : [signalled.note],
  };
}
