/** An interval that nobody clears, cleared in a `finally`. */
import { mentions, textAt, type Code, type Range } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { hasLongText, hasSemicolon, indent, isShort, linesOf, semicolonOf } from '../layout.ts';
import { functionAround, statementAround, statementOf } from '../statements.ts';

const DECLARES: ReadonlySet<string> = new Set(['var', 'function', 'class', 'export', 'import', 'using']);

/** For the place of `setInterval(…)`, in the block of a function. */
export function timerInTry({ code, at }: Spot): Cure | undefined {
  const statement = statementAround(code, at);
  const around = functionAround(code, at);
  if (statement === undefined || around === undefined || code.within[statement.from] !== around.open || around.isGenerator) return undefined;
  // One behind an `if` may not be made.
  if (statementOf(code, around.open, at) !== statement.from) return undefined;
  const made = madeBy(code, statement, at);
  const from = statement.to + (hasSemicolon(code, statement) ? 2 : 1);
  const rest = { from, to: textAt(code, around.close - 1) === ';' ? around.close - 2 : around.close - 1 };
  if (made === undefined || rest.to < rest.from || hasLongText(code, rest) || hasLongText(code, statement)) return undefined;
  for (let index = rest.from; index <= rest.to; index++) {
    if (code.within[index] === around.open && DECLARES.has(textAt(code, index))) return undefined;
  }
  // Something else is to become of it.
  if (mentions(code, rest.from, rest.to, new Set([made.name]))) return undefined;
  const before = [...linesOf(code, statement), ...linesOf(code, rest)];
  if (!isShort(before) || !around.isAsync) return undefined;
  const first = statement.from;
  const started = made.isNew ? linesOf(code, statement, [{ from: first, to: first, text: `const ${made.name} = ${textAt(code, first)}` }]) : linesOf(code, statement);
  return {
    before: before.join('\n'),
    after: [...started, 'try {', ...indent(linesOf(code, rest)), '} finally {', `  clearInterval(${made.name})${semicolonOf(code, statement)}`, '}'].join('\n'),
  };
}

/** `setInterval(…)`, `const timer = setInterval(…)`. */
function madeBy(code: Code, { from, to }: Range, at: number): { readonly name: string; readonly isNew: boolean } | undefined {
  if (textAt(code, at) !== 'setInterval' || code.partner.get(at + 1) !== to) return undefined;
  if (at === from) return code.tokens.some(({ text }) => text === 'interval') ? undefined : { name: 'interval', isNew: true };
  const isKept = at === from + 3 && textAt(code, from) === 'const' && textAt(code, from + 2) === '=';
  return isKept ? { name: textAt(code, from + 1), isNew: false } : undefined;
}
