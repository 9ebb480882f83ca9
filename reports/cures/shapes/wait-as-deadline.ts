/** A wait for what may never come, `await once(socket, 'data')`, with a deadline whose signal ends it. */
import { callAround, functionOf, withSignal } from '../calls.ts';
import { afterTypes, partsOf, reads, slice, textAt, type Code, type Range } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { arrowAfter } from '../definitions.ts';
import type { Edit } from '../layout.ts';
import { statementAround } from '../statements.ts';
import { showInStatement } from './in-statement.ts';

const MS = 5000;
const CHOOSE = `Choose how long it may take, in place of ${MS} ms. When time is up, it rejects with a TimeoutError.`;

/** For the place behind an `await`. */
export function waitAsDeadline({ code, at }: Spot): Cure | undefined {
  if (textAt(code, at - 1) !== 'await') return undefined;
  return reads(code, at, 'new', 'Promise') ? forEvent(code, at) : forCall(code, at);
}

/** Only of what ends when its signal is aborted: a deadline waits for what it has cancelled. */
function forCall(code: Code, at: number): Cure | undefined {
  const call = callAround(code, at);
  if (call === undefined || call.from !== at) return undefined;
  const signalled = isOnce(code, call.callee) ? onceWithSignal(code, call.open) : withSignal(code, call);
  if (signalled?.param !== '({ signal })' || signalled.note !== undefined) return undefined;
  const text = `deadline(${MS}, ${functionOf(signalled)})`;
  return { remedy: 'deadline', ...showInStatement(code, call, [{ from: call.from, to: call.to, text }]), note: CHOOSE };
}

function isOnce(code: Code, callee: string): boolean {
  return callee === 'once' && /\bonce\b[^}]*\}\s*(?:from|=\s*require\()\s*['"](?:node:)?events['"]/.test(code.text);
}

function onceWithSignal(code: Code, open: number): { readonly param: '({ signal })'; readonly text: string; readonly note?: string } | undefined {
  const args = partsOf(code, open);
  if (args.length !== 2) return undefined;
  return { param: '({ signal })', text: `once(${args.map(({ from, to }) => slice(code, from, to)).join(', ')}, { signal })` };
}

/** `new Promise((resolve) => emitter.once('reply', resolve))` */
function forEvent(code: Code, at: number): Cure | undefined {
  const open = afterTypes(code, at + 2);
  const to = code.partner.get(open);
  const event = to === undefined ? undefined : eventOf(code, open, to);
  const statement = statementAround(code, at);
  if (to === undefined || event === undefined || statement === undefined || statement.to !== to) return undefined;
  const edits: Edit[] = [{ from: at, to, text: `deadline(${MS}, ({ signal }) => once(${event}, { signal }))` }];
  const isConst = statement.from === at - 4 && textAt(code, statement.from) === 'const' && textAt(code, at - 2) === '=';
  if (isConst) edits.unshift({ from: at - 3, to: at - 3, text: `[${textAt(code, at - 3)}]` });
  else if (statement.from !== at - 1) return undefined;
  const range: Range = { from: at, to };
  const shown = showInStatement(code, range, edits);
  return { remedy: 'deadline', ...shown, note: `${CHOOSE} \`once\` is that of \`node:events\`, and rejects on \`error\` as well.` };
}

function eventOf(code: Code, open: number, to: number): string | undefined {
  const isList = textAt(code, open + 1) === '(';
  const close = isList ? (code.partner.get(open + 1) ?? open) : open + 1;
  const resolve = isList ? textAt(code, open + 2) : textAt(code, open + 1);
  const arrow = arrowAfter(code, close);
  if (arrow === undefined || (isList && partsOf(code, open + 1).length !== 1)) return undefined;
  let from = arrow + 1;
  let end = to - 1;
  if (textAt(code, from) === '{') [from, end] = [from + 1, (code.partner.get(from) ?? end) - 1];
  if (textAt(code, end) === ';') end--;
  const call = callAround(code, from);
  if (call === undefined || call.from !== from || call.to !== end || !call.callee.endsWith('.once')) return undefined;
  const [name, listener, ...others] = partsOf(code, call.open);
  if (name === undefined || listener === undefined || others.length > 0 || slice(code, listener.from, listener.to) !== resolve) return undefined;
  return `${call.callee.slice(0, -'.once'.length)}, ${slice(code, name.from, name.to)}`;
}
