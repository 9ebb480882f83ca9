/**
 * Whether a handle is still there, asked of Node itself, without the `destroy` hook: that one makes
 * Node track every promise's collection on the lines before 24, and tells of many handles late.
 *
 * A timer says so in a field of its own. A native handle answers `hasRef()` with `undefined` once it
 * is closed, and otherwise with whether it keeps the program alive; measured on Node 20 to 26.
 */
import { MessagePort } from 'node:worker_threads';
import { atMs } from '../clock.ts';

type HasRef = (this: object) => unknown;

const toText = Function.prototype.toString;
/** Node's own methods: nothing of the program runs in them. */
const trusted = new WeakSet<object>();
const timers = timerPrototype();
/** What the loop's clock, by which timers go, is ahead of that of the records. */
const aheadMs = timers.loopMs - atMs();
trust(MessagePort.prototype);

/** A timer as Node makes it: `_destroyed` and `_repeat` are fields of its own from the start. */
interface Timer {
  readonly _destroyed: boolean;
  readonly _repeat: number | null;
  /** By the loop's clock. */
  readonly _idleStart: number;
  readonly _idleTimeout: number;
}

function timerPrototype(): { readonly prototype: object; readonly hasRef: HasRef; readonly loopMs: number } {
  const probe = setTimeout(() => undefined, 1);
  const { _idleStart: loopMs } = probe as unknown as Timer;
  clearTimeout(probe);
  const prototype = Object.getPrototypeOf(probe) as { readonly hasRef: HasRef };
  return { prototype, hasRef: prototype.hasRef, loopMs };
}

function trust(prototype: object): void {
  const method = Object.getOwnPropertyDescriptor(prototype, 'hasRef')?.value as unknown;
  if (typeof method === 'function') trusted.add(method);
}

/** Also `over` for what only bears the name of such a resource. */
export function readState(resource: object): 'refd' | 'unrefd' | 'over' {
  if (isTimer(resource)) return resource._destroyed ? 'over' : keepsAlive(resource) ? 'refd' : 'unrefd';
  const hasRef = findHasRef(resource);
  const answer = hasRef === undefined ? undefined : Reflect.apply(hasRef, resource, []);
  if (answer === undefined) return 'over';
  return answer === true ? 'refd' : 'unrefd';
}

export function isOver(resource: object): boolean {
  return isTimer(resource) ? resource._destroyed : readState(resource) === 'over';
}

/** Whether it is a timer that keeps the program alive. Known when the timer is made. */
export function keepsAlive(timer: object): boolean {
  return isTimer(timer) && Reflect.apply(timers.hasRef, timer, []) === true;
}

/** Whether it fires again and again. Known when the timer is made. */
export function isInterval(timer: object): boolean {
  return isTimer(timer) && timer._repeat !== null;
}

/** When the timer comes due, or came, as records have it. Absent: it is none. */
export function readDueMs(resource: object): number | undefined {
  return isTimer(resource) ? resource._idleStart + resource._idleTimeout - aheadMs : undefined;
}

function isTimer(resource: object): resource is Timer {
  return Object.getPrototypeOf(resource) === timers.prototype;
}

function findHasRef(resource: object): HasRef | undefined {
  for (let at: object | null = resource; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const method = Object.getOwnPropertyDescriptor(at, 'hasRef')?.value as unknown;
    if (typeof method === 'function') return isNodes(method) ? (method as HasRef) : undefined;
  }
  return undefined;
}

function isNodes(method: object): boolean {
  if (trusted.has(method)) return true;
  if (!NATIVE.test(Reflect.apply(toText, method, []))) return false;
  trusted.add(method);
  return true;
}

/** A bound function or a proxy has no name there. */
const NATIVE = /^function hasRef\(\) \{ \[native code\] \}$/;
