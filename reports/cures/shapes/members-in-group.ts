/** `Promise.all([one(), two()])`, whose first failure leaves the others behind, with each of them as a task of a group. */
import { callAround, chainWithSignal, functionOf, withSignal } from '../calls.ts';
import { encloses, isWord, mentions, partsOf, reads, textAt, type Code, type Range } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { arrowAfter } from '../definitions.ts';
import type { Edit } from '../layout.ts';
import { suspends } from '../statements.ts';
import { showInStatement } from './in-statement.ts';

/** Both fail with the first failure, as a group does. */
export type Together = 'all' | 'race';

interface Members {
  readonly edits: readonly Edit[];
  readonly notes: readonly string[];
}

/** For a place inside of it, or for that of `all` or `race`. */
export function membersInGroup({ code, at }: Spot, how: Together): Cure | undefined {
  const open = parenthesisOf(code, at, how);
  const [only, ...others] = open === undefined ? [] : partsOf(code, open);
  if (open === undefined || only === undefined || others.length > 0) return undefined;
  const whole = { from: open - 3, to: code.partner.get(open) ?? open };
  if (!isWaitedFor(code, whole.from) || mentions(code, whole.from, whole.to, NAMES)) return undefined;
  const members = textAt(code, only.from) === '[' && code.partner.get(only.from) === only.to ? listed(code, only.from) : mapped(code, only);
  // Another call than one of these was left behind.
  if (members === undefined || members.edits.length === 0 || (how === 'race' && members.edits.length < 2 && textAt(code, only.from) === '[')) return undefined;
  if (encloses(code, open, at) && textAt(code, at) !== 'map' && !members.edits.some(({ from, to }) => at >= from && at <= to)) return undefined;
  const [param, tail] = how === 'all' ? ['{ start }', ''] : ['{ start, cancel }', '.finally(() => { cancel() })'];
  const shown = showInStatement(code, whole, [
    { from: whole.from, to: whole.from, text: `taskGroup((${param}) => Promise` },
    ...members.edits,
    { from: whole.to, to: whole.to, text: `)${tail})` },
  ]);
  const ends = how === 'all' ? [] : ['When the first has settled, the others are cancelled and waited for; what their clean-up fails with, the group fails with.'];
  const notes = [...new Set([...members.notes, ...ends])];
  return { remedy: 'taskGroup', ...shown, ...(notes.length === 0 ? {} : { note: notes.join(' ') }) };
}

const NAMES: ReadonlySet<string> = new Set(['start', 'cancel']);

function parenthesisOf(code: Code, at: number, how: Together): number | undefined {
  const isIt = (open: number): boolean => reads(code, open - 3, 'Promise', '.', how, '(') && textAt(code, open - 4) !== '.';
  if (textAt(code, at) === how) return isIt(at + 1) ? at + 1 : undefined;
  for (let open = code.within[at] ?? -1; open >= 0; open = code.within[open] ?? -1) if (isIt(open)) return open;
  return undefined;
}

/** Otherwise the group's end is waited for by nobody either. */
function isWaitedFor(code: Code, from: number): boolean {
  const before = textAt(code, from - 1);
  return before === 'await' || before === 'return' || (before === '>' && textAt(code, from - 2) === '=');
}

/** `[one(), two(x), ready]` */
function listed(code: Code, list: number): Members | undefined {
  const edits: Edit[] = [];
  const notes: string[] = [];
  for (const member of partsOf(code, list)) {
    if (member.to < member.from) return undefined;
    if (member.from === member.to && isWord(textAt(code, member.from))) continue;
    const isSpread = reads(code, member.from, '.', '.', '.');
    const one = isSpread ? mapped(code, { from: member.from + 3, to: member.to }) : called(code, member);
    if (one === undefined) return undefined;
    edits.push(...one.edits);
    notes.push(...one.notes);
  }
  return { edits, notes };
}

function called(code: Code, member: Range): Members | undefined {
  const call = callAround(code, member.from);
  const signalled = call === undefined ? undefined : chainWithSignal(code, call, member.to);
  if (call === undefined || signalled === undefined) return undefined;
  const edit = { ...member, text: `start('${lastName(call.callee)}', ${functionOf(signalled)})` };
  return { edits: [edit], notes: signalled.note === undefined ? [] : [signalled.note] };
}

/** `files.map((file) => upload(file))`, `files.map(async (file) => {…})`. */
function mapped(code: Code, { from, to }: Range): Members | undefined {
  const open = code.partner.get(to);
  if (open === undefined || textAt(code, open - 1) !== 'map' || textAt(code, open - 2) !== '.') return undefined;
  const [callback, ...others] = partsOf(code, open);
  if (callback === undefined || others.length > 0 || suspends(code, { from, to: open })) return undefined;
  const isAsync = textAt(code, callback.from) === 'async';
  const params = isAsync ? callback.from + 1 : callback.from;
  const close = textAt(code, params) === '(' ? code.partner.get(params) : params;
  const arrow = close === undefined ? undefined : arrowAfter(code, close);
  if (close === undefined || arrow === undefined) return undefined;
  const body = { from: arrow + 1, to: callback.to };
  if (isAsync) return ownFunction(code, { from: callback.from, to: params }, { from: arrow, to: body.to }, isWord(textAt(code, open - 3)) ? lastName(textAt(code, open - 3)) : 'task');
  const call = textAt(code, body.from) === '{' ? undefined : callAround(code, body.from);
  const signalled = call === undefined || call.to !== body.to ? undefined : withSignal(code, call);
  if (call === undefined || signalled === undefined) return undefined;
  const edit = { ...body, text: `start('${lastName(call.callee)}', ${functionOf(signalled)})` };
  return { edits: [edit], notes: signalled.note === undefined ? [] : [signalled.note] };
}

/** An async function of the program's own: `(file) => start('files', async ({ signal }) => {…})`. */
function ownFunction(code: Code, head: Range, rest: Range, name: string): Members | undefined {
  const knows = mentions(code, rest.from, rest.to, new Set(['signal']));
  const last = textAt(code, rest.to);
  if (textAt(code, rest.from + 1) === '{' && code.partner.get(rest.from + 1) !== rest.to) return undefined;
  return {
    edits: [
      { from: head.from, to: head.to, text: textAt(code, head.to) },
      { from: rest.from, to: rest.from, text: `> start('${name}', async (${knows ? '' : '{ signal }'}) =>` },
      { from: rest.to, to: rest.to, text: `${last === '`' ? code.text.slice(code.tokens[rest.to]?.offset, code.tokens[rest.to]?.end) : last})` },
    ],
    notes: knows ? [] : ['Hand the signal to what it calls: what is cancelled is waited for.'],
  };
}

function lastName(callee: string): string {
  return (callee.split('.').at(-1) ?? callee).replace('#', '');
}
