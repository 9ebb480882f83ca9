/** What Node loads before the program. Without a session in the environment it does nothing. */
import { hasSubscribers } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { isMainThread, threadId } from 'node:worker_threads';
import { announceMain } from './announce.ts';
import { announceInspector, beat, hear, hearNoMore } from './asked.ts';
import { setHousekeeping } from './callbacks.ts';
import { emit, emitLastWords, flush, flushSoon, openChannel } from './channel.ts';
import { atMs, startedAtEpochMs } from './clock.ts';
import { emitCounts } from './counts.ts';
import { declareScope } from './declared/declare.ts';
import { removePoints } from './declared/points.ts';
import { watchEnd } from './ending.ts';
import { isExcluded } from './excluded.ts';
import { onFailure } from './failure.ts';
import { boundFollowing, emitFollowed } from './following.ts';
import { setCaptureShare } from './frames.ts';
import { lookAtHandles, sweepHandles } from './handles/index.ts';
import { ageGenerators } from './generators-left.ts';
import { holdInterrupts } from './interrupt.ts';
import { install } from './hooks.ts';
import { answerInspectors } from './inspected.ts';
import { answerInspectorsOfAll } from './inspected-waits.ts';
import { installInstruments } from './instruments/index.ts';
import { forgetModules } from './modules.ts';
import { lookForStacks } from './instruments/stack-polyfills.ts';
import { setNurseryBound, sweep } from './nursery.ts';
import { startCountdown } from './promise-hooks.ts';
import { setScopeBound } from './open-scopes.ts';
import { CHANNELS, ENVIRONMENT, PROTOCOL_VERSION } from './protocol.ts';
import { setOwnFolder } from './sites.ts';
import { type FullSettings, readSettings } from './settings.ts';
import { setBlockAfter } from './stalls.ts';
import { subscribe } from './subscriptions.ts';
import { setUnfinishedBound } from './unfinished.ts';
import { lookForWatcher, setWatchedFile } from './standing.ts';
import { look } from './upkeep.ts';

declare const __SCOPE_TRACE_VERSION__: string;

const SWEEP_EVERY_MS = 1000;
const FLUSH_AFTER_MS = 20;
/** What one open scope, one pending task and one announced call cost the tracker at most, measured. */
const SCOPE_BYTES = 600;
const TASK_BYTES = 300;
const CALL_BYTES = 500;

function start(session: string): void {
  const settings = readSettings(process.env);
  const program = `${process.pid}-${threadId}-${startedAtEpochMs.toString(36)}`;
  if (!open(join(session, `${program}.jsonl`))) return;
  const caveats: string[] = [];
  bound(settings);
  setWatchedFile(session);
  const unsubscribe = subscribe();
  const hooks = install(caveats);
  boundFollowing(hooks, settings, startCountdown);
  const removeInstruments = installInstruments(settings.without, caveats);
  for (const declaration of settings.scopes) declareScope(declaration);
  const takeOut = (): void => {
    hearNoMore();
    forgetModules();
    removePoints();
    removeInstruments();
    hooks.remove();
    unsubscribe();
  };
  answerInspectors();
  answerInspectorsOfAll();
  onFailure(takeOut);
  watchEnd(takeOut);
  if (isMainThread && settings.watcher !== 0) holdInterrupts(session, settings.watcher);
  setHousekeeping(keepHouse);
  announceProgram(program, caveats);
  announceMain();
  flush();
  lookForWatcher(atMs());
  if (isMainThread) watchStalls(join(session, program), settings);
  if (isMainThread) process.env[ENVIRONMENT.parent] = program;
}

function watchStalls(base: string, { blockAfterMs }: FullSettings): void {
  announceInspector();
  if (blockAfterMs === 0) return;
  setBlockAfter(blockAfterMs);
  hear(base);
}

/** False: the recording cannot be written. The program runs as if it were not traced. */
function open(file: string): boolean {
  try {
    openChannel(file, scheduleFlush);
    return true;
  } catch {
    return false;
  }
}

const { setTimeout: setTimer } = globalThis;

let scheduled = false;

/** For a program that goes quiet with records unwritten. Never keeps it alive. One timer for all: each costs 10 µs. */
function scheduleFlush(): void {
  if (scheduled) return;
  scheduled = true;
  setTimer(flushScheduled, FLUSH_AFTER_MS).unref();
}

function flushScheduled(): void {
  scheduled = false;
  flush();
  beat(atMs());
  lookForWatcher(atMs());
}

function bound(settings: FullSettings): void {
  const bytes = settings.memoryMiB * 1024 * 1024;
  setCaptureShare(settings.captureShare);
  setNurseryBound(Math.floor(bytes / 4 / TASK_BYTES));
  setUnfinishedBound(Math.floor(bytes / 4 / CALL_BYTES));
  setScopeBound(Math.floor(bytes / 4 / SCOPE_BYTES));
  setOwnFolder(__dirname);
}

let sweptAtMs = 0;

function keepHouse(): void {
  const now = atMs();
  flushSoon(now);
  beat(now);
  lookForWatcher(now);
  lookForStacks();
  lookAtHandles(now);
  ageGenerators();
  if (now - sweptAtMs < SWEEP_EVERY_MS) return;
  sweptAtMs = now;
  sweep();
  look();
  sweepHandles();
  emitLastWords(() => {
    emitCounts();
    emitFollowed();
  });
}

function announceProgram(program: string, caveats: readonly string[]): void {
  const parent = process.env[ENVIRONMENT.parent];
  emit({
    kind: 'program-started',
    protocol: PROTOCOL_VERSION,
    tracker: __SCOPE_TRACE_VERSION__,
    program,
    ...(parent === undefined ? {} : { parent }),
    pid: process.pid,
    ppid: process.ppid,
    thread: threadId,
    argv: process.argv,
    execArgv: process.execArgv,
    cwd: process.cwd(),
    node: process.version,
    platform: process.platform,
    startedAtEpochMs,
    caveats,
  });
}

// The program can list what `require` has loaded.
Reflect.deleteProperty(require.cache, __filename);

/** Node's test runner passes on the options of `NODE_OPTIONS` as arguments, too: then it is loaded twice. */
const isLoaded = hasSubscribers(CHANNELS.query);
const session = process.env[ENVIRONMENT.session];
if (session !== undefined && session !== '' && !isLoaded && !isExcluded(process.argv)) {
  try {
    start(session);
  } catch {
    // The program must run, traced or not; the command says that a program left no recording.
  }
}
