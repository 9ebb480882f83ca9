/**
 * Where the program stands when its event loop does not turn. Runs inside the code that keeps it
 * from turning, at whatever point that is: so nothing is touched while the tracker's own code runs.
 */
import { runInNewContext } from 'node:vm';
import { announce } from './announce.ts';
import { emit, flush } from './channel.ts';
import { atMs } from './clock.ts';
import { guarded } from './failure.ts';
import { findDue, serves } from './handles/index.ts';
import { EXACT, idOf, INFERRED, type PromiseNode } from './promise-node.ts';
import type { StallQuestion, StallSampled } from './protocol.ts';
import { main, runner } from './running.ts';
import { announceSite, isBuiltin, isPrograms, type Site, siteOf } from './sites.ts';
import { lastedMs, ranInTurn, tellWhenOver, turn } from './turns.ts';

const MOST_FRAMES = 100;
const MOST_KEPT = 20;

type Below = (...args: never[]) => unknown;

let blockAfterMs = Infinity;

export function setBlockAfter(ms: number): void {
  blockAfterMs = ms;
}

/** A question that came while the tracker's own code ran, or between two microtasks. */
export let deferred: StallQuestion | null = null;

let onDeferred: () => void = () => undefined;

/** Who is told that hooks are needed to see where the program stands. */
export function setOnDeferred(tell: () => void): void {
  onDeferred = tell;
}

/** How the latest stall is told to be over. */
let stalled = false;

/**
 * Writes where the program stands, if its loop has stood still for long enough.
 *
 * @param below - the function below which the frames are the program's
 */
export function sampleStall(question: StallQuestion, below: Below): void {
  if (lastedMs() < blockAfterMs) return;
  const seen = readStanding(below);
  // Hooks see the same code run again and again, and can look at it from a place where nothing is half done.
  if (seen === undefined) {
    deferred = question;
    onDeferred();
  } else {
    write(question, seen);
  }
}

/**
 * Writes that a call inside the system has just kept the loop from turning for so long.
 *
 * @param below - the function below which the frames are the program's
 */
export function sampleLongCall(tookMs: number, below: Below): void {
  if (tookMs < blockAfterMs) return;
  const seen = readStanding(below);
  if (seen === undefined) return;
  if (!stalled) tellWhenOver(endStall);
  write({ waiting: 0, waitingMs: 0 }, seen);
}

/** To be called in a hook, when {@link deferred} is not null, before anything else. */
export const takeDeferred = guarded((below: Below): void => {
  const question = deferred;
  deferred = null;
  const seen = question === null ? undefined : readStanding(below);
  if (question !== null && seen !== undefined) write(question, seen);
});

/** Whether code of the program stands on the stack below. */
export function isInterrupt(below: Below): boolean {
  return readStack(below).some((frame) => frame.getFileName() !== CALLER);
}

/** The loop turns again. */
export function endStall(): void {
  deferred = null;
  if (!stalled) return;
  stalled = false;
  emit({ kind: 'stall-ended', stall: turn, ran: ranInTurn(), atMs: atMs() });
  flush();
}

function write(question: StallQuestion, { sites, inside }: Standing): void {
  const now = atMs();
  const call = runner();
  const near = isNearAnnounced(call);
  const certain = near && (call.bits & (EXACT | INFERRED)) === EXACT;
  stalled = true;
  emit({
    kind: 'stall-sampled',
    stall: turn,
    call: near ? announce(call) : idOf(main),
    startMs: Math.max(0, Math.round(now) - lastedMs()),
    ran: ranInTurn(),
    ...(inside === '' ? {} : { inside }),
    stack: sites.map(announceSite),
    ...dueAt(now),
    ...(question.waiting > 0 && serves() ? { waiting: question.waiting, waitingMs: question.waitingMs } : {}),
    ...(certain ? {} : { inferred: true }),
    atMs: now,
  });
  flush();
}

const NEAR = 50;

/** Promises that follow upon each other for seconds make lines of callers that nobody wants to read. */
function isNearAnnounced(call: PromiseNode): boolean {
  let node: PromiseNode | null = call;
  for (let steps = 0; node !== null && steps < NEAR; steps++) {
    if (idOf(node) !== 0) return true;
    node = node.owner;
  }
  return node === null;
}

function dueAt(now: number): Pick<StallSampled, 'overdue' | 'dueMs' | 'due'> {
  const due = findDue(now);
  const site = due?.first.making.sites[0];
  if (due === undefined || site === undefined) return {};
  return { ...(due.overdue > 0 ? { overdue: due.overdue } : {}), dueMs: Math.round(due.firstMs), due: announceSite(site) };
}

/** Where Node calls `emit` from while hooks are in use. */
const CALLER = 'node:internal/async_hooks';

interface Standing {
  readonly sites: readonly Site[];
  readonly inside: string;
}

/** Undefined while the tracker's own code runs, or nobody's. */
function readStanding(below: Below): Standing | undefined {
  const frames = readStack(below);
  // Somebody else has put an `emit` before ours.
  if (Object.hasOwn(process, 'emit')) frames.shift();
  const sites: Site[] = [];
  let inside = '';
  for (const frame of frames) {
    if (frame.isAsync()) break;
    if (isBuiltin(frame)) {
      if (sites.length === 0) inside = nameOf(frame);
      continue;
    }
    const site = siteOf(frame);
    if (sites.length === 0 && site.file === CALLER) continue;
    if (site.fn.own && sites.length === 0) return undefined;
    if (isPrograms(site) && sites.length < MOST_KEPT) sites.push(site);
    else if (sites.length === 0) inside = frame.getFunctionName() ?? inside;
  }
  return sites.length === 0 ? undefined : { sites, inside };
}

function nameOf(frame: NodeJS.CallSite): string {
  const name = frame.getFunctionName() ?? '';
  const type = name.includes('.') || frame.isToplevel() ? null : frame.getTypeName();
  return type === null || type === 'Object' || type === 'Function' ? name : `${type}.${name}`;
}

/** A realm of its own: that of the other captures may be in use at this very point. */
let readInRealm: ((limit: number, below: unknown) => NodeJS.CallSite[]) | undefined;

/** Frames below a function, innermost first, whatever the program has done to its errors. */
export function readStack(below: unknown): NodeJS.CallSite[] {
  readInRealm ??= runInNewContext(`
    Error.prepareStackTrace = (_, frames) => frames;
    (limit, below) => {
      const holder = {};
      Error.stackTraceLimit = limit;
      Error.captureStackTrace(holder, below);
      return Array.isArray(holder.stack) ? holder.stack : [];
    }`) as (limit: number, below: unknown) => NodeJS.CallSite[];
  return readInRealm(MOST_FRAMES, below);
}
