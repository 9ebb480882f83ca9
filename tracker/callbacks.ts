/**
 * Callbacks of timers, ticks, sockets and the like, through `async_hooks`.
 *
 * On Node 24.14 and 25.6 and later, `trackPromises: false` leaves promises to V8's hooks. Older
 * lines ignore that option and would pay for both, so there the promise hooks that Node installs
 * are replaced by ours right away; should the program use hooks itself, Node puts both in force.
 */
import { createHook, executionAsyncResource, type AsyncHook } from 'node:async_hooks';
import { refillCaptures, capture, mayCaptureLine } from './frames.ts';
import { handleTypeOf, noteHandle, noteRun } from './handles/index.ts';
import { fail } from './failure.ts';
import { announced, details, emitEnd, type Subject } from './announce.ts';
import { decide, decidePostponed } from './fates.ts';
import { placeOf, settleEnd } from './classify.ts';
import {
  ENDED, EXACT, hopsOf, idOf, INFERRED, KIND, LOCKED, ONE_HOP, PromiseNode, ResourceStamp, ROOT, SPAWNED,
} from './promise-node.ts';
import {
  continuations, current, enter, exact, leave, main, reset, runner, setNow, top, base,
} from './running.ts';
import { atMs, computedMs, idleMs } from './clock.ts';
import { groupAround, innermostOpen, type ScopeState } from './scope-state.ts';
import type { Site } from './sites.ts';

/** A callback counts for more, so that a line of callbacks is cut sooner than a line of calls. */
const HOPS = 20;
const MOST_HOPS = 1000;
const HOUSEKEEPING_EVERY = 32;

const subjects = new Map<string, Subject>();
/** Async ids whose callbacks run now, and whether each was entered as a continuation. */
const ids: number[] = [];
const entered: boolean[] = [];
/** Types whose callbacks start from an empty stack: an exception has lost what seems to run. */
const FROM_EMPTY_STACK: ReadonlySet<string> = new Set(['Timeout', 'Immediate', 'TickObject', 'Microtask']);
/** Types whose callback goes on with what scheduled it, and with nothing else: it is part of the same request. */
const GOES_ON: ReadonlySet<string> = new Set([
  'Timeout', 'Immediate', 'TickObject', 'Microtask', 'FSREQCALLBACK', 'GETADDRINFOREQWRAP', 'PROCESSWRAP',
]);
/** Types that Node's own code makes in `AsyncResource`s of its own. */
const WITH_PLACE: ReadonlySet<string> = new Set(['Timeout', 'Immediate', 'Microtask']);

let untilHousekeeping = HOUSEKEEPING_EVERY;
let housekeeping: () => void = () => undefined;

export function setHousekeeping(run: () => void): void {
  housekeeping = run;
}

function subjectOf(type: string): Subject {
  let subject = subjects.get(type);
  if (subject === undefined) {
    subject = { named: false, name: type, handle: handleTypeOf(type) };
    subjects.set(type, subject);
  }
  return subject;
}

function onResource(_asyncId: number, type: string, _trigger: number, resource: object): void {
  try {
    if (type === 'PROMISE') return;
    const subject = subjectOf(type);
    const frames = framesFor(subject);
    const place = frames === null ? null : placeOf(frames, 0);
    const owner = schedulerOf(place);
    const far = hopsOf(owner) >= MOST_HOPS;
    const bits = far ? ROOT | SPAWNED | INFERRED : (ROOT | SPAWNED) + (hopsOf(owner) + HOPS) * ONE_HOP;
    const node = new PromiseNode(bits, far ? main : owner, null);
    const { scope } = runner();
    if (scope !== null && GOES_ON.has(type)) node.scope = groupAround(scope);
    node.subject = subject;
    if (place !== null) details(node).place = place;
    if (ResourceStamp.read(resource) === undefined) new ResourceStamp(resource, node);
    if (subject.handle !== undefined) noteHandle(subject.handle, resource, node, frames);
  } catch (error) {
    fail(error);
  }
}

/** The stack on which such a resource is made. Null: not worth a look. */
function framesFor({ name, handle }: Subject): readonly NodeJS.CallSite[] | null {
  if (!exact || !mayCaptureLine()) return null;
  if (handle === undefined && !WITH_PLACE.has(name) && !isRoot(current())) return null;
  return capture(handle === undefined || handle === 'timer' ? 10 : 20, onResource);
}

