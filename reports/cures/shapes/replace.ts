/** Something in one statement among others is replaced. */
import type { Code, Range } from '../code.ts';
import { hasLongText, hasSemicolon, isShort, LEFT_OUT, linesOf, type Edit } from '../layout.ts';

export interface Replaced {
  readonly before: string[];
  readonly after: string[];
  /** Nothing was left out. */
  readonly isWhole: boolean;
}

/** `undefined` when that would be too long to show. The others are left out where they are many. */
export function replace(code: Code, range: Range, statement: Range, edit: Edit): Replaced | undefined {
  const own = linesOf(code, statement);
  if (hasLongText(code, statement) || !isShort(own)) return undefined;
  const all = linesOf(code, range);
  if (isShort(all) && !hasLongText(code, range)) return { before: all, after: linesOf(code, range, [edit]), isWhole: true };
  const end = hasSemicolon(code, statement) ? statement.to + 1 : statement.to;
  const head = statement.from > range.from ? [LEFT_OUT] : [];
  const tail = end < range.to ? [LEFT_OUT] : [];
  return {
    before: [...head, ...own, ...tail],
    after: [...head, ...linesOf(code, statement, [edit]), ...tail],
    isWhole: head.length + tail.length === 0,
  };
}
