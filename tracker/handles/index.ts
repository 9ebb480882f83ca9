/**
 * Handles from their making to their end. All are followed, weakly once they are no longer young;
 * announced are those that stand when their scope is exited or when the program ends.
 */
import { promiseInMaking } from '../classify.ts';
import { details } from '../announce.ts';
import type { HandleType } from '../protocol.ts';
import type { PromiseNode } from '../promise-node.ts';
import { main, nowMs } from '../running.ts';
import { innermostOpen, type ScopeState } from '../scope-state.ts';
import { turn } from '../turns.ts';
import { Handle, type Making } from './handle.ts';
import { takeListening } from './listening.ts';
import { readMaking, UNSEEN } from './making.ts';
import { isInterval, keepsAlive } from './state.ts';
import { writeClosed, writeStanding } from './write.ts';

/** By the names of Node's resources: https://nodejs.org/api/async_hooks.html#type */
const TYPES: ReadonlyMap<string, HandleType> = new Map<string, HandleType>([
  ['Timeout', 'timer'],
  ['TCPSERVERWRAP', 'server'],
  ['PIPESERVERWRAP', 'server'],
  ['TCPWRAP', 'socket'],
  ['PIPEWRAP', 'socket'],
  ['UDPWRAP', 'udp-socket'],
  ['PROCESSWRAP', 'child-process'],
  ['WORKER', 'worker'],
  ['FSEVENTWRAP', 'watcher'],
  ['STATWATCHER', 'watcher'],
  ['MESSAGEPORT', 'message-port'],
]);

const SWEEP_AT = 1024;
/** Followed at once; of further ones nothing is known. */
const MOST_FOLLOWED = 50_000;
const MOST_WATCHED = 5000;
const LOOK_EVERY_MS = 20;

let watching = false;
let young: Handle[] = [];
let old: Handle[] = [];
let pruneAt = SWEEP_AT;
/** Announced ones that stood when their scope was exited. */
let watched: Handle[] = [];
let lookedAtMs = 0;

export function watchHandles(on: boolean): void {
  watching = on;
}

/** What such a resource is. Absent: no handle, or they are not watched. */
export function handleTypeOf(resourceType: string): HandleType | undefined {
  return watching ? TYPES.get(resourceType) : undefined;
}

/** `node` stands for the new resource. `frames`: absent when they were not captured. */
export function noteHandle(type: HandleType, resource: object, node: PromiseNode, frames: readonly NodeJS.CallSite[] | null): void {
  const owner = node.owner ?? main;
  const scope = innermostOpen(owner.scope);
  const making = makingOf(type, frames, owner, scope);
  // Node's own timers of sockets and agents, of which a server makes one for each request.
  if (type === 'timer' && making.sites.length === 0 && !keepsAlive(resource)) return;
  const repeats = type === 'timer' && isInterval(resource);
  const handle = new Handle(repeats ? 'interval' : type, resource, owner, scope, making, nowMs);
  details(node).handle = handle;
  if (young.push(handle) >= SWEEP_AT) sweepHandles();
  if (making.sites.length === 0) return;
  // Nothing is expected of what a group leaves open.
  if (scope !== null && scope.group === null) putInto(scope, handle);
  const waiting = type === 'timer' && frames !== null ? promiseInMaking(frames, making.by) : null;
  if (waiting === null) return;
  handle.promise = waiting;
  details(waiting).handle = handle;
}

function makingOf(
  type: HandleType, frames: readonly NodeJS.CallSite[] | null, owner: PromiseNode, scope: ScopeState | null,
): Making {
  const making = frames === null ? UNSEEN : readMaking(frames, owner, scope);
  if (type !== 'server') return making;
  const told = takeListening(owner);
  return making.sites.length === 0 && told !== undefined ? told : making;
}

function putInto(scope: ScopeState, handle: Handle): void {
  const kept = (scope.handles ??= []);
  if (kept.push(handle) < scope.pruneHandlesAt) return;
  scope.handles = kept.filter(isThere);
  scope.pruneHandlesAt = Math.max(64, scope.handles.length * 2);
}

