/** Which statements a group goes around, so that it ends before a scope does. */
import { isWord, mentions, textAt, type Code, type Range } from '../code.ts';
import { hasSemicolon, linesOf } from '../layout.ts';
import { functionAround, isWaitingModule, statementAround, statementOf, type FunctionBody } from '../statements.ts';
import { bodyOf } from './body.ts';

export interface Room {
  readonly range: Range;
  /** What waits for the group: `await`, `return await`, `const answer = await`. */
  readonly head: string;
  /** The value that is used behind the group. Absent: none. */
  readonly result?: string;
  /** The lines before it and behind it, as they stand: where the scope is entered and exited. */
  readonly entrance?: readonly string[];
  readonly exits: readonly string[];
  /** In words, where not all of it may be shown. Absent: all of it has to be. */
  readonly words?: string;
}

/** The async function that waits for what happens at a place, or the module. */
export type Waiter = FunctionBody | 'module';

/** Would leave another function than before. */
const LEAVES: ReadonlySet<string> = new Set(['return', 'break', 'continue', 'yield', 'var', 'function', 'class']);
const RETURN: ReadonlySet<string> = new Set(['return']);
const DECLARES: ReadonlySet<string> = new Set(['var', 'function', 'class', 'export', 'import', 'using']);

/** Callbacks that are called at once are part of the function around them. */
export function waiterAround(code: Code, at: number): Waiter | undefined {
  for (let inside = at; ;) {
    const around = functionAround(code, inside);
    if (around === undefined) return isWaitingModule(code) ? 'module' : undefined;
    if (around.isGenerator) return undefined;
    if (around.isAsync) return around;
    const outer = code.within[around.open] ?? -1;
    if (textAt(code, outer) !== '(' || textAt(code, outer - 1) !== 'forEach' || code.partner.get(outer) !== around.close + 1) return undefined;
    inside = outer;
  }
}

/** `edges`: where the scope is entered and exited, as far as that is in this source. */
export function roomFor(code: Code, waiter: Waiter, statement: Range, edges: readonly number[]): Room | undefined {
  const [open, close] = waiter === 'module' ? [-1, code.tokens.length] : [waiter.open, waiter.close];
  const inside = edges.filter((edge) => edge > open && edge < close);
  if (inside.length === 0) return waiter === 'module' ? undefined : wholeBody(code, waiter);
  return behindUsing(code, waiter, statement, inside) ?? insideTry(code, waiter, statement, inside) ?? untilExit(code, open, statement, inside);
}

