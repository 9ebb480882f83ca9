/** `Promise.race([work(), timeout(ms)])`, which stops nobody, as `deadline(ms, ({ signal }) => work({ signal }))`. */
import { callAround, chainWithSignal, functionOf, type Signalled } from '../calls.ts';
import { afterTypes, partsOf, reads, textAt, type Code, type Range } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { statementAround, suspends } from '../statements.ts';
import { showInStatement } from './in-statement.ts';
import { readAbort } from './abort-member.ts';
import { readTimeLimit, type TimeLimit } from './time-limit.ts';

/** As many tokens a race may have before the place inside it. */
const MOST_BEFORE = 400;

interface Race extends Range {
  /** Index of the bracket of its members. */
  readonly list: number;
}

/** For any place inside the race. */
export function raceAsDeadline({ code, at }: Spot): Cure | undefined {
  const race = raceAround(code, at);
  if (race === undefined || suspends(code, race)) return undefined;
  const [first, second, ...others] = partsOf(code, race.list);
  if (first === undefined || second === undefined || others.length > 0) return undefined;
  const [early, late] = [readTimeLimit(code, first), readTimeLimit(code, second)];
  const limit = early ?? late;
  if (early !== undefined && late !== undefined) return undefined;
  if (limit === undefined) return untilAborted(code, race, first, second);
  const signalled = workOf(code, early === undefined ? first : second);
  return signalled === undefined ? undefined : untilLate(code, race, limit, signalled);
}

/** From `Promise` to the parenthesis that ends its call, with one array of members. */
function raceAround(code: Code, at: number): Race | undefined {
  let found: Race | undefined;
  for (let from = Math.max(0, at - MOST_BEFORE); from <= at; from++) {
    if (!reads(code, from, 'Promise', '.', 'race')) continue;
    const open = afterTypes(code, from + 3);
    if (!reads(code, open, '(', '[')) continue;
    const to = code.partner.get(open) ?? from;
    const list = code.partner.get(open + 1) ?? from;
    const isOnly = to === list + 1 || (to === list + 2 && textAt(code, list + 1) === ',');
    if (to >= at && isOnly && textAt(code, from - 1) !== '.') found = { from, to, list: open + 1 };
  }
  return found;
}

/** One call, and what becomes of its value. */
function workOf(code: Code, member: Range): Signalled | undefined {
  const call = callAround(code, member.from);
  return call === undefined || call.from !== member.from ? undefined : chainWithSignal(code, call, member.to);
}

function untilLate(code: Code, race: Range, limit: TimeLimit, signalled: Signalled): Cure | undefined {
  const notes = signalled.note === undefined ? [] : [signalled.note];
  if (limit.fails) {
    const text = `deadline(${limit.ms}, ${functionOf(signalled)})`;
    return cureOf('deadline', code, race, text, [...notes, 'When time is up, it rejects with a TimeoutError.']);
  }
  const call = `moveOnAfter(${limit.ms}, ${functionOf(signalled)})`;
  // Where somebody looks at the value, it has to stay the same one.
  const bare = isBare(code, race);
  if (!bare && limit.value === undefined) return undefined;
  const text = bare ? call : `${call}.then((end) => (end.timedOut ? ${limit.value ?? ''} : end.value))`;
  return cureOf('moveOnAfter', code, race, text, notes);
}

function isBare(code: Code, race: Range): boolean {
  const statement = statementAround(code, race.from);
  return statement !== undefined && statement.from === race.from - 1 && textAt(code, statement.from) === 'await' && statement.to === race.to;
}

/** A signal in place of the time limit: the group has it, and the work gets the group's. */
function untilAborted(code: Code, race: Range, first: Range, second: Range): Cure | undefined {
  const [early, late] = [readAbort(code, first), readAbort(code, second)];
  const signal = early ?? late;
  if (signal === undefined || (early !== undefined && late !== undefined)) return undefined;
  const signalled = workOf(code, early === undefined ? first : second);
  if (signalled === undefined) return undefined;
  const given = signal === 'signal' ? '{ signal }' : `{ signal: ${signal} }`;
  return cureOf('taskGroup', code, race, `taskGroup(${functionOf(signalled)}, ${given})`, [
    ...(signalled.note === undefined ? [] : [signalled.note]), 'When it is aborted, it rejects with the reason of the signal.',
  ]);
}

function cureOf(remedy: string, code: Code, race: Range, text: string, notes: readonly string[]): Cure {
  const shown = showInStatement(code, race, [{ from: race.from, to: race.to, text }]);
  return { remedy, ...shown, ...(notes.length === 0 ? {} : { note: notes.join(' ') }) };
}
