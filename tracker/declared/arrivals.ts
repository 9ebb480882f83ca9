/**
 * What a promise of the program is fulfilled with, known before the first that waits for it goes on.
 *
 * The promise stays as it is. A reaction of ours is put on it only when somebody else is about to put
 * one on it, or has done so: a rejection that nobody handles stays unhandled, and ours runs first.
 */
import { guarded } from '../failure.ts';
import { AWAIT, ENDED, era, INPUT, KIND, PLAIN, type PromiseNode, Stamp, THEN, type Waiting } from '../promise-node.ts';
import { exact } from '../running.ts';
import { countStrays } from './strays.ts';

/** Who waits for a promise, and what it is fulfilled with. */
export interface Arrival {
  /** The call that goes on with the value: the first that waits for it. Null: not known. */
  readonly host: PromiseNode | null;
  /** Whether the value may be known only after that call has gone on. */
  readonly late: boolean;
  /** How many exits of unknown scopes there had been when the promise was settled. */
  readonly strays: number;
}

type Tell = (value: unknown, arrival: Arrival) => void;

/** Watched promises that no reaction of ours is on. */
export let watching = 0;
/** Values that may be there, in somebody's hands, and are not yet known. */
export let arriving = 0;
/** Promises that are made now are ours. */
export let attaching = false;

const { then } = Promise.prototype;

class Watched implements Arrival {
  readonly era = era;
  host: PromiseNode | null = null;
  late = false;
  strays = 0;
  consumed = false;
  settled = false;
  attached = false;
  readonly promise: Promise<unknown>;
  /**
   * An error that an async function throws names in its stack who awaits it, as long as nobody else
   * waits for it, too. On the promise of one we come last, when it is being settled.
   */
  readonly wasCalled: boolean;
  readonly fulfilled: (value: unknown) => void;
  constructor(promise: Promise<unknown>, wasCalled: boolean, tell: Tell, fail: () => void) {
    this.promise = promise;
    this.wasCalled = wasCalled;
    this.fulfilled = guarded((value: unknown) => {
      if (this.late) arriving--;
      tell(value, this);
    });
    this.rejected = guarded(() => {
      if (this.late) arriving--;
      fail();
    });
  }
  readonly rejected: () => void;
}

class Identity {
  constructor(target: object) {
    return target;
  }
}

class WatchStamp extends Identity {
  #watched: Watched;
  constructor(promise: object, watched: Watched) {
    super(promise);
    this.#watched = watched;
  }
  static read(promise: object): Watched | undefined {
    return #watched in promise ? promise.#watched : undefined;
  }
}

/**
 * Calls `tell` once the promise is fulfilled and somebody has waited for it, `fail` when it is
 * rejected. False: a promise of a class of its own is left alone.
 */
export function watchArrival(promise: object, tell: Tell, fail: () => void): boolean {
  if (Object.getPrototypeOf(promise) !== Promise.prototype || Object.hasOwn(promise, 'constructor')) return false;
  const stamp = Stamp.readAny(promise);
  if (stamp === undefined || (stamp.bits & AWAIT) !== 0 || WatchStamp.read(promise) !== undefined) return false;
  const wasCalled = !exact || (stamp.bits & KIND) !== PLAIN;
  const watched = new Watched(promise as Promise<unknown>, wasCalled, tell, fail);
  watched.settled = (stamp.bits & ENDED) !== 0;
  new WatchStamp(promise, watched);
  watching++;
  return true;
}

/** `derived` is about to wait for `source`. */
export const noteConsumer = guarded((derived: object, source: object): void => {
  const watched = WatchStamp.read(source);
  if (watched === undefined || watched.attached || watched.era !== era) return;
  if (!watched.consumed) {
    watched.consumed = true;
    watched.host = hostOf(derived);
  }
  if (!watched.wasCalled || watched.settled) attach(watched);
});

/** The promise is about to be fulfilled or rejected. */
export const noteSettled = guarded((promise: object): void => {
  const watched = WatchStamp.read(promise);
  if (watched === undefined || watched.attached || watched.era !== era) return;
  watched.settled = true;
  watched.strays = countStrays();
  if (!watched.consumed) return;
  watched.late = true;
  arriving++;
  attach(watched);
});

/** Who has waited for what is not known any more: what was promised is not told of. */
export function forgetArrivals(): void {
  watching = 0;
}

function attach(watched: Watched): void {
  watched.attached = true;
  watching--;
  attaching = true;
  try {
    void Reflect.apply(then, watched.promise, [watched.fulfilled, watched.rejected]);
  } finally {
    attaching = false;
  }
}

function hostOf(derived: object): PromiseNode | null {
  const stamp = Stamp.read(derived);
  if (stamp === undefined) return null;
  if ((stamp.bits & AWAIT) !== 0) return (stamp as Waiting).owner;
  const kind = stamp.bits & KIND;
  if (kind === THEN) return stamp as PromiseNode;
  return kind === INPUT ? stamp.owner : null;
}
