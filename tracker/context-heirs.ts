/**
 * Heirs: calls that began inside a context which an earlier run of the same function had left
 * behind. What they read of it is written down.
 */
import { announce, details } from './announce.ts';
import { emit } from './channel.ts';
import { atMs } from './clock.ts';
import type { LeftBehind } from './contexts.ts';
import { capture } from './frames.ts';
import { fail, guarded } from './failure.ts';
import { DECIDED, ENDED, functionOf, idOf, type PromiseNode } from './promise-node.ts';
import { current, exact, runner } from './running.ts';
import { announceSite, isBuiltin, isPrograms, type Site, siteOf } from './sites.ts';
import { stateOf } from './storages.ts';

const MANY_FRAMES = 100;
const KEPT_FRAMES = 6;
/** Heirs that run at the same time; further ones are not looked at. */
const MOST_HEIRS = 16;
/** Callers between a read and the heir. */
const FAR = 64;
/** Reads written for one place that enters. */
const MOST_READS = 20;

interface Heir {
  readonly call: PromiseNode;
  readonly context: LeftBehind;
}

/** Not empty: reads are looked at. */
export let heirs: readonly Heir[] = [];
const reads = new WeakMap<Site, number>();
let lastId = 0;

/** Nothing of what was there is known any more. */
export function forgetHeirs(): void {
  heirs = [];
}

/** `call` begins inside `context`, unless its caller has set that up on purpose. */
export function inherit(call: PromiseNode, context: LeftBehind): void {
  if ((reads.get(context.at) ?? 0) >= MOST_READS) return;
  heirs = heirs.filter((heir) => (heir.call.bits & ENDED) === 0);
  if (heirs.length < MOST_HEIRS && !isInsideRun()) heirs = [...heirs, { call, context }];
}

/** Whether `run`, `bind` or a snapshot stands on the stack: somebody chose the context. */
function isInsideRun(): boolean {
  const frames = capture(MANY_FRAMES, isInsideRun);
  if (frames.length === MANY_FRAMES) return true;
  const files = frames.filter((frame) => !isBuiltin(frame)).map((frame) => frame.getFileName() ?? '');
  return files.some((file, index) => CHOOSES.test(file) && isChoice(files, index));
}

const CHOOSES = /^node:(async_hooks$|internal\/async_(local_storage|context_frame))/;

/** `queueMicrotask` runs its callback by an `AsyncResource`, too. */
function isChoice(files: readonly string[], index: number): boolean {
  return files.slice(index).find((file) => !CHOOSES.test(file)) !== 'node:internal/process/task_queues';
}

/** Whoever runs, or what it runs for, has entered a context of its own. */
export function dropHeirsAlong(call: PromiseNode): void {
  if (heirs.length === 0) return;
  const found = findHeir(call, () => true);
  if (found !== undefined) heirs = heirs.filter((heir) => heir.call !== found.heir.call);
}

interface Found {
  readonly heir: Heir;
  /** What the heir has called to get to the call. Absent: it is the heir itself. */
  readonly callee?: PromiseNode;
}

function heirOf(call: PromiseNode, isWanted: (heir: Heir) => boolean): Heir | undefined {
  return heirs.find((heir) => heir.call === call && isWanted(heir));
}

function findHeir(call: PromiseNode, isWanted: (heir: Heir) => boolean): Found | undefined {
  let callee: PromiseNode | undefined;
  let at: PromiseNode | null = call;
  for (let steps = 0; at !== null && steps < FAR; steps++) {
    const heir = heirOf(at, isWanted);
    if (heir !== undefined) return { heir, ...(callee === undefined ? {} : { callee }) };
    callee = at;
    at = at.owner;
  }
  return undefined;
}

/** A call reads `store` before it was suspended for the first time. */
export function noteEarlyRead(storage: unknown): void {
  try {
    const state = stateOf(storage);
    if (state !== undefined) state.reader = current();
  } catch (error) {
    fail(error);
  }
}

/** `store` was read while there are heirs. */
export const noteRead = guarded((storage: unknown, store: unknown): void => {
  if (!exact) return;
  const state = stateOf(storage);
  const found = findHeir(current(), ({ context }) => context.storage === state && context.store.is(store));
  if (found === undefined) return;
  const sites = capture(MANY_FRAMES, noteRead).filter((frame) => !isBuiltin(frame)).map(siteOf);
  if (isNodesRead(sites)) return;
  const { heir, callee } = found;
  heirs = heirs.filter((one) => one !== heir);
  const place = placeIn(heir.call, callee, sites);
  // The same place has led to the one and to the other: a wrapper that runs what it is given.
  if (place !== null && place !== heir.context.at) write(heir, sites.filter(isPrograms));
});

/** Node's own `run` looks at the store, too. */
function isNodesRead(sites: readonly Site[]): boolean {
  return sites.find((site) => !site.fn.own)?.fn.internal !== false;
}

/** Where in the heir's own function the read, or what led to it, stands. */
function placeIn(heir: PromiseNode, callee: PromiseNode | undefined, sites: readonly Site[]): Site | null {
  if (callee !== undefined) return details(callee).place;
  const fn = functionOf(heir)?.fn;
  return sites.find((site) => site.fn === fn) ?? null;
}

function write({ call, context }: Heir, sites: readonly Site[]): void {
  reads.set(context.at, (reads.get(context.at) ?? 0) + 1);
  if (context.id === 0) emitEntered(context);
  const stack = sites.slice(0, KEPT_FRAMES).map(announceSite);
  announce(call);
  emit({ kind: 'context-read', context: context.id, call: announce(runner()), run: idOf(call), stack, atMs: atMs() });
}

function emitEntered(context: LeftBehind): void {
  const { calls, receiver, atMs: at } = context;
  const innermost = calls.at(-1);
  const fn = innermost === undefined ? null : functionOf(innermost);
  if (innermost === undefined || fn === null) return;
  context.id = ++lastId;
  // What ended without ever waiting is a part of whoever called it.
  const by = calls.every((call) => (call.bits & DECIDED) !== 0) ? innermost : receiver;
  const stack = context.stack.map(announceSite);
  emit({ kind: 'context-entered', context: context.id, call: announce(by), fn: announceSite(fn), stack, atMs: at });
}
