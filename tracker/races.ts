/**
 * `Promise.race` and `Promise.any`: which calls were started for a race, lost it and go on.
 *
 * Most promises that lose a race are nobody's loss: a timer, a signal to shut down, the next item of
 * another source, a worker of a pool, a shared promise. So a call counts as started for a race only
 * when the function that called it has also made the race (or stood above it on the stack), without
 * being suspended in between; a race with any other running call among its members is left alone.
 */
import { announce } from './announce.ts';
import { emit } from './channel.ts';
import { atMs } from './clock.ts';
import { guarded } from './failure.ts';
import {
  CALL, COLLECT, DECIDED, ENDED, INFERRED, INPUT, INTERNAL, KIND, LOCKED, PLAIN, type PromiseNode, RACED, SHARED, THEN, USED,
} from './promise-node.ts';
import { runner, setNow, unknown } from './running.ts';
import { announceSite, type FunctionSite, isBuiltin, isPrograms, type Site, siteOf } from './sites.ts';

const MOST_STEPS = 100;
const MOST_WATCHED = 5000;
/** The first word of a loser's going on comes after this many milliseconds; each later one after half as long again. */
const FIRST_WORD_MS = 5;
const LONGER = 1.5;

/** What the functions on the stack at the making of a race were. */
class Origin {
  readonly how: 'race' | 'any';
  readonly functions: FunctionSite[] = [];
  readonly sites: Site[] = [];

  constructor(how: 'race' | 'any', frames: readonly NodeJS.CallSite[]) {
    this.how = how;
    for (const frame of frames) {
      if (isBuiltin(frame)) continue;
      const site = siteOf(frame);
      this.functions.push(site.fn);
      if (isPrograms(site)) this.sites.push(site);
    }
  }
}

interface Loser {
  readonly race: number;
  readonly call: number;
  readonly sinceMs: number;
  /** When it is next worth a word that it goes on, milliseconds after the decision. */
  nextMs: number;
  awaited: boolean;
}

/** Losers, and the calls that they wait for. */
const watched = new Map<PromiseNode, Loser>();
let lastRace = 0;

/** Nothing of what was there is known any more. */
export function forgetRaces(): void {
  watched.clear();
}

/** `race` is the result of `Promise.race` or `Promise.any`. */
export function beginRace(race: PromiseNode, how: 'race' | 'any', frames: readonly NodeJS.CallSite[]): void {
  race.bits |= RACED;
  race.subject = new Origin(how, frames);
}

/** `collect` has `source` as a member, through `input`. */
export function noteMember(collect: PromiseNode, input: PromiseNode, source: PromiseNode): void {
  noteUse(source);
  const origin = collect.subject;
  if (!(origin instanceof Origin)) return;
  for (const { call } of callsBehind(source)) {
    if (!isStartedFor(call, origin)) input.bits |= SHARED;
  }
}

/** Someone starts to wait for `source`. A second one makes it shared. */
export function noteUse(source: PromiseNode): void {
  if ((source.bits & RACED) !== 0) noteAwaited(source);
  source.bits |= (source.bits & USED) === 0 ? USED : SHARED;
}

function isStartedFor({ bits, details }: PromiseNode, { functions }: Origin): boolean {
  if ((bits & DECIDED) !== 0 || details === null) return false;
  const { place, around } = details;
  return functions.some((fn) => fn === place?.fn || fn === around?.fn);
}

interface Behind {
  readonly call: PromiseNode;
  readonly through: readonly PromiseNode[];
  /** Somebody else waits for the call, or for what is between. */
  readonly shared: boolean;
}

/** The async calls that a member stands for. None: a timer, an event, a promise made by hand. */
function callsBehind(member: PromiseNode, depth = 0): readonly Behind[] {
  const through: PromiseNode[] = [];
  let shared = false;
  let node: PromiseNode | null = member;
  for (let steps = 0; node !== null && steps < MOST_STEPS && (node.bits & ENDED) === 0; steps++) {
    shared ||= (node.bits & SHARED) !== 0;
    const kind = node.bits & KIND;
    if (node === unknown) return [{ call: node, through, shared: true }];
    if (kind === CALL) return [{ call: node, through, shared }];
    if (kind === COLLECT) return depth > 2 ? [] : inputsOf(node).flatMap((input) => callsBehind(input, depth + 1));
    if (kind === THEN) through.push(node);
    else if (kind !== PLAIN || (node.bits & LOCKED) === 0) return [];
    node = node.from;
  }
  return [];
}

