/** An expression that is changed, shown with the statement around it. */
import { isWord, textAt, type Code, type Range } from '../code.ts';
import { dedent, hasLongText, isShort, linesOf, rewritten, type Edit } from '../layout.ts';
import { statementAround } from '../statements.ts';

/** The statement, or the expression alone where that is too long or not sure. `edits`: inside the expression, in their order. */
export function showInStatement(code: Code, expression: Range, edits: readonly Edit[]): { before: string; after: string } {
  const statement = statementAround(code, expression.from);
  const isSure = statement !== undefined && statement.to >= expression.to && isWord(textAt(code, statement.from)) && !hasLongText(code, statement);
  const alone = { before: dedent(rewritten(code, expression)), after: dedent(rewritten(code, expression, edits)) };
  const full = isSure ? { before: linesOf(code, statement), after: linesOf(code, statement, edits) } : alone;
  const { before, after } = isShort(full.before) ? full : alone;
  return { before: before.join('\n'), after: after.join('\n') };
}