function isThere(handle: Handle): boolean {
  return handle.isThere;
}

/** A callback of the resource runs: for some, that is the end of it. */
export function noteRun(handle: Handle): void {
  if (handle.over || !ENDS_WITH_CALLBACK.has(handle.type)) return;
  handle.end();
  if (handle.id !== 0) writeClosed(handle, handle.type === 'timer' ? 'fired' : 'closed');
}

const ENDS_WITH_CALLBACK: ReadonlySet<HandleType> = new Set<HandleType>(['timer', 'child-process', 'worker']);

/** What was made inside the scope and still stands is announced, and watched from now on. */
export function noteScopeExited(scope: ScopeState): void {
  const { handles } = scope;
  if (handles === null) return;
  scope.handles = null;
  for (const handle of handles) {
    if (watched.length >= MOST_WATCHED || handle.state !== 'refd') continue;
    writeStanding(handle, true);
    watched.push(handle);
  }
}

/** To be called now and then. */
export function lookAtHandles(now: number): void {
  if (watched.length === 0 || now - lookedAtMs < LOOK_EVERY_MS) return;
  lookedAtMs = now;
  watched = watched.filter(lookAt);
}

/** False: it is over. */
function lookAt(handle: Handle): boolean {
  const { state } = handle;
  if (state === 'over') writeClosed(handle, 'closed');
  else if (handle.isDue(nowMs)) writeStanding(handle, state === 'refd');
  else handle.openMs = nowMs;
  return state !== 'over';
}

/** Lets go of what is over, and only weakly holds the rest. */
export function sweepHandles(): void {
  if (old.length >= pruneAt) {
    old = old.filter(isThere);
    pruneAt = Math.max(SWEEP_AT, old.length * 2);
  }
  for (const handle of young) {
    if (!handle.isThere || old.length >= MOST_FOLLOWED) continue;
    handle.letGo();
    old.push(handle);
  }
  young = [];
}

/** Everything that is there now, the oldest first. */
export function listHandles(): readonly Handle[] {
  sweepHandles();
  old = old.filter(isThere);
  return old;
}

/** Timers of the program's own that were made before this turn of the event loop. */
export interface DueTimers {
  /** How many are due. */
  readonly overdue: number;
  /** The one that is due first. */
  readonly first: Handle;
  readonly firstMs: number;
}

export function findDue(now: number): DueTimers | undefined {
  let overdue = 0;
  let first: Handle | undefined;
  let firstMs = Infinity;
  for (const list of [young, old]) {
    for (const handle of list) {
      if (handle.turn === turn || !isPrograms(handle)) continue;
      const dueMs = handle.state === 'refd' ? (handle.dueMs ?? Infinity) : Infinity;
      if (dueMs <= now) overdue++;
      if (dueMs < firstMs) [first, firstMs] = [handle, dueMs];
    }
  }
  return first === undefined ? undefined : { overdue, first, firstMs };
}

/** Whether a server of the program has been there since an earlier turn of the event loop. */
export function serves(): boolean {
  return [young, old].some((list) => list.some((handle) => handle.type === 'server' && handle.turn !== turn && handle.isThere));
}

/** Made by code that is no package's. */
function isPrograms({ type, making: { sites } }: Handle): boolean {
  return (type === 'timer' || type === 'interval') && sites[0] !== undefined && !PACKAGE.test(sites[0].file);
}

const PACKAGE = /[\\/]node_modules[\\/]/;

const MOST_AT_END = 1000;

/**
 * Writes what is left at the end of the program. When nothing was left to do, all of it is unref'd:
 * then only what an unfinished call made can be of interest.
 */
export function writeLast(drained: boolean, isUnfinished: (call: PromiseNode) => boolean): void {
  let left = MOST_AT_END;
  for (const handle of watched) if (handle.state === 'over') writeClosed(handle, 'closed');
  for (const handle of listHandles()) {
    const { state } = handle;
    const wanted = handle.id !== 0 || (drained ? handle.making.sites.length > 0 && isUnfinished(handle.owner) : state === 'refd');
    if (wanted && left-- > 0) writeStanding(handle, state === 'refd');
  }
}