/** Whatever leaves the body, waits for the group. */
function wholeBody(code: Code, around: FunctionBody): Room | undefined {
  const range = bodyOf(code, around);
  if (range === undefined) return undefined;
  const words = `The group goes around the whole body of ${around.name === undefined ? 'the function' : `\`${around.name}\``}.`;
  return { range, head: headOf(code, range), exits: [], words };
}

function headOf(code: Code, { from, to }: Range): string {
  return mentions(code, from, to, RETURN) ? 'return await' : 'await';
}

/** Behind `using scope = …`, up to the end of its block. */
function behindUsing(code: Code, waiter: Waiter, statement: Range, edges: readonly number[]): Room | undefined {
  for (const edge of edges) {
    const entering = statementAround(code, edge);
    if (entering === undefined || entering.to > statement.from || !isUsed(code, entering)) continue;
    const block = code.within[entering.from] ?? -1;
    const last = (block < 0 ? code.tokens.length : (code.partner.get(block) ?? 0)) - 1;
    if (last < statement.to) continue;
    const range = { from: entering.to + (hasSemicolon(code, entering) ? 2 : 1), to: textAt(code, last) === ';' ? last - 1 : last };
    const isTop = waiter !== 'module' && block === waiter.open;
    if (!mayMove(code, range, block, isTop)) return undefined;
    return { range, head: isTop ? headOf(code, range) : 'await', entrance: linesOf(code, entering), exits: [], words: 'The group goes around the rest of the block.' };
  }
  return undefined;
}

/** Whether a statement is `using scope = …`, or puts something on what was made so: `stack.defer(…)`. */
function isUsed(code: Code, { from }: Range): boolean {
  const block = code.within[from] ?? -1;
  if (textAt(code, from) === 'using' || (textAt(code, from) === 'await' && textAt(code, from + 1) === 'using')) return true;
  if (textAt(code, from + 1) !== '.') return false;
  for (let at = block + 1; at < from; at++) {
    if (code.within[at] === block && textAt(code, at) === 'using' && textAt(code, at + 1) === textAt(code, from) && textAt(code, at + 2) === '=') return true;
  }
  return false;
}

/** What stands in `try`, when `finally` exits the scope. */
function insideTry(code: Code, waiter: Waiter, statement: Range, edges: readonly number[]): Room | undefined {
  for (const edge of edges) {
    const last = finallyAround(code, edge);
    const open = last === undefined ? undefined : tryBefore(code, last);
    if (last === undefined || open === undefined || open > statement.from || (code.partner.get(open) ?? 0) < statement.to) continue;
    const close = code.partner.get(open) ?? 0;
    const range = { from: open + 1, to: textAt(code, close - 1) === ';' ? close - 2 : close - 1 };
    const isTop = waiter !== 'module' && code.within[open] === waiter.open;
    const isLast = isTop && (code.partner.get(last) ?? 0) === waiter.close - 1;
    if (!mayMove(code, range, open, isTop)) return undefined;
    if (!isLast && mentions(code, range.from, range.to, RETURN)) return undefined;
    return { range, head: headOf(code, range), exits: [], words: 'The group goes around all that stands in `try`.' };
  }
  return undefined;
}

function finallyAround(code: Code, at: number): number | undefined {
  for (let open = code.within[at] ?? -1; open >= 0; open = code.within[open] ?? -1) {
    if (textAt(code, open) === '{' && textAt(code, open - 1) === 'finally') return open;
  }
  return undefined;
}

/** The block of the `try` that a `finally` belongs to. */
function tryBefore(code: Code, last: number): number | undefined {
  let open = code.partner.get(last - 2);
  if (open === undefined || textAt(code, last - 2) !== '}') return undefined;
  if (textAt(code, open - 1) === 'try') return open;
  const head = textAt(code, open - 1) === ')' ? (code.partner.get(open - 1) ?? 0) - 1 : open - 1;
  if (textAt(code, head) !== 'catch') return undefined;
  open = code.partner.get(head - 1);
  return open !== undefined && textAt(code, open - 1) === 'try' ? open : undefined;
}

/** Whether statements mean the same in a function of their own. `isTop`: nothing around them can be left but their function. */
function mayMove(code: Code, { from, to }: Range, block: number, isTop: boolean): boolean {
  if (!isTop && mentions(code, from, to, LEAVES)) return false;
  for (let at = from; at <= to; at++) if (code.within[at] === block && DECLARES.has(textAt(code, at))) return false;
  // What was declared before may know the names, too.
  return !mentions(code, block + 1, from - 1, new Set(namesIn(code, { from, to }, block)));
}

/** What statements declare for their block. */
function namesIn(code: Code, { from, to }: Range, block: number): string[] {
  const names: string[] = [];
  for (let at = from; at <= to; at++) {
    if (code.within[at] !== block || !['const', 'let'].includes(textAt(code, at))) continue;
    for (let name = at + 1; name <= to && !(textAt(code, name) === '=' && code.within[name] === block) && textAt(code, name) !== ';'; name++) {
      if (isWord(textAt(code, name))) names.push(textAt(code, name));
    }
  }
  return names;
}

/** From the call up to the exit of the scope, in the same block. */
function untilExit(code: Code, open: number, statement: Range, edges: readonly number[]): Room | undefined {
  const [exit, ...others] = edges.filter((edge) => edge > statement.to);
  if (exit === undefined || others.length > 0) return undefined;
  const block = code.within[exit] ?? -1;
  const from = block < open ? undefined : statementOf(code, block, statement.from);
  const leaving = statementAround(code, exit);
  // One behind an `if` may not come.
  if (from === undefined || leaving === undefined || leaving.from <= statement.to + 1 || statementOf(code, block, exit) !== leaving.from) return undefined;
  const last = leaving.from - 1;
  const range = { from, to: textAt(code, last) === ';' ? last - 1 : last };
  if (!mayMove(code, range, block, false)) return undefined;
  const end = block < 0 ? code.tokens.length : (code.partner.get(block) ?? 0);
  const result = resultOf(code, range, block, { from: leaving.from, to: end });
  if (result === undefined) return undefined;
  const exits = linesOf(code, leaving);
  return result === '' ? { range, head: 'await', exits } : { range, head: `const ${result} = await`, result, exits };
}

/** The one name that is declared inside and used after. Empty: there is none. `undefined`: there are several. */
function resultOf(code: Code, range: Range, block: number, after: Range): string | undefined {
  const used = namesIn(code, range, block).filter((name) => mentions(code, after.from, after.to, new Set([name])));
  if (used.length === 0) return '';
  const [name] = used;
  const isPlain = (at: number): boolean => textAt(code, at) === name && textAt(code, at - 1) === 'const' && textAt(code, at + 1) === '=';
  for (let at = range.from; at <= range.to; at++) if (code.within[at] === block && isPlain(at)) return used.length === 1 ? name : undefined;
  return undefined;
}
