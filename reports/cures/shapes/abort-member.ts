/** The member of a race that rejects when a signal is aborted. */
import { readCall } from '../calls.ts';
import { afterTypes, partsOf, reads, slice, textAt, type Code, type Range } from '../code.ts';
import { arrowAfter } from '../definitions.ts';

const REJECTS = /^(?:reject|throw|fail).*abort|^abort(?:ed)?(?:Promise|Rejection)$|^untilAborted$/i;

/** The source of the signal. `undefined`: it is another member, or it is not known that it rejects. */
export function readAbort(code: Code, range: Range): string | undefined {
  return reads(code, range.from, 'new', 'Promise') ? ofPromise(code, range) : ofHelper(code, range);
}

/** `rejectOnAbort(signal)`. */
function ofHelper(code: Code, range: Range): string | undefined {
  const call = readCall(code, range);
  const [arg, ...others] = call === undefined ? [] : partsOf(code, call.open);
  if (call === undefined || arg === undefined || others.length > 0 || !REJECTS.test(call.callee)) return undefined;
  return signalAt(code, arg);
}

function signalAt(code: Code, { from, to }: Range): string | undefined {
  const text = slice(code, from, to);
  return /^[\w$.#]*signal$/i.test(text) ? text : undefined;
}

/** `new Promise((_, reject) => signal.addEventListener('abort', () => reject(…)))`, also with braces. */
function ofPromise(code: Code, { from, to }: Range): string | undefined {
  const open = afterTypes(code, from + 2);
  if (code.partner.get(open) !== to || textAt(code, open + 1) !== '(') return undefined;
  const reject = partsOf(code, open + 1)[1];
  const arrow = arrowAfter(code, code.partner.get(open + 1) ?? open);
  if (reject === undefined || arrow === undefined) return undefined;
  const start = textAt(code, arrow + 1) === '{' ? arrow + 2 : arrow + 1;
  let at = start;
  while (textAt(code, at + 1) === '.' && textAt(code, at) !== 'addEventListener') at += 2;
  const end = code.partner.get(at + 1);
  if (textAt(code, at) !== 'addEventListener' || end === undefined) return undefined;
  for (let rest = end + 1; rest < to; rest++) if (![';', '}', ','].includes(textAt(code, rest))) return undefined;
  const [event, listener] = partsOf(code, at + 1);
  if (event === undefined || listener === undefined || !/^['"`]abort['"`]$/.test(slice(code, event.from, event.to))) return undefined;
  const name = textAt(code, reject.from);
  const body = [listener.from, ...(reads(code, listener.from, '(', ')', '=', '>') ? [listener.from + 4, listener.from + 5] : [])];
  const isRejected = body.some((token) => textAt(code, token) === name && (token === listener.to || textAt(code, token + 1) === '('));
  return isRejected ? signalAt(code, { from: start, to: at - 2 }) : undefined;
}
