/** A generator that another task closes: its reader is told to stop instead, and closes it. */
import { callAround, isPlainChain } from '../calls.ts';
import { encloses, mentions, partsOf, slice, textAt, type Code, type Range } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { hasLongText, isShort, LEFT_OUT, linesOf, semicolonOf } from '../layout.ts';
import { functionAround, statementAround } from '../statements.ts';

/** `advanced`: in the head of a `for await`; who advances by hand is told nothing while it does not read. */
export function readerTold(advanced: Spot, closed: Spot): Cure | undefined {
  const { code } = advanced;
  const name = loopedOver(code, advanced.at);
  const made = name === undefined ? undefined : madeIn(code, name, advanced.at);
  // Where a method is looked up by an accessor, its call is at the parenthesis.
  const method = textAt(closed.code, closed.at) === '(' ? closed.at - 1 : closed.at;
  const close = callAround(closed.code, method);
  if (closed.code !== code || made === undefined || name === undefined || close === undefined) return undefined;
  const closing = statementAround(code, close.from);
  const how = textAt(code, method);
  if (closing === undefined || (how !== 'return' && how !== 'throw') || code.tokens.some(({ text }) => text === 'stop')) return undefined;
  const receiver = close.callee.slice(0, -how.length - 1);
  const isSame = receiver === name && sees(code, made, name, close.from);
  const reason = how === 'throw' ? partsOf(code, close.open).map(({ from, to }) => slice(code, from, to)).join(', ') : '';
  const isDropped = textAt(code, close.from - 1) === 'void' || textAt(code, close.from - 1) === 'await';
  const from = isDropped ? close.from - 1 : close.from;
  const end = semicolonOf(code, made.statement);
  const before = [...linesOf(code, made.statement), LEFT_OUT, ...linesOf(code, closing)];
  if (!isShort(before) || hasLongText(code, closing) || hasLongText(code, made.statement)) return undefined;
  const notes = [
    ...(isSame ? [] : [`Hand \`stop\` to what closes it, in place of \`${receiver}\`.`]),
    'The loop then rejects with the reason of the signal: catch it there, where `stop.signal.aborted`.',
  ];
  return {
    remedy: 'guardIterator',
    ...(isSame ? {} : { outline: true }),
    before: before.join('\n'),
    after: [
      `const stop = new AbortController()${end}`,
      ...linesOf(code, made.statement, [{ ...made.value, text: `guardIterator(${slice(code, made.value.from, made.value.to)}, { signal: stop.signal })` }]),
      LEFT_OUT,
      ...linesOf(code, closing, [{ from, to: close.to, text: `stop.abort(${reason})` }]),
    ].join('\n'),
    note: notes.join(' '),
  };
}

/** `feed` of `for await (const price of feed)`. */
function loopedOver(code: Code, at: number): string | undefined {
  const open = code.within[at] ?? -1;
  if (textAt(code, open - 1) !== 'await' || textAt(code, open - 2) !== 'for') return undefined;
  const close = code.partner.get(open) ?? 0;
  return textAt(code, close - 2) === 'of' ? textAt(code, close - 1) : undefined;
}

interface Made {
  readonly statement: Range;
  readonly value: Range;
  /** The block that it is declared in. */
  readonly block: number;
}

/** The only `const name = …` that can be seen from a place. */
function madeIn(code: Code, name: string, from: number): Made | undefined {
  const found: Made[] = [];
  for (let at = 0; at < code.tokens.length; at++) {
    if (textAt(code, at) !== name || textAt(code, at - 1) !== 'const' || textAt(code, at + 1) !== '=') continue;
    const block = code.within[at] ?? -1;
    const statement = statementAround(code, at);
    if (block >= 0 && !encloses(code, block, from)) continue;
    if (statement?.from !== at - 1) return undefined;
    found.push({ statement, value: { from: at + 2, to: statement.to }, block });
  }
  const [made, ...others] = found;
  return made === undefined || others.length > 0 || !isPlainChain(code, made.value) ? undefined : made;
}

/** Whether the name means that one there, too: its block is around it, and no parameter has the name. */
function sees(code: Code, { block }: Made, name: string, at: number): boolean {
  if (block >= 0 && !encloses(code, block, at)) return false;
  for (let inside = at; ;) {
    const around = functionAround(code, inside);
    if (around === undefined || around.open === block) return true;
    const { params } = around;
    if (params === undefined || mentions(code, params, code.partner.get(params) ?? params, new Set([name]))) return false;
    inside = around.open;
  }
}
