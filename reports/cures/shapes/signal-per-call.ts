/** A signal with a time limit that is made once and given to call after call: each call gets a deadline of its own. */
import { callAround } from '../calls.ts';
import { isWord, mentions, partsOf, reads, slice, textAt, type Code, type Range } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { rewritten, type Edit } from '../layout.ts';
import { statementAround, suspends } from '../statements.ts';
import { showInStatement } from './in-statement.ts';

const SIGNAL: ReadonlySet<string> = new Set(['signal']);

/** `made`: at `AbortSignal.timeout(ms)`. `used`: at the call that it was given to. */
export function signalPerCall(made: Spot, used: Spot): Cure | undefined {
  const { code } = used;
  const kept = made.code === code ? keptBy(code, made.at) : undefined;
  const call = callAround(code, used.at);
  if (kept === undefined || call === undefined || suspends(code, call)) return undefined;
  if (!['await', 'return'].includes(textAt(code, call.from - 1))) return undefined;
  const edit = partsOf(code, call.open).map((part) => editOf(code, part, kept)).find((one) => one !== undefined);
  if (edit === undefined || mentions(code, call.from, edit.from - 1, SIGNAL) || mentions(code, edit.to + 1, call.to, SIGNAL)) return undefined;
  const text = `deadline(${kept.ms}, ({ signal }) => ${rewritten(code, call, [edit])})`;
  const shown = showInStatement(code, call, [{ from: call.from, to: call.to, text }]);
  return { remedy: 'deadline', ...shown, note: 'Each call has a time limit of its own then. When time is up, it rejects with a TimeoutError.' };
}

interface Kept {
  readonly name: string;
  readonly ms: string;
  /** The name is that of the signal itself, and not of options that hold it. */
  readonly isSignal: boolean;
}

/** `options ??= { signal: AbortSignal.timeout(ms) }`, `const signal = AbortSignal.timeout(ms)`. */
function keptBy(code: Code, at: number): Kept | undefined {
  const call = callAround(code, at);
  const statement = call === undefined ? undefined : statementAround(code, call.from);
  const [ms, ...others] = call === undefined ? [] : partsOf(code, call.open);
  if (call?.callee !== 'AbortSignal.timeout' || statement === undefined || ms === undefined || others.length > 0) return undefined;
  const name = ['const', 'let'].includes(textAt(code, statement.from)) ? statement.from + 1 : statement.from;
  const equals = reads(code, name + 1, '?', '?', '=') ? name + 3 : name + 1;
  if (!isWord(textAt(code, name)) || textAt(code, equals) !== '=') return undefined;
  const isSignal = call.from === equals + 1 && call.to === statement.to;
  const isOption = textAt(code, equals + 1) === '{' && code.partner.get(equals + 1) === statement.to
    && code.within[call.from] === equals + 1 && reads(code, call.from - 2, 'signal', ':');
  return isSignal || isOption ? { name: textAt(code, name), ms: slice(code, ms.from, ms.to), isSignal } : undefined;
}

function editOf(code: Code, { from, to }: Range, { name, isSignal }: Kept): Edit | undefined {
  if (from === to && textAt(code, from) === name) return { from, to, text: isSignal ? 'signal' : `{ ...${name}, signal }` };
  if (!isSignal || textAt(code, from) !== '{') return undefined;
  for (let at = from + 1; at < to; at++) {
    if (reads(code, at, 'signal', ':', name) && [',', '}'].includes(textAt(code, at + 3))) return { from: at, to: at + 2, text: 'signal' };
    if (name === 'signal' && reads(code, at, 'signal') && ['{', ','].includes(textAt(code, at - 1)) && [',', '}'].includes(textAt(code, at + 1))) return { from: at, to: at, text: 'signal' };
  }
  return undefined;
}
