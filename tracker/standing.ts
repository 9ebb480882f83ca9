/**
 * Where tasks stand, told while somebody watches the program live. Otherwise a task is announced only when it matters to a rule, and
 * where it waits is told at the end. Whoever watches touches a file in the session's folder again and again.
 */
import { statSync } from 'node:fs';
import { announce, details } from './announce.ts';
import { emit } from './channel.ts';
import { atMs } from './clock.ts';
import { guarded, hasFailed } from './failure.ts';
import { forEachLiving } from './nursery.ts';
import {
  CALL, COLLECT, ENDED, GENERATOR, idOf, INPUT, INTERNAL, isPaused, KIND, LOADER, type PromiseNode, RACED, SPAWNED, THEN,
} from './promise-node.ts';
import { WATCHING, type HandleType, type WaitedFor } from './protocol.ts';
import { main } from './running.ts';
import { announceSite, type Site } from './sites.ts';
import { listUnfinished } from './unfinished.ts';

const { now } = Date;
const { setTimeout: setTimer } = globalThis;

const ASK_EVERY_MS = 900;
const LOOK_EVERY_MS = 500;
/** Whoever has not touched the file for this long has gone. */
const GONE_AFTER_MS = 5000;
/** What is written at one look: with tens of thousands of tasks the others wait for the next looks. */
const MOST_AT_ONCE = 2000;
/** Deep waits are cut. */
const MOST_STEPS = 50;
/** A task that ends soon is of no interest to anybody. */
const LEAST_AGE_MS = 100;

let path = '';
let askedMs = -ASK_EVERY_MS;
let scheduled = false;
/** Which of the living are looked at next. */
let from = 0;

/** @param session - the folder */
export function setWatchedFile(session: string): void {
  path = `${session}/${WATCHING}`;
}

/** To be called now and then: it looks about once a second. */
export function lookForWatcher(nowMs: number): void {
  if (scheduled || nowMs - askedMs < ASK_EVERY_MS) return;
  askedMs = nowMs;
  if (!isWatched()) return;
  scheduled = true;
  setTimer(look, 0).unref();
}

function isWatched(): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && now() - stats.mtimeMs < GONE_AFTER_MS;
}

const look = guarded((): void => {
  scheduled = false;
  if (hasFailed()) return;
  tellAll();
  if (!isWatched()) return;
  scheduled = true;
  setTimer(look, LOOK_EVERY_MS).unref();
});

function tellAll(): void {
  if (isPaused()) return;
  const nowMs = atMs();
  let left = MOST_AT_ONCE;
  if (tell(main, nowMs)) left--;
  for (const node of listUnfinished()) if (left > 0 && node !== main && tell(node, nowMs)) left--;
  let at = 0;
  let next = 0;
  forEachLiving((node) => {
    at++;
    if (at <= from || left <= 0) return;
    if (tell(node, nowMs)) left--;
    next = at;
  });
  from = next >= at ? 0 : next;
}

/** Whether anything was written. */
function tell(node: PromiseNode, nowMs: number): boolean {
  if ((node.bits & (ENDED | INTERNAL)) !== 0 || !isTask(node)) return false;
  const known = details(node);
  if (idOf(node) === 0 && nowMs - known.startMs < LEAST_AGE_MS) return false;
  const end = follow(node);
  const told = end?.node ?? null;
  if (known.told === told && (told !== null || idOf(node) !== 0)) return false;
  known.told = told;
  const call = announce(node);
  emit({ kind: 'call-standing', call, ...(end === null ? {} : wordsOf(end)), waits: end !== null, atMs: nowMs });
  return true;
}

function isTask(node: PromiseNode): boolean {
  if (node === main || (node.bits & SPAWNED) !== 0) return (node.bits & KIND) !== LOADER;
  return false;
}

interface End {
  /** What is waited for in the end. */
  readonly node: PromiseNode;
  /** Where the innermost call of the task is suspended. */
  readonly at: Site | null;
}

/** Along the calls of the task to what these wait for. Null: it does not wait. */
function follow(task: PromiseNode): End | null {
  let at = task.details?.at ?? null;
  let node = task.from;
  for (let steps = 0; node !== null && steps < MOST_STEPS; steps++) {
    if ((node.bits & ENDED) !== 0) return null;
    const kind = node.bits & KIND;
    const isCall = kind === CALL || kind === GENERATOR || kind === THEN;
    if (isCall && (node.bits & SPAWNED) !== 0) return { node, at };
    if (isCall && (node.bits & INTERNAL) === 0) at = node.details?.at ?? at;
    const next: PromiseNode | null = kind === COLLECT ? null : node.from;
    if (next === null) return { node, at };
    node = next;
  }
  return null;
}

interface Words {
  readonly at?: number;
  readonly what: WaitedFor;
  readonly on?: number;
  readonly pending?: number;
  readonly handle?: HandleType;
}

function wordsOf({ node, at }: End): Words {
  const kind = node.bits & KIND;
  const isCall = kind === CALL || kind === GENERATOR || kind === THEN;
  const handle = node.details?.handle ?? null;
  return {
    ...(at === null || at.fn.own ? {} : { at: announceSite(at) }),
    what: kind === CALL ? 'call' : kind === GENERATOR ? 'generator' : kind === THEN ? 'then' : kind === COLLECT ? collected(node) : 'promise',
    ...(isCall && (node.bits & (SPAWNED | INTERNAL)) === SPAWNED ? { on: announce(node) } : {}),
    ...(kind === COLLECT ? { pending: countPending(node) } : {}),
    ...(handle === null ? {} : { handle: handle.type }),
  };
}

function collected({ bits }: PromiseNode): WaitedFor {
  return (bits & RACED) === 0 ? 'collection' : 'race';
}

function countPending(node: PromiseNode): number {
  let pending = 0;
  for (let input = node.child; input !== null; input = input.sibling) {
    if ((input.bits & KIND) === INPUT && (input.bits & ENDED) === 0) pending++;
  }
  return pending;
}