function inputsOf(collect: PromiseNode): PromiseNode[] {
  const found: PromiseNode[] = [];
  for (let input = collect.child; input !== null && found.length < MOST_STEPS; input = input.sibling) {
    if ((input.bits & KIND) === INPUT && input.from !== null) found.push(input.from);
  }
  return found;
}

/** The race is decided: what still runs of it has lost. */
export const decideRace = guarded((race: PromiseNode): void => {
  const origin = race.subject;
  race.subject = null;
  if (!(origin instanceof Origin) || race.owner === null || watched.size >= MOST_WATCHED) return;
  const losers: Behind[] = [];
  for (let input = race.child; input !== null; input = input.sibling) {
    if (input.from === null) continue;
    const behind = callsBehind(input.from);
    if ((input.bits & SHARED) !== 0) return;
    losers.push(...behind.filter(({ call, shared }) => !shared && (call.bits & (INFERRED | INTERNAL)) === 0));
  }
  if (losers.length === 0) return;
  const now = atMs();
  setNow(now);
  const id = ++lastRace;
  const call = announce(race.owner);
  const calls = losers.map((one) => announce(one.call));
  const through = losers.flatMap((one) => one.through).map(announce);
  emit({ kind: 'race-decided', race: id, how: origin.how, call, losers: calls, through, stack: origin.sites.map(announceSite), atMs: now });
  losers.forEach((one, index) => {
    const loser = { race: id, call: calls[index] ?? 0, sinceMs: now, nextMs: FIRST_WORD_MS, awaited: false };
    for (const node of one.through) watch(node, loser);
    watchLine(one.call, loser);
  });
});

function watch(node: PromiseNode, loser: Loser): void {
  node.bits |= RACED;
  watched.set(node, loser);
}

/** The loser, and what it has called and waits for. */
function watchLine(call: PromiseNode, loser: Loser): void {
  let node: PromiseNode | null = call;
  for (let steps = 0; node !== null && steps < MOST_STEPS && (node.bits & ENDED) === 0; steps++) {
    const kind = node.bits & KIND;
    if (kind === COLLECT) {
      for (const member of inputsOf(node)) if (member.owner === node.owner) watchMember(member, loser);
      return;
    }
    if (kind !== CALL && kind !== THEN && (node.bits & LOCKED) === 0) return;
    watch(node, loser);
    // What somebody else waits for, too, is no work of the loser's own.
    if ((node.bits & SHARED) !== 0) tellAwaited(loser);
    const next: PromiseNode | null = node.from;
    if (next === null || (kind === CALL && next.owner !== node && (next.bits & LOCKED) === 0)) return;
    node = next;
  }
}

function watchMember(member: PromiseNode, loser: Loser): void {
  if ((member.bits & (ENDED | KIND)) === CALL) watch(member, loser);
}

/** `waiter`, which is a loser or works for one, is suspended again, until `source` settles. */
export const noteWorked = guarded((waiter: PromiseNode, source: PromiseNode | null): void => {
  const loser = watched.get(waiter);
  if (loser === undefined || loser.awaited) return;
  if (source !== null && source.owner === waiter && watched.size < MOST_WATCHED) watchLine(source, loser);
  const now = atMs();
  const sinceMs = now - loser.sinceMs;
  if (sinceMs < loser.nextMs) return;
  loser.nextMs = sinceMs * LONGER;
  emit({ kind: 'loser-worked', race: loser.race, call: loser.call, atMs: now });
});

/** Somebody else starts to wait for a loser, or for what works for it. */
const noteAwaited = guarded((source: PromiseNode): void => {
  const loser = watched.get(source);
  if (loser === undefined || loser.awaited || watched.get(runner()) === loser) return;
  tellAwaited(loser);
});

function tellAwaited(loser: Loser): void {
  if (loser.awaited) return;
  loser.awaited = true;
  emit({ kind: 'loser-awaited', race: loser.race, call: loser.call, atMs: atMs() });
}

/** A node that is {@link RACED} has settled. */
export function settleRaced(node: PromiseNode): void {
  if ((node.bits & KIND) === COLLECT) decideRace(node);
  else watched.delete(node);
}
