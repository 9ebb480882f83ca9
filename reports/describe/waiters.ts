/** Those whose wait a dump has proved to be vain, in words and places. */
import type { FindingPlace, TaskReference } from '../finding.ts';
import type { ProvedWait, Waiter } from '../fold/families/dumps.ts';
import { placesIn } from '../proved-waits.ts';
import type { RuleContext } from '../rule.ts';
import { isUserCode, type Place } from '../sources.ts';
import { capital, count, group } from './words.ts';

/** A task that the tracker did not follow has no number. */
const UNKNOWN = 0;

/** A waiter with its names, and the line that says most about it. */
export interface WaiterWords {
  readonly waiter: Waiter;
  readonly reference: TaskReference;
  /** In a sentence: `task load`, `the top level of a module`. */
  readonly mention: string;
  /** What it waits for, itself or over functions of its own. Absent: no line is known. */
  readonly place?: Place;
  /** The next line outwards that differs. */
  readonly outer?: Place;
}

export function describeWaiters({ waiters }: ProvedWait, context: RuleContext): readonly WaiterWords[] {
  const stacks = waiters.map(({ stack }) => withoutPackages(placesIn(stack, context.places)));
  return waiters.map((waiter, at) => {
    const stack = stacks[at] ?? [];
    // A lock's own line is the same for all who wait for it.
    const own = stack.find((place) => stacks.every((other, index) => index === at || !other.some((each) => isSame(each, place))));
    const place = own ?? stack[0];
    const outer = place === undefined ? undefined : stack[stack.indexOf(place) + 1];
    return {
      waiter,
      reference: referTo(waiter, stack, context),
      mention: waiter.task === undefined ? mentionUnknown(waiter) : context.describe.mention(waiter.task),
      ...(place === undefined ? {} : { place }),
      ...(outer === undefined ? {} : { outer }),
    };
  });
}

function withoutPackages(stack: readonly Place[]): readonly Place[] {
  const own = stack.filter(isUserCode);
  return own.length > 0 ? own : stack;
}

function isSame(a: Place, b: Place): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column;
}

function referTo({ task, certain, name, module }: Waiter, [place]: readonly Place[], { describe }: RuleContext): TaskReference {
  if (task !== undefined) return describe.reference(task, certain);
  const label = module ? 'module' : name === '' ? 'anonymous function' : name;
  const where = place === undefined ? '' : ` ${place.file.slice(place.file.lastIndexOf('/') + 1)}:${place.line}`;
  return { id: UNKNOWN, label, path: [`${label}${where}`], certainty: 'certain' };
}

function mentionUnknown({ module, name }: Waiter): string {
  if (module) return 'the top level of a module';
  return name === '' ? 'an async function' : `task ${name}`;
}

/** `Task load`, `12 tasks`. */
export function subjectOf({ waiting }: ProvedWait, [first]: readonly WaiterWords[]): string {
  return waiting === 1 && first !== undefined ? capital(first.mention) : count(waiting, 'task');
}

/** What holds a resolver, in a sentence: `Lock#q`, `the event "listen" of Server`. */
export function mentionHeld(held: string): string {
  return /^(?:event|variable) /.test(held) ? `the ${held}` : held;
}

const MOST_SHOWN = 4;

/** One place for each line, with how many wait there. */
export function placesOf({ waiting }: ProvedWait, waiters: readonly WaiterWords[]): readonly FindingPlace[] {
  const lines = new Map<string, { readonly first: WaiterWords; times: number }>();
  const placed = waiters.filter(({ place }) => place !== undefined);
  const own = placed.filter(({ place }) => place !== undefined && isUserCode(place));
  for (const each of own.length > 0 ? own : placed.length > 0 ? placed : waiters.slice(0, 1)) {
    const key = each.place === undefined ? '' : `${each.place.file}:${each.place.line}:${each.place.column}`;
    const known = lines.get(key);
    if (known === undefined) lines.set(key, { first: each, times: 1 });
    else known.times++;
  }
  const all = waiting === [...lines.values()].reduce((sum, { times }) => sum + times, 0);
  return [...lines.values()].slice(0, MOST_SHOWN).flatMap(({ first, times }) => placesOfLine(first, all ? times : 1));
}

function placesOfLine({ reference, place, outer }: WaiterWords, times: number): FindingPlace[] {
  const label = times === 1 ? 'suspended here' : `${group(times)} are suspended here`;
  return [
    { label, task: reference, ...(place === undefined ? {} : { place }) },
    ...(outer === undefined ? [] : [{ label: 'awaited here', task: reference, place: outer }]),
  ];
}
