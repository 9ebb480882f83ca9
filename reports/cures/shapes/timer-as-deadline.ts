/** `setTimeout(() => controller.abort(), ms)`, which outlives its call, as a `deadline` around the rest of that. */
import { isWord, mentions, partsOf, reads, slice, textAt, type Code, type Range } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { hasLongText, indent, isShort, linesOf, semicolonOf, type Edit } from '../layout.ts';
import { functionAround, statementAround, statementOf } from '../statements.ts';
import { bodyOf } from './body.ts';

const GROUP: ReadonlySet<string> = new Set(['group']);
const SIGNAL: ReadonlySet<string> = new Set(['signal']);
const SUSPENDS: ReadonlySet<string> = new Set(['await', 'yield']);
const RETURN: ReadonlySet<string> = new Set(['return']);

/** For the place of the timer. */
export function timerAsDeadline({ code, at }: Spot): Cure | undefined {
  const statement = statementAround(code, at);
  const around = functionAround(code, at);
  if (statement === undefined || around?.isAsync !== true || around.isGenerator || code.within[statement.from] !== around.open) return undefined;
  // One behind an `if` may not be made.
  if (statementOf(code, around.open, at) !== statement.from) return undefined;
  const timer = readTimer(code, statement);
  const body = bodyOf(code, around);
  if (timer === undefined || body === undefined) return undefined;
  const from = statement.to + (textAt(code, statement.to + 1) === ';' ? 2 : 1);
  const rest = { from, to: body.to };
  if (rest.to < from || hasLongText(code, rest)) return undefined;
  const outer = { from: around.params ?? around.open, to: statement.from - 1 };
  const plain = ownSignal(code, rest, timer.controller, outer);
  // Where `signal` is the name of another one.
  const isTaken = plain === undefined;
  const inside = plain ?? (mentions(code, outer.from, rest.to, GROUP) ? undefined : ownSignal(code, rest, timer.controller, outer, 'group.signal'));
  if (inside === undefined) return undefined;
  const before = [...linesOf(code, statement), ...linesOf(code, rest)];
  if (!isShort(before)) return undefined;
  const head = mentions(code, rest.from, rest.to, RETURN) ? 'return await' : 'await';
  return {
    remedy: 'deadline',
    before: before.join('\n'),
    after: [
      `${head} deadline(${timer.ms}, async (${isTaken ? 'group' : '{ signal }'}) => {`, ...indent(inside),
      `}, { signal: ${timer.controller}.signal })${semicolonOf(code, statement)}`,
    ].join('\n'),
    note: 'When time is up, it rejects with a TimeoutError.',
  };
}

/** `setTimeout(() => controller.abort(…), ms)`, and nothing else. */
function readTimer(code: Code, { from, to }: Range): { readonly controller: string; readonly ms: string } | undefined {
  if (!reads(code, from, 'setTimeout', '(') || code.partner.get(from + 1) !== to) return undefined;
  const [callback, ms, ...others] = partsOf(code, from + 1);
  if (callback === undefined || ms === undefined || others.length > 0 || mentions(code, from, to, SUSPENDS)) return undefined;
  if (!reads(code, callback.from, '(', ')', '=', '>')) return undefined;
  const isBlock = textAt(code, callback.from + 4) === '{';
  const first = callback.from + (isBlock ? 5 : 4);
  let at = first;
  while (isWord(textAt(code, at)) && textAt(code, at + 1) === '.' && isWord(textAt(code, at + 2))) at += 2;
  if (at === first || textAt(code, at) !== 'abort' || textAt(code, at + 1) !== '(') return undefined;
  const close = code.partner.get(at + 1) ?? at;
  for (let end = close + 1; end <= callback.to; end++) if (![';', '}'].includes(textAt(code, end))) return undefined;
  return { controller: slice(code, first, at - 2), ms: slice(code, ms.from, ms.to) };
}

/**
 * The rest of the body, with the signal of the deadline in place of the controller's. `undefined` where the
 * controller is used for something else, or `signal` is the name of another one.
 */
function ownSignal(code: Code, rest: Range, controller: string, outer: Range, own = 'signal'): string[] | undefined {
  const isNamed = namesSignal(code, outer, controller);
  const name = controller.split('.').at(-1) ?? controller;
  const edits: Edit[] = [];
  let uses = 0;
  for (let at = rest.from; at <= rest.to; at++) {
    const text = textAt(code, at);
    if (text === name) {
      const start = at - 2 * (controller.split('.').length - 1);
      if (slice(code, start, at) !== controller || !reads(code, at + 1, '.', 'signal')) return undefined;
      // `signal: controller.signal` is said shorter.
      const from = own === 'signal' && reads(code, start - 2, 'signal', ':') ? start - 2 : start;
      edits.push({ from, to: at + 2, text: own });
      uses++;
    } else if (own === 'signal' && text === 'signal' && textAt(code, at - 1) !== '.' && !isProperty(code, at)) {
      if (!isNamed) return undefined;
      uses++;
    }
  }
  if (uses === 0 || (!isNamed && own === 'signal' && mentions(code, outer.from, outer.to, SIGNAL)) || (isNamed && own !== 'signal')) return undefined;
  return linesOf(code, rest, edits);
}

/** `signal:` of an object. */
function isProperty(code: Code, at: number): boolean {
  return textAt(code, at + 1) === ':' && ['{', ','].includes(textAt(code, at - 1));
}

/** `const { signal } = controller` or `const signal = controller.signal` before it. */
function namesSignal(code: Code, { from, to }: Range, controller: string): boolean {
  for (let at = from; at <= to; at++) {
    const next = (start: number): boolean => code.text.startsWith(controller, code.tokens[start]?.offset ?? 0);
    if (reads(code, at, 'const', '{', 'signal', '}', '=') && next(at + 5)) return true;
    if (reads(code, at, 'const', 'signal', '=') && next(at + 3)) return true;
  }
  return false;
}