function isRoot(node: PromiseNode): boolean {
  return (node.bits & KIND) === ROOT && node !== main;
}

/**
 * Who scheduled it. A callback in which Node goes on with an operation by itself (open, then read,
 * then close) stands for the one that began the operation.
 */
function schedulerOf(place: Site | null): PromiseNode {
  const owner = runner();
  if (place !== null || !exact || !isRoot(owner) || owner.owner === null || owner.subject === null) return owner;
  return (owner.subject as Subject).named || owner.child !== null ? owner : owner.owner;
}

function onCallback(asyncId: number): void {
  try {
    if (--untilHousekeeping <= 0) keepHouse();
    const made = ResourceStamp.read(executionAsyncResource());
    const type = (made?.subject as Subject | null | undefined)?.name ?? '';
    if (FROM_EMPTY_STACK.has(type)) recover();
    const nested = isEmbedders(type);
    ids.push(asyncId);
    entered.push(!nested);
    if (nested) return;
    if (main.child !== null && main.from === null && base === 0) decide(main, null);
    decidePostponed();
    const handle = made?.details?.handle;
    if (handle) noteRun(handle);
    enter(startCallback(made));
  } catch (error) {
    fail(error);
  }
}

function startCallback(made: PromiseNode | undefined): PromiseNode {
  const bits = made === undefined ? ROOT | SPAWNED : made.bits;
  const scope = made === undefined || made.scope === null ? null : innermostOpen(made.scope);
  const node = new PromiseNode(bits | (mayCaptureLine() ? EXACT : INFERRED), made?.owner ?? main, scope);
  node.subject = made?.subject ?? subjectOf('unknown');
  const place = made?.details?.place;
  if (place) details(node).place = place;
  return node;
}

/** The callback that runs now, if it is one of `type` and nothing has been started above it. */
export function runningCallback(type: string): PromiseNode | undefined {
  const node = current();
  if (top !== base || !isRoot(node) || (node.subject as Subject).name !== type) return undefined;
  return node;
}

/** What the resource of the running callback calls next belongs to `scope`, too, while that is open. */
export function groupResource(scope: ScopeState): void {
  const made = ResourceStamp.read(executionAsyncResource());
  if (made !== undefined) made.scope = scope;
}

/** `AsyncResource`s of the program run their callbacks wherever it calls them, also in mid-stack. */
function isEmbedders(type: string): boolean {
  return !NATIVE_TYPE.test(type);
}

/** Names of the native resources: https://nodejs.org/api/async_hooks.html#type */
const NATIVE_TYPE = /^[A-Z0-9_]{3,}$|^(Timeout|Immediate|TickObject|Microtask|unknown)$/;

function recover(): void {
  if (ids.length === 0 && continuations === 0) return;
  ids.length = 0;
  entered.length = 0;
  reset();
}

function onCallbackEnd(asyncId: number): void {
  try {
    if (!ids.includes(asyncId)) return;
    for (;;) {
      const id = ids.pop();
      if (entered.pop() === true) endCallback();
      if (id === asyncId || id === undefined) return;
    }
  } catch (error) {
    fail(error);
  }
}

function endCallback(): void {
  if (top > base) settleEnd();
  const node = current();
  if (node.child !== null) decide(node, null);
  // Otherwise an async function is the callback, and its end is the task's.
  if ((node.bits & LOCKED) === 0) {
    node.bits |= ENDED;
    if (announced > 1 && idOf(node) !== 0 && node !== main) emitEnd(node);
  }
  leave();
}

/** Asking the system how long a process has computed takes 10 µs. */
const REFILL_EVERY_MS = 20;
let refilledAtMs = 0;

function keepHouse(): void {
  untilHousekeeping = HOUSEKEEPING_EVERY;
  const now = atMs();
  setNow(now);
  if (now - refilledAtMs >= REFILL_EVERY_MS) {
    refilledAtMs = now;
    refillCaptures(computedMs(), idleMs());
  }
  housekeeping();
}

/** Options that the types of older Node lines do not name. */
interface HookOptions {
  init: typeof onResource;
  before: typeof onCallback;
  after: typeof onCallbackEnd;
  trackPromises: boolean;
}

export function watchCallbacks(): AsyncHook {
  const options: HookOptions = {
    init: onResource, before: onCallback, after: onCallbackEnd, trackPromises: false,
  };
  return createHook(options).enable();
}
