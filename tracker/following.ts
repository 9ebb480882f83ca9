/**
 * Whether promises are followed just now: the hooks are taken out while they cost more than is allowed.
 *
 * Each pause ends an era, and so does its end. Whatever was made in an earlier era is known no more: it
 * may have run, ended, been waited for, passed on what it held. It is all taken for `unfollowed`, and so
 * is what is met without having been seen to begin.
 */
import type { Subject } from './announce.ts';
import { emit, emitLastWords } from './channel.ts';
import { forgetCallbacks, setOnCallbackInPause } from './callbacks.ts';
import { forgetPromises } from './classify.ts';
import { atMs, computedMs } from './clock.ts';
import { forgetHeirs } from './context-heirs.ts';
import { measurePromise } from './cost.ts';
import { forgetArrivals } from './declared/arrivals.ts';
import { fail } from './failure.ts';
import { forgetPostponed } from './fates.ts';
import { forgetGenerators } from './generators.ts';
import { forgetWatchedGenerators } from './generators-left.ts';
import { forgetGuesses } from './guess.ts';
import { capturedMs } from './frames.ts';
import type { Hooks } from './hooks.ts';
import { forgetTasks } from './nursery.ts';
import type { Followed } from './protocol.ts';
import { isPaused } from './promise-node.ts';
import { forgetRaces } from './races.ts';
import { main, nowMs, setNow, turnEra, unfollowed, unknown } from './running.ts';
import { forgetAllUnfinished } from './unfinished.ts';
import { setOnDeferred } from './stalls.ts';
import { Valve } from './valve.ts';

/** As the task that all of it is taken for is called. */
const NAME = 'not followed';
/**
 * Promises between two looks at what they cost: asking the system takes 10 µs, and in fewer a collection
 * of garbage counts for too much. A short program never comes to the first.
 */
const LOOK_EVERY = 65_536;
/** Made at different times: the machine may be busy with others. The best one counts. */
const MEASUREMENTS = 4;

/** While promises are not followed, the system is asked no more often. */
const LOOK_EVERY_MS = 10;

let hooks: Hooks | null = null;
let valve: Valve | null = null;
/** For tests: a pause after so many promises. 0: none. */
let forced = 0;
let every = LOOK_EVERY;
let measured = 0;
let millisecondsEach = Infinity;
let lookedAtMs = 0;
let everPaused = false;
let setCountdown: (promises: number) => void = () => undefined;

unfollowed.subject = { named: true, name: NAME } satisfies Subject;
unknown.from = unfollowed;

export interface Bounds {
  /** How many times as long the program may take; Infinity: no bound. */
  readonly slowdown: number;
  /** For tests: a pause after so many promises, up to the next callback. 0: none. */
  readonly pauseEvery: number;
}

/** @param start - begins to count promises; at the end of it {@link lookAtCost} is to be called */
export function boundFollowing(installed: Hooks, { slowdown, pauseEvery }: Bounds, start: (promises: number) => void): void {
  hooks = installed;
  valve = Number.isFinite(slowdown) ? new Valve(slowdown) : null;
  forced = pauseEvery;
  if (forced > 0) every = forced;
  setCountdown = start;
  setOnCallbackInPause(lookAtPause);
  setOnDeferred(lookForOnce);
  setCountdown(every);
}

/** As many promises were made as were counted down. True: they are not followed from now on. */
export function lookAtCost(): boolean {
  setCountdown(every);
  try {
    if (!costsTooMuch()) return false;
    pause();
  } catch (error) {
    fail(error);
  }
  return true;
}

function costsTooMuch(): boolean {
  if (forced > 0) return true;
  if (valve === null) return false;
  if (measured++ < MEASUREMENTS) millisecondsEach = Math.min(millisecondsEach, measurePromise());
  return valve.note(every * millisecondsEach, takeComputed() - takeCaptured());
}

/** A callback starts from an empty stack while promises are not followed. */
function lookAtPause(): void {
  if (forced > 0) {
    resume();
    return;
  }
  const now = atMs();
  if (valve === null || now - lookedAtMs < LOOK_EVERY_MS) return;
  lookedAtMs = now;
  if (valve.note(0, takeComputed())) resume();
}

/** The loop does not turn, and who keeps it from turning is seen by hooks alone. */
function lookForOnce(): void {
  if (!isPaused() || valve === null) return;
  takeComputed();
  valve.reopen();
  resume();
}

function pause(): void {
  hooks?.pause();
  const followed = countComputed();
  setNow(atMs());
  forgetAll();
  turnEra();
  emitLastWords(() => {
    emit({ kind: 'following-paused', ...followed, atMs: atMs() });
  });
  everPaused = true;
}

function resume(): void {
  const followed = countComputed();
  setNow(atMs());
  turnEra();
  emitLastWords(() => {
    emit({ kind: 'following-resumed', ...followed, atMs: nowMs });
  });
  setCountdown(every);
  hooks?.resume();
}

let countedMs = 0;
let countedAtMs = 0;
let totalMs = 0;
let unfollowedMs = 0;
let untakenMs = 0;
let capturedBeforeMs = 0;

/** Other threads compute, too: what they do beyond the time that has passed is not this program's. */
function countComputed(): Followed {
  const computed = computedMs();
  const now = atMs();
  const passed = Math.min(computed - countedMs, now - countedAtMs);
  countedMs = computed;
  countedAtMs = now;
  totalMs += passed;
  untakenMs += passed;
  if (isPaused()) unfollowedMs += passed;
  return { computedMs: Math.round(totalMs), unfollowedMs: Math.round(unfollowedMs) };
}

/** What was computed since it was last taken. */
function takeComputed(): number {
  countComputed();
  const taken = untakenMs;
  untakenMs = 0;
  return taken;
}

/** What captures have taken since it was last asked for: they have a budget of their own. */
function takeCaptured(): number {
  const before = capturedBeforeMs;
  capturedBeforeMs = capturedMs();
  return Math.max(0, capturedBeforeMs - before);
}

/** Writes how much was followed, if not all was. */
export function emitFollowed(): void {
  if (everPaused) emit({ kind: 'following-counted', ...countComputed(), atMs: atMs() });
}

/** What was known of what is alive. */
function forgetAll(): void {
  main.child = null;
  main.from = null;
  forgetCallbacks();
  forgetPromises();
  forgetGuesses();
  forgetPostponed();
  forgetTasks();
  forgetGenerators();
  forgetWatchedGenerators();
  forgetRaces();
  forgetHeirs();
  forgetArrivals();
  forgetAllUnfinished();
}
