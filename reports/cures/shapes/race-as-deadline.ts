/** `Promise.race([work(), timeout(ms)])`, which stops nobody, as `deadline(ms, ({ signal }) => work({ signal }))`. */
import { readCall, withSignal } from '../calls.ts';
import { isWord, mentions, partsOf, reads, slice, textAt, type Code, type Range } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { dedent, hasLongText, isShort, linesOf } from '../layout.ts';
import { statementAround } from '../statements.ts';
import { readTimeLimit, type TimeLimit } from './time-limit.ts';

const RACE = ['Promise', '.', 'race', '(', '['];
/** Where its list begins. */
const LIST = 4;
/** As many tokens a race may have before the place inside it. */
const MOST_BEFORE = 400;
const SUSPENDS: ReadonlySet<string> = new Set(['await', 'yield']);

/** For any place inside the race. */
export function raceAsDeadline({ code, at }: Spot): Cure | undefined {
  const race = raceAround(code, at);
  if (race === undefined) return undefined;
  const [first, second, ...others] = partsOf(code, race.from + LIST);
  if (first === undefined || second === undefined || others.length > 0) return undefined;
  const [early, late] = [readTimeLimit(code, first), readTimeLimit(code, second)];
  const limit = early ?? late;
  if (limit === undefined || (early !== undefined && late !== undefined)) return undefined;
  const working = readCall(code, early === undefined ? first : second);
  const signalled = working === undefined ? undefined : withSignal(code, working);
  if (signalled === undefined || mentions(code, race.from, race.to, SUSPENDS)) return undefined;
  return rewrite(code, race, limit, signalled);
}

/** From `Promise` to the parenthesis that ends its call, with one array of members. */
function raceAround(code: Code, at: number): Range | undefined {
  let found: Range | undefined;
  for (let from = Math.max(0, at - MOST_BEFORE); from <= at; from++) {
    if (!reads(code, from, ...RACE)) continue;
    const to = code.partner.get(from + 3) ?? from;
    const list = code.partner.get(from + LIST) ?? from;
    const isOnly = to === list + 1 || (to === list + 2 && textAt(code, list + 1) === ',');
    if (to >= at && isOnly && textAt(code, from - 1) !== '.') found = { from, to };
  }
  return found;
}

function rewrite(code: Code, race: Range, limit: TimeLimit, { fn, note }: { readonly fn: string; readonly note?: string }): Cure | undefined {
  const remedy = limit.fails ? 'deadline' : 'moveOnAfter';
  const call = `${remedy}(${limit.ms}, ${fn})`;
  const statement = statementAround(code, race.from);
  const isBare = statement !== undefined && statement.from === race.from - 1 && textAt(code, statement.from) === 'await' && statement.to === race.to;
  // What tells that time was up is another value: only where nobody looks at it.
  if (!limit.fails && !isBare) return undefined;
  const changed = limit.fails ? ['When time is up, it rejects with a TimeoutError.'] : [];
  const notes = [...(note === undefined ? [] : [note]), ...changed].join(' ');
  return { remedy, ...whole(code, race, call, statement), ...(notes === '' ? {} : { note: notes }) };
}

/** The statement, or the race alone where that is too long or not sure. */
function whole(code: Code, race: Range, call: string, statement: Range | undefined): { before: string; after: string } {
  const alone = { before: dedent(slice(code, race.from, race.to)), after: [call] };
  const isSure = statement !== undefined && isWord(textAt(code, statement.from)) && !hasLongText(code, statement);
  const full = isSure ? { before: linesOf(code, statement), after: linesOf(code, statement, [{ ...race, text: call }]) } : alone;
  const { before, after } = isShort(full.before) ? full : alone;
  return { before: before.join('\n'), after: after.join('\n') };
}
