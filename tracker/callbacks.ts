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
import type { HandleType } from './protocol.ts';
import {
  ENDED, EXACT, hopsOf, idOf, INFERRED, isPaused, KIND, LOCKED, ONE_HOP, PromiseNode, ResourceStamp, ROOT, SPAWNED,
} from './promise-node.ts';
import {
  continuations, current, enter, exact, leave, main, reset, runner, setNow, top, base,
} from './running.ts';
import { atMs, computedMs, idleMs } from './clock.ts';
import { groupAround, innermostOpen, type ScopeState } from './scope-state.ts';
import type { Site } from './sites.ts';
import { deferred, takeDeferred } from './stalls.ts';
import { addTick, findTick, forgetTicks, takeTick, TICK } from './ticks.ts';
import { beginTurn } from './turns.ts';

/** A callback counts for more, so that a line of callbacks is cut sooner than a line of calls. */
const HOPS = 20;
const MOST_HOPS = 1000;
const HOUSEKEEPING_EVERY = 32;

/** Async ids whose callbacks run now, and whether each was entered as a continuation. */
const ids: number[] = [];
const entered: boolean[] = [];
/** Types whose callbacks start from an empty stack: an exception has lost what seems to run. */
const FROM_EMPTY_STACK: ReadonlySet<string> = new Set(['Timeout', 'Immediate', TICK, 'Microtask']);
/** Types whose callback goes on with what scheduled it, and with nothing else: it is part of the same request. */
const GOES_ON: ReadonlySet<string> = new Set([
  'Timeout', 'Immediate', TICK, 'Microtask', 'FSREQCALLBACK', 'GETADDRINFOREQWRAP', 'PROCESSWRAP',
]);
/** Types that Node's own code makes in `AsyncResource`s of its own. */
const WITH_PLACE: ReadonlySet<string> = new Set(['Timeout', 'Immediate', 'Microtask']);

let untilHousekeeping = HOUSEKEEPING_EVERY;
let housekeeping: () => void = () => undefined;

export function setHousekeeping(run: () => void): void {
  housekeeping = run;
}

/** By the type of an embedder's resource: who is told of it before code runs in it. */
const onEmbedder = new Map<string, (resource: object) => void>();

export function setOnEmbedder(type: string, tell: (resource: object) => void): void {
  onEmbedder.set(type, tell);
}

let onCallbackInPause: () => void = () => undefined;

/** Who is told of each callback that starts while promises are not followed, before it counts as one that runs. */
export function setOnCallbackInPause(tell: () => void): void {
  onCallbackInPause = tell;
}

/** What is known of a type of resources, looked up once. */
class ResourceType implements Subject {
  readonly named = false;
  readonly name: string;
  readonly handle: HandleType | undefined;
  readonly fromEmptyStack: boolean;
  readonly goesOn: boolean;
  readonly hasPlace: boolean;
  /** `AsyncResource`s of the program run their callbacks wherever it calls them, also in mid-stack. */
  readonly isEmbedders: boolean;
  /** The event loop itself calls it. */
  readonly isTurn: boolean;

  constructor(name: string) {
    this.name = name;
    this.handle = handleTypeOf(name);
    this.fromEmptyStack = FROM_EMPTY_STACK.has(name);
    this.goesOn = GOES_ON.has(name);
    this.hasPlace = WITH_PLACE.has(name);
    this.isEmbedders = !NATIVE_TYPE.test(name);
    this.isTurn = !this.isEmbedders && name !== TICK && name !== 'Microtask';
  }
}

const types = new Map<string, ResourceType>();

function typeOf(name: string): ResourceType {
  let type = types.get(name);
  if (type === undefined) {
    type = new ResourceType(name);
    types.set(name, type);
  }
  return type;
}

function onResource(asyncId: number, name: string, _trigger: number, resource: object): void {
  try {
    if (name === 'PROMISE') return;
    if (deferred !== null) takeDeferred(onResource);
    const type = typeOf(name);
    const frames = framesFor(type);
    const node = frames === null ? makeUnseen(type) : makeSeen(type, frames);
    if (type.handle !== undefined) noteHandle(type.handle, resource, node, frames);
    if (name === TICK && addTick(asyncId, node)) return;
    if (ResourceStamp.read(resource) === undefined) new ResourceStamp(resource, node);
  } catch (error) {
    fail(error);
  }
}

