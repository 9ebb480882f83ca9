/** `withTimeout(work(), ms)`, a helper that races what it is given against a timer, as a deadline around the work. */
import { callAround, chainWithSignal, functionOf } from '../calls.ts';
import { isWord, partsOf, reads, slice, textAt, type Code } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { hasLongText, isShort, linesOf } from '../layout.ts';
import { beforeTypeParameters, functionAround, type FunctionBody } from '../statements.ts';
import { bodyOf } from './body.ts';
import { showInStatement } from './in-statement.ts';
import { settledBy } from './time-limit.ts';

/** `raced`: in the helper. It may be that of another file. */
export function helperAsDeadline({ code, at }: Spot, raced: Spot): Cure | undefined {
  const call = callAround(code, at);
  const open = call === undefined ? -1 : (code.within[call.from] ?? -1);
  const close = code.partner.get(open);
  if (call === undefined || close === undefined || textAt(code, open) !== '(') return undefined;
  const helper = functionAround(raced.code, raced.at);
  const name = textAt(code, open - 1) === '>' ? beforeTypeParameters(code, open - 1) : open - 1;
  if (helper === undefined || nameOf(raced.code, helper) !== textAt(code, name) || textAt(code, name - 1) === '.') return undefined;
  const [work, ms, message, ...others] = partsOf(code, open);
  if (work === undefined || ms === undefined || others.length > 0 || work.from !== call.from || work.to > close) return undefined;
  if (message !== undefined && (message.from !== message.to || textAt(code, message.from) !== '`')) return undefined;
  if (!isTimeLimit(raced.code, helper, raced.at)) return undefined;
  const signalled = chainWithSignal(code, call, work.to);
  if (signalled === undefined) return undefined;
  const text = `deadline(${slice(code, ms.from, ms.to)}, ${functionOf(signalled)})`;
  const range = { from: name, to: close };
  const notes = [...(signalled.note === undefined ? [] : [signalled.note]), 'When time is up, it rejects with a TimeoutError.'];
  return { remedy: 'deadline', ...showInStatement(code, range, [{ ...range, text }]), note: notes.join(' ') };
}

/** The helper itself, for the place of its timer. What it is given has begun already, so that has to change, too. */
export function helperOfDeadline({ code, at }: Spot): Cure | undefined {
  const executor = functionAround(code, at);
  const helper = executor === undefined ? undefined : functionAround(code, executor.open);
  const race = helper === undefined ? -1 : code.tokens.findIndex(({ text }, index) => index > helper.open && index < helper.close && text === 'race');
  const name = helper === undefined ? undefined : nameOf(code, helper);
  if (helper?.params === undefined || name === undefined || !isTimeLimit(code, helper, race)) return undefined;
  const body = bodyOf(code, helper);
  const [work, ms] = partsOf(code, helper.params).map(({ from }) => textAt(code, from));
  if (body === undefined || work === undefined || ms === undefined || hasLongText(code, body)) return undefined;
  const before = linesOf(code, body);
  return !isShort(before) ? undefined : {
    remedy: 'deadline',
    outline: true,
    before: before.join('\n'),
    after: `return deadline(${ms}, ${work})${textAt(code, helper.close - 1) === ';' ? ';' : ''}`,
    note: `Hand \`${name}\` a function, \`({ signal }) => …\`, in place of a promise, which nobody can cancel. When time is up, it rejects with a TimeoutError.`,
  };
}

function nameOf(code: Code, { name, params }: FunctionBody): string | undefined {
  if (name !== undefined || params === undefined) return name;
  let before = textAt(code, params - 1) === '>' ? beforeTypeParameters(code, params - 1) : params - 1;
  if (textAt(code, before) === 'async') before--;
  return textAt(code, before) === '=' && isWord(textAt(code, before - 1)) ? textAt(code, before - 1) : undefined;
}

/** `function (promise, ms) {…}` with a race of the promise and of what rejects after so long. */
function isTimeLimit(code: Code, { params, open, close }: FunctionBody, raced: number): boolean {
  const [promise, ms] = params === undefined ? [] : partsOf(code, params).map(({ from }) => textAt(code, from));
  const list = reads(code, raced, 'race', '(', '[') ? partsOf(code, raced + 2) : [];
  if (promise === undefined || ms === undefined || list.length !== 2) return false;
  if (!list.some(({ from, to }) => from === to && textAt(code, from) === promise)) return false;
  let executor: string | undefined;
  for (let at = open; at < close; at++) {
    if (reads(code, at, 'new', 'Promise')) executor = rejectOf(code, at);
    if (!reads(code, at, 'setTimeout', '(')) continue;
    const [callback, time] = partsOf(code, at + 1);
    if (callback === undefined || time === undefined || slice(code, time.from, time.to) !== ms) return false;
    return executor !== undefined && settledBy(code, callback)?.name === executor;
  }
  return false;
}

/** The name of what rejects a `new Promise`. */
function rejectOf(code: Code, at: number): string | undefined {
  for (let open = at + 2; open < at + 12; open++) {
    if (!reads(code, open, '(', '(')) continue;
    const reject = partsOf(code, open + 1)[1];
    return reject === undefined ? undefined : textAt(code, reject.from);
  }
  return undefined;
}
