/**
 * Stack captures: the exact means of telling what made a promise, and the dear one.
 *
 * A capture costs 2 to 9 µs, so it is paid from a budget: a first allowance, enough for a short
 * program to be seen in full, and then a share of the time in which the program works.
 *
 * Captures are made with the `Error` of a realm of our own: the program's `stackTraceLimit` and
 * `prepareStackTrace` are neither read nor touched, and it may freeze them.
 */
import { runInNewContext } from 'node:vm';
import { exactMs } from './clock.ts';

type Below = (...args: never[]) => unknown;
type CaptureInRealm = (limit: number, below: Below) => void;

const NO_FRAMES: NodeJS.CallSite[] = [];
let frames = NO_FRAMES;

const captureInRealm: CaptureInRealm = (
  runInNewContext(`(prepareStackTrace) => {
    // Kept, because globals of such a realm are looked up by Node each time.
    const OurError = Error;
    OurError.prepareStackTrace = prepareStackTrace;
    return (limit, below) => {
      const holder = {};
      if (OurError.stackTraceLimit !== limit) OurError.stackTraceLimit = limit;
      OurError.captureStackTrace(holder, below);
      holder.stack;
    };
  }`) as (prepare: (error: Error, callSites: NodeJS.CallSite[]) => string) => CaptureInRealm
)((_error, callSites) => {
  frames = callSites;
  return '';
});

/**
 * What a capture costs together with what follows from it; turns time into captures. Measured now and
 * then: it depends on the machine, and on how deep the stack is and how far V8 has optimized it.
 */
let microsecondsEach = 5;
const MEASURED_EVERY = 32;
/** What follows is half as much again. */
const WITH_REST = 1.5;
/** Bounds of what is believed: another process may have run in between. */
const FEWEST_MICROSECONDS = 3;
const MOST_MICROSECONDS = 20;
let untilMeasured = MEASURED_EVERY;
const FIRST_ALLOWANCE = 25_000;
/** Node loads ES modules by promises, some seventy for each on Node 20: looks at these are not taken from the program. */
const LOADING_ALLOWANCE = 100_000;
const FIRST_PLACES = 4000;
const MOST_SAVED = 20_000;
/** What a new line of work must find, so that it is likely to be seen from end to end. */
const LINE_NEEDS = 400;

let tokens = FIRST_ALLOWANCE;
let loadingTokens = LOADING_ALLOWANCE;
let given = FIRST_ALLOWANCE;
/** For places where events are not classified by captures: as large a share again, on its own. */
let placeTokens = FIRST_PLACES;
/** For what is done with signals: again as large a share, so that neither starves the other. */
let signalTokens = FIRST_PLACES;
/** Idle time counts, too, so that a program that mostly waits is seen well; but less, so that a busy server is not slowed. */
const IDLE_WEIGHT = 0.1;

let share = 0.02;
/** What has been earned of the next token: V8 counts in whole numbers for less. */
let unpaid = 0;
let computedBeforeMs = 0;
let idleBeforeMs = 0;

/** `value`: share of the working time, 0 to 1, that captures may cost in the long run; 0 turns them off, 1 lifts the bound. */
export function setCaptureShare(value: number): void {
  share = value;
  if (value === 0) tokens = given = 0;
  else if (value === 1) tokens = placeTokens = signalTokens = Infinity;
}

/**
 * Adds what has been earned since the last call.
 *
 * @param computedMs - how long the process has computed so far
 * @param idleMs - how long the event loop has waited so far
 */
export function refillCaptures(computedMs: number, idleMs: number): void {
  const workedMs = computedMs - computedBeforeMs + (idleMs - idleBeforeMs) * IDLE_WEIGHT;
  unpaid += (Math.max(0, workedMs) * 1000 * share) / microsecondsEach;
  const earned = Math.floor(unpaid);
  unpaid -= earned;
  computedBeforeMs = computedMs;
  idleBeforeMs = idleMs;
  if (tokens < MOST_SAVED) {
    const saved = Math.min(MOST_SAVED, tokens + earned);
    given += saved - tokens;
    tokens = saved;
  }
  if (placeTokens < MOST_SAVED) placeTokens = Math.min(MOST_SAVED, placeTokens + earned);
  if (signalTokens < MOST_SAVED) signalTokens = Math.min(MOST_SAVED, signalTokens + earned);
}

/** Milliseconds that captures have taken so far. 0 where there is no bound on them. */
export function capturedMs(): number {
  return Number.isFinite(tokens) ? ((given - tokens) * microsecondsEach) / 1000 : 0;
}

/** Whether a capture may be made now. */
export function mayCapture(): boolean {
  return tokens > 0;
}

/** The last capture was of Node's module loader: it is paid from an allowance of its own, as long as that lasts. */
export function payForLoading(): void {
  if (loadingTokens === 0) return;
  loadingTokens--;
  tokens++;
}

/** Whether a place may be captured now where identity is inferred anyway. Pays for it. */
export function mayCapturePlace(): boolean {
  return placeTokens > 0 && placeTokens-- > 0;
}

/** Whether what is done with a signal may be looked at now. Pays for the capture. */
export function mayCaptureSignal(): boolean {
  return signalTokens > 0 && signalTokens-- > 0;
}

/** Whether a line of work that starts now may be seen from end to end. */
export function mayCaptureLine(): boolean {
  return tokens > LINE_NEEDS;
}

/** Where Node calls several promise hooks from. */
const COMPOSED = 'node:internal/promise_hooks';

/**
 * The synchronous frames below the function `below`, innermost first, at most `limit`. Empty when
 * there are none, and while V8 is formatting another stack.
 */
export function capture(limit: number, below: Below): NodeJS.CallSite[] {
  tokens--;
  return take(limit, below);
}

/** In a promise hook: whether Node calls it along with hooks of the program. */
export function isCalledByNode(): boolean {
  frames = NO_FRAMES;
  captureInRealm(20, isCalledByNode);
  const seen = frames;
  frames = NO_FRAMES;
  return seen.some((frame) => frame.getFileName() === COMPOSED);
}

/** The same, paid for before. */
export function take(limit: number, below: Below): NodeJS.CallSite[] {
  if (--untilMeasured > 0) return look(limit, below);
  untilMeasured = MEASURED_EVERY;
  const before = exactMs();
  const seen = look(limit, below);
  const microseconds = (exactMs() - before) * 1000 * WITH_REST;
  microsecondsEach += (Math.min(MOST_MICROSECONDS, Math.max(FEWEST_MICROSECONDS, microseconds)) - microsecondsEach) / 8;
  return seen;
}

/** Whether Node called the hook along with hooks of the program when the stack was last looked at. */
let composed = false;

function look(limit: number, below: Below): NodeJS.CallSite[] {
  frames = NO_FRAMES;
  captureInRealm(composed ? limit + 1 : limit, below);
  let seen = frames;
  // When the program uses hooks as well, Node calls both from a function of its own. As many frames of the
  // program are wanted as without: whoever gets fewer takes the stack for whole.
  if (seen[0]?.getFileName() === COMPOSED) {
    if (!composed && seen.length === limit) {
      frames = NO_FRAMES;
      captureInRealm(limit + 1, below);
      seen = frames;
    }
    composed = true;
    seen.shift();
  } else if (composed) {
    composed = false;
    if (seen.length > limit) seen.length = limit;
  }
  frames = NO_FRAMES;
  const firstAsync = seen.findIndex((frame) => frame.isAsync());
  if (firstAsync !== -1) seen.length = firstAsync;
  return seen;
}
