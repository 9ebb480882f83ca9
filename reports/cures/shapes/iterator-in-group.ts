/** A generator that is advanced by hand and left: guarded, in a group that closes it. */
import { isWord, mentions, slice, textAt, type Code, type Range } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { hasLongText, indent, isShort, linesOf, semicolonOf } from '../layout.ts';
import { functionAround, statementAround, type FunctionBody } from '../statements.ts';
import { isPlainChain } from '../calls.ts';
import { bodyOf } from './body.ts';

const RETURN: ReadonlySet<string> = new Set(['return']);

/** For the place of `iterator.next()`. */
export function iteratorInGroup({ code, at }: Spot): Cure | undefined {
  const around = functionAround(code, at);
  if (around?.isAsync !== true || around.isGenerator || textAt(code, at) !== 'next' || textAt(code, at - 1) !== '.') return undefined;
  const name = textAt(code, at - 2);
  if (!isWord(name) || textAt(code, at - 3) === '.') return undefined;
  const made = madeIn(code, around, name);
  const body = bodyOf(code, around);
  if (made === undefined || body === undefined || hasLongText(code, body)) return undefined;
  const before = linesOf(code, body);
  if (!isShort(before)) return undefined;
  const after = linesOf(code, body, [{ ...made, text: `guardIterator(${iterableOf(code, made)})` }]);
  const head = mentions(code, body.from, body.to, RETURN) ? 'return await' : 'await';
  return {
    remedy: 'guardIterator',
    before: before.join('\n'),
    after: [`${head} taskGroup(async () => {`, ...indent(after), `})${semicolonOf(code, body)}`].join('\n'),
  };
}

/** What it iterates over: `list` of `list[Symbol.asyncIterator]()`. */
function iterableOf(code: Code, { from, to }: Range): string {
  return slice(code, from, to).replace(/\[Symbol\.asyncIterator\]\(\)$/, '');
}

/** The call that makes it, `const name = make(…)`, when nobody else gets hold of what it returns. */
function madeIn(code: Code, { open, close }: FunctionBody, name: string): Range | undefined {
  let made: Range | undefined;
  for (let at = open + 1; at < close; at++) {
    if (textAt(code, at) !== name) continue;
    if (textAt(code, at - 1) === 'const' && textAt(code, at + 1) === '=' && made === undefined) {
      const statement = statementAround(code, at);
      if (statement === undefined || statement.from !== at - 1) return undefined;
      const value = { from: at + 2, to: statement.to };
      if (!isPlainChain(code, value)) return undefined;
      made = value;
    } else if (textAt(code, at - 1) === '.' || textAt(code, at + 1) !== '.' || textAt(code, at + 2) !== 'next') {
      return undefined;
    }
  }
  return made;
}
