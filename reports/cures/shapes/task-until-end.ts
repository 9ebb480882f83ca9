/** A background task that the program's end cuts off: the outline of a group around what the program does meanwhile. */
import { mentions } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { hasLongText, isShort, LEFT_OUT, linesOf, semicolonOf } from '../layout.ts';
import { statementAround } from '../statements.ts';
import { readStarted } from './started.ts';

/** For the place where it is started. */
export function taskUntilEnd({ code, at }: Spot): Cure | undefined {
  const statement = statementAround(code, at);
  const started = statement === undefined ? undefined : readStarted(code, statement, at);
  if (statement === undefined || started === undefined || mentions(code, statement.from, statement.to, new Set(['start', 'cancel']))) return undefined;
  const before = linesOf(code, statement);
  if (!isShort(before) || hasLongText(code, statement)) return undefined;
  const end = semicolonOf(code, statement);
  return {
    remedy: 'taskGroup',
    outline: true,
    before: before.join('\n'),
    after: [
      `await taskGroup(async ({ start, cancel }) => {`,
      ...linesOf(code, statement, [started.edit('start')]).map((line) => `  ${line}`),
      `  ${LEFT_OUT} what the program does meanwhile`,
      `  cancel()${end}`,
      `})${end}`,
    ].join('\n'),
    note: [...started.notes, `The program ends behind the group, when \`${started.name}\` has cleaned up.`].join(' '),
  };
}