/** The latest one that was made unseen, for no handle: nothing tells the next one of the same call apart. */
let latest: PromiseNode | null = null;

function makeUnseen(type: ResourceType): PromiseNode {
  const owner = schedulerOf(null);
  const scope = groupFor(type);
  if (latest !== null && latest.subject === type && latest.owner === owner && latest.scope === scope) return latest;
  const node = makeNode(type, owner, scope);
  if (type.goesOn && type.handle === undefined && node.owner === owner) latest = node;
  return node;
}

function makeSeen(type: ResourceType, frames: readonly NodeJS.CallSite[]): PromiseNode {
  const place = placeOf(frames, 0);
  const node = makeNode(type, schedulerOf(place), groupFor(type));
  if (place !== null) details(node).place = place;
  return node;
}

function makeNode(type: ResourceType, owner: PromiseNode, scope: ScopeState | null): PromiseNode {
  const far = hopsOf(owner) >= MOST_HOPS;
  const bits = far ? ROOT | SPAWNED | INFERRED : (ROOT | SPAWNED) + (hopsOf(owner) + HOPS) * ONE_HOP;
  const node = new PromiseNode(bits, far ? main : owner, scope);
  node.subject = type;
  return node;
}

/** What its callbacks are a part of, whoever scheduled it. */
function groupFor(type: ResourceType): ScopeState | null {
  const { scope } = runner();
  return scope !== null && type.goesOn ? groupAround(scope) : null;
}

/** The stack on which such a resource is made. Null: not worth a look. */
function framesFor({ hasPlace, handle }: ResourceType): readonly NodeJS.CallSite[] | null {
  if (!exact || !mayCaptureLine()) return null;
  if (handle === undefined && !hasPlace && !isRoot(current())) return null;
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
    const made = takeTick(asyncId) ?? madeOf(asyncId);
    const type = made === undefined ? null : (made.subject as ResourceType);
    if (type !== null && type.fromEmptyStack && (ids.length !== 0 || continuations !== 0)) recover();
    const nested = type === null || type.isEmbedders;
    if (isPaused() && !nested && ids.length === 0) onCallbackInPause();
    ids.push(asyncId);
    entered.push(!nested);
    if (type === null || type.isTurn) beginTurn();
    if (type?.isEmbedders === true) onEmbedder.get(type.name)?.(executionAsyncResource());
    if (made === undefined || nested) return;
    if (main.child !== null && main.from === null && base === 0) decide(main, null);
    decidePostponed();
    if (made.details !== null && made.details.handle !== null) noteRun(made.details.handle);
    enter(startCallback(made));
  } catch (error) {
    fail(error);
  }
}

/** What stands for the resource whose callback runs now. Absent: it was made before tracking. */
function madeOf(asyncId: number): PromiseNode | undefined {
  const stamped = ResourceStamp.read(executionAsyncResource());
  if (stamped === undefined) return findTick(asyncId);
  if ((stamped.subject as ResourceType).name === TICK) forgetTicks();
  return stamped;
}

function startCallback(made: PromiseNode): PromiseNode {
  const scope = made.scope === null ? null : innermostOpen(made.scope);
  const node = new PromiseNode(made.bits | (mayCaptureLine() && !isPaused() ? EXACT : INFERRED), made.owner, scope);
  node.subject = made.subject;
  if (made.details !== null && made.details.place !== null) details(node).place = made.details.place;
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

/** Names of the native resources: https://nodejs.org/api/async_hooks.html#type */
const NATIVE_TYPE = /^[A-Z0-9_]{3,}$|^(Timeout|Immediate|TickObject|Microtask|unknown)$/;

/** Nothing of what runs is known any more. */
export function forgetCallbacks(): void {
  ids.length = 0;
  entered.length = 0;
}

function recover(): void {
  if (ids.length === 0 && continuations === 0) return;
  forgetCallbacks();
  reset();
}

function onCallbackEnd(asyncId: number): void {
  try {
    if (ids[ids.length - 1] !== asyncId && !ids.includes(asyncId)) return;
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
