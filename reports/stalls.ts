/** An event loop that did not turn: who had to wait for it, and what kept it. */
import { count } from './describe/words.ts';
import type { FindingPlace } from './finding.ts';
import type { Look, Stall } from './fold/families/hangs.ts';
import type { ProgramTrace } from './model.ts';
import type { RuleContext } from './rule.ts';
import { isUserCode, type Place, type Places } from './sources.ts';

/** Who had to wait, and for how long at least. */
export interface Victim {
  /** A clause: `a timer had to wait for 2.1 s`. */
  readonly text: string;
  readonly places: readonly FindingPlace[];
}

/** A program that is ended while it computes has not hung, unless it had done so for this many times the threshold. */
const HUNG = 3;

/**
 * Whom the stall harmed. Absent: nobody, as far as is known. It is no harm that time goes by: somebody
 * must have been due before, and by what began in an earlier turn.
 */
export function findVictim(stall: Stall, trace: ProgramTrace, context: RuleContext): Victim | undefined {
  const { blockAfterMs } = context;
  const untilMs = stall.ended?.atMs ?? trace.ended?.atMs ?? trace.lastAtMs;
  return (
    waitingTimer(stall, untilMs, context) ??
    waitingConnections(stall, untilMs, blockAfterMs) ??
    (stall.ended === undefined && trace.ended === undefined && untilMs - stall.startMs >= blockAfterMs * HUNG
      ? { text: 'it had not turned again when the program was ended', places: [] }
      : undefined)
  );
}

function waitingTimer(stall: Stall, untilMs: number, { describe, places, blockAfterMs }: RuleContext): Victim | undefined {
  const { dueMs, due, overdue = 1 } = stall.looks.findLast((look) => look.dueMs !== undefined) ?? {};
  const place = places.of(due);
  if (dueMs === undefined || place === undefined || !isUserCode(place)) return undefined;
  const waitedMs = untilMs - dueMs;
  if (waitedMs < blockAfterMs) return undefined;
  const who = overdue > 1 ? count(overdue, 'timer') : 'a timer';
  return { text: `${who} had to wait for ${seconds(waitedMs)}`, places: [describe.place('timer set here', stall.task, place)] };
}

function waitingConnections({ looks }: Stall, untilMs: number, blockAfterMs: number): Victim | undefined {
  const { waiting = 0, waitingMs = 0, atMs = 0 } = looks.findLast((look) => look.waiting !== undefined) ?? {};
  const waitedMs = waitingMs + untilMs - atMs;
  if (waiting === 0 || waitedMs < blockAfterMs) return undefined;
  return { text: `${count(waiting, 'connection')} to its server had to wait for ${seconds(waitedMs)}`, places: [] };
}

/** Where the program stood. Absent: nothing of the user's own was seen there. */
export interface Standstill {
  /** `grind`, `the code at app.mjs:6`. */
  readonly name: string;
  /** What of Node or the language had been called. */
  readonly inside?: string;
  readonly places: readonly FindingPlace[];
}

/** Between two ticks, or in a package's own callback, nothing of the user's stands on the stack. */
export function findStandstill(stall: Stall, { describe, places }: RuleContext): Standstill | undefined {
  const seen = stall.looks.map((look) => ({ look, stack: userPlaces(look, places) })).filter(({ stack }) => stack.length > 0);
  const look = seen.at(-1)?.look;
  const stacks = seen.map(({ stack }) => stack);
  const stack = stacks.at(-1) ?? [];
  const innermost = stack[0];
  if (look === undefined || innermost === undefined) return undefined;
  const common = stack.find((place) => stacks.every((one) => one.some((other) => isSameFunction(other, place))));
  const from = stall.fresh ? (common ?? innermost) : innermost;
  const named = [from, ...stack.slice(stack.indexOf(from))].find((place) => place.function !== undefined);
  return {
    name: named?.function ?? `the code at ${from.file.slice(from.file.lastIndexOf('/') + 1)}:${from.line}`,
    // Below a frame of a package it is the package's own affair.
    ...(look.inside === undefined || places.of(look.stack[0]) !== innermost ? {} : { inside: look.inside }),
    places: stack.slice(0, MOST_SHOWN).map((place) => {
      const label = place === innermost ? 'stood here' : place === common ? 'every time called from here' : 'called from here';
      return describe.place(label, stall.task, place);
    }),
  };
}

const MOST_SHOWN = 4;

function userPlaces(look: Look, places: Places): readonly Place[] {
  return look.stack.flatMap((site) => {
    const place = places.of(site);
    return place !== undefined && isUserCode(place) ? [place] : [];
  });
}

function isSameFunction(a: Place, b: Place): boolean {
  return a.file === b.file && a.function === b.function;
}

/** How long the loop did not turn, as far as that was seen. */
export function lengthOf(stall: Stall, trace: ProgramTrace): string {
  const untilMs = stall.ended?.atMs ?? trace.ended?.atMs ?? trace.lastAtMs;
  return `${stall.ended === undefined && trace.ended === undefined ? 'at least ' : ''}${seconds(untilMs - stall.startMs)}`;
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
