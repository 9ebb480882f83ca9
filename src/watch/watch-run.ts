/** Watches a run that may hang: after a time, when nothing progresses, or on Ctrl-C it is dumped. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DumpReason } from '../../tracker/protocol.ts';
import type { Launched } from '../launch.ts';
import type { Screen } from '../screen.ts';
import { dumpSession } from './dump-session.ts';
import { Stillness } from './stillness.ts';
import { isAlive, listInterrupted, listTraced } from './traced-programs.ts';

export interface WatchOptions {
  /** How long the command may run. */
  readonly timeoutMs?: number;
  /** How long nothing may progress. */
  readonly hangAfterMs?: number;
}

export interface Watch {
  /** True: the command was ended because its time was up. */
  readonly timedOut: () => boolean;
  /** The command has ended. Resolves when nothing of a dump is left to print or to close. */
  readonly end: () => Promise<void>;
}

/** What ends by itself on Ctrl-C has ended by then. */
const LEAVES_WITHIN_MS = 2000;
/** Between the request to end and the end. */
const KILL_AFTER_MS = 5000;
/** A second Ctrl-C that the program takes for itself ends it by then. */
const OBEYS_WITHIN_MS = 1000;
/** What stands still is asked every 200 ms at least. */
const ASKED_WITHIN_MS = 1000;
const LOOK_EVERY_MS = 100;

export function watchRun(child: Launched, directory: string, options: WatchOptions, screen: Screen): Watch {
  const ended = new AbortController();
  /** Nothing is to be dumped any more. */
  const stop = new AbortController();
  const abort = AbortSignal.any([ended.signal, stop.signal]);
  let timedOut = false;
  let last: Promise<void> = Promise.resolve();
  let dumping = false;
  let busy = false;

  /** One dump at a time: a second reason while the first is being shown adds nothing. */
  const dump = (why: DumpReason, text: string): Promise<void> => {
    if (dumping || abort.aborted) return last;
    dumping = true;
    last = (async () => {
      await screen.write(`\nscope-trace: ${text}\n`);
      busy = await dumpSession({ directory, why, screen, abort, interrupting: why === 'interrupt' });
      dumping = false;
    })();
    return last;
  };

  const watchTime = async (timeoutMs: number): Promise<void> => {
    await sleep(timeoutMs, undefined, { signal: abort });
    timedOut = true;
    await last;
    await dump('time-up', `${tellTime(timeoutMs)} are over, and the command still runs. It is ended after this.`);
    // Nobody asks a program where it stands while it is dumped: its recording is to say that too.
    if (busy) await sleep(ASKED_WITHIN_MS, undefined, { signal: ended.signal });
    await endAll(child, directory, ended.signal);
  };
  const watchProgress = async (hangAfterMs: number): Promise<void> => {
    const stillness = new Stillness(child.pid ?? 0, directory);
    do await sleep(Math.min(LOOK_EVERY_MS, hangAfterMs / 4), undefined, { signal: abort });
    while (stillness.measure() < hangAfterMs);
    await dump('standstill', `nothing has progressed for ${tellTime(hangAfterMs)}. The command goes on.`);
  };
  const release = onInterrupt(child, async (time) => {
    if (time > 1) {
      stop.abort();
      await sleep(OBEYS_WITHIN_MS, undefined, { signal: ended.signal });
      killAll(child, directory);
      return;
    }
    await sleep(LEAVES_WITHIN_MS, undefined, { signal: abort });
    await dump('interrupt', 'it did not end on Ctrl-C. Once more ends it at once.');
  });
  const watchInterrupts = async (): Promise<void> => {
    do await sleep(LOOK_EVERY_MS, undefined, { signal: abort });
    while (listInterrupted(directory).length === 0);
    await dump('interrupt', 'interrupted, and ended after this. Once more ends it at once.');
  };
  watchInterrupts().catch(ignoreAbort);
  if (options.timeoutMs !== undefined) watchTime(options.timeoutMs).catch(ignoreAbort);
  if (options.hangAfterMs !== undefined) watchProgress(options.hangAfterMs).catch(ignoreAbort);
  return {
    timedOut: () => timedOut,
    end: async () => {
      release();
      ended.abort();
      await last;
      if (timedOut) await endStragglers(directory);
    },
  };
}

function onInterrupt(child: Launched, take: (time: number) => Promise<void>): () => void {
  let times = 0;
  const listener = (): void => void take(++times).catch(ignoreAbort);
  process.on('SIGINT', listener);
  const release = child.onInterrupt?.(listener);
  return () => {
    process.off('SIGINT', listener);
    release?.();
  };
}

/** Asks first. Whoever is deaf to that is killed. */
async function endAll(child: Launched, directory: string, ended: AbortSignal): Promise<void> {
  const traced = listTraced(directory);
  child.kill('SIGTERM');
  for (const pid of traced) if (pid !== child.pid) signal(pid, 'SIGTERM');
  await sleep(KILL_AFTER_MS, undefined, { signal: ended });
  killAll(child, directory);
}

/** The command has ended, and programs that it started may have been left. */
async function endStragglers(directory: string): Promise<void> {
  const until = performance.now() + KILL_AFTER_MS;
  while (listTraced(directory).length > 0 && performance.now() < until) await sleep(LOOK_EVERY_MS);
  for (const pid of listTraced(directory)) signal(pid, 'SIGKILL');
}

function killAll(child: Launched, directory: string): void {
  child.kill('SIGKILL');
  for (const pid of listTraced(directory)) signal(pid, 'SIGKILL');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    if (isAlive(pid)) process.kill(pid, name);
  } catch {
    // It was faster.
  }
}

/** `60 s`, `1.5 s`. */
function tellTime(ms: number): string {
  return `${ms / 1000} s`;
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
