/**
 * How a program whose event loop stands still is asked where: the command writes the question into a
 * file and sends SIGUSR1. Node then opens its inspector, from an interrupt of whatever runs on the main
 * thread (an endless loop, a regular expression, `Atomics.wait`), and tells `process` so. That is where
 * we run, and close the inspector again before anybody could connect. Nothing of this exists before
 * the question, and Node is started so that it prints nothing about it.
 */
import { existsSync, readFileSync, unlinkSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import inspector from 'node:inspector';
import { atMs } from './clock.ts';
import { guarded } from './failure.ts';
import { QUIET_INSPECTOR, type StallQuestion } from './protocol.ts';
import { endStall, isInterrupt, sampleStall } from './stalls.ts';
import { tellWhenOver, turn } from './turns.ts';

/** Node opens the inspector once more or twice for one signal, at the latest soon after the loop turns again. */
const AGAIN_WITHIN_MS = 5000;
const { open, url, close } = inspector;
/** Node's own, and the one on which the inspector opens for us: one for each process, so that two do not meet. */
const USUAL_PORT = 9229;
const port = 10_000 + (process.pid % 20_000);
const { now } = Date;
const { wait } = Atomics;
const { execArgv } = process;

/** Of the recording, without its ending. */
let path = '';
let hearing = false;
/** Further openings for the latest question are expected: at once, or only when the loop turns again. */
let again: 'no' | 'soon' | 'later' = 'no';
/** When the turn of the latest question was over. */
let overAt = Infinity;

/**
 * Says that this program may be asked, by a file `<program>.hears` that holds the inspector's port.
 *
 * @param base - path of the recording without its ending
 */
export function hear(base: string): void {
  if (!canBeAsked()) return;
  process.debugPort = port;
  // What the program reads stays what it was; what it sets is looked up when somebody else opens the inspector. A
  // getter in between, because V8 would give the value to Node's own setter.
  Object.defineProperty(process, 'debugPort', { get: () => USUAL_PORT, enumerable: true, configurable: true });
  Object.defineProperty(process, 'debugPort', { value: USUAL_PORT, writable: true, enumerable: true, configurable: true });
  writeFileSync(`${base}.hears`, String(port), { mode: 0o600 });
  path = base;
  hearing = true;
}

function canBeAsked(): boolean {
  const options = optionsOf();
  const inspects = options.replace(QUIET_INSPECTOR, '').includes('--inspect') || options.includes('--disable-sigusr1');
  return (
    options.includes(QUIET_INSPECTOR) && !inspects && url() === undefined && process.debugPort === USUAL_PORT &&
    (process as { permission?: unknown }).permission === undefined && process.listenerCount('SIGUSR1') === 0
  );
}

const BEAT_EVERY_MS = 250;
let beatAtMs = 0;
let beatTurn = 0;

/**
 * To be called now and then: the file is touched while the event loop turns, so that one can see from outside that it
 * does. Records are written in endless ticks and microtasks, too, and so say nothing of it.
 */
export function beat(nowMs: number): void {
  if (!hearing || turn === beatTurn || nowMs - beatAtMs < BEAT_EVERY_MS) return;
  beatAtMs = nowMs;
  beatTurn = turn;
  try {
    const seconds = now() / 1000;
    utimesSync(`${path}.hears`, seconds, seconds);
  } catch {
    // Then the program may be asked where it stands, and says that it does not.
  }
}

/** The program handles SIGUSR1 itself from now on, or ends, or the tracker has taken itself out. */
export function hearNoMore(): void {
  if (!hearing) return;
  hearing = false;
  try {
    unlinkSync(`${path}.hears`);
  } catch {
    // The folder is gone already.
  }
}

/** A command that has asked sends its signal at once; it may be dead. */
const SIGNAL_WITHIN_MS = 2000;
const NAP_MS = 2;

/**
 * To be called at the end, after {@link hearNoMore}: whoever has asked before that has sent a signal, and Node
 * aborts when it arrives after the inspector was taken down. So it is waited for.
 */
export function settleQuestion(): void {
  const asked = `${path}.asked`;
  if (path === '' || !existsSync(asked)) return;
  const nap = new Int32Array(new SharedArrayBuffer(4));
  for (let leftMs = SIGNAL_WITHIN_MS; leftMs > 0 && existsSync(asked); leftMs -= NAP_MS) wait(nap, 0, 0, NAP_MS);
}

/** To be called when Node has opened the inspector. True: for a question of the command's. */
export function onInspectorOpened(below: (...args: never[]) => unknown): boolean {
  if (path === '') return false;
  const asked = `${path}.asked`;
  const isAsked = existsSync(asked);
  if (!isAsked && !isExpected(below)) return false;
  close();
  if (!isAsked) return true;
  again = isInterrupt(below) ? 'later' : 'soon';
  answer(asked, below);
  return true;
}

/** Otherwise a debugger comes, perhaps because the program stands still. */
function isExpected(below: (...args: never[]) => unknown): boolean {
  if (again === 'no') return false;
  if (overAt !== Infinity) return now() - overAt < AGAIN_WITHIN_MS;
  // The loop itself opens it, before it calls anybody.
  return again === 'soon' || !isInterrupt(below);
}

const answer = guarded((asked: string, below: (...args: never[]) => unknown): void => {
  const question = takeQuestion(asked);
  if (question === undefined) return;
  overAt = Infinity;
  sampleStall(question, below);
  tellWhenOver(() => {
    overAt = now();
    endStall();
    // With few callbacks a second the next beat is far: so that a program of long turns is not asked on and on.
    beat(atMs());
  });
});

/** Absent: the command has given up and taken it back meanwhile. */
function takeQuestion(asked: string): StallQuestion | undefined {
  try {
    const question = JSON.parse(readFileSync(asked, 'utf8')) as StallQuestion;
    unlinkSync(asked);
    return question;
  } catch {
    return undefined;
  }
}

/** The program, its user or a debugger has opened it: where they expect it. */
export function moveInspector(): void {
  if (url()?.includes(`:${port}/`) !== true) {
    announceInspector();
    return;
  }
  const wanted: unknown = Object.getOwnPropertyDescriptor(process, 'debugPort')?.value;
  try {
    close();
    // Which brings us here again.
    open(typeof wanted === 'number' ? wanted : USUAL_PORT);
  } catch {
    // Node has opened it for the signal once more in between: then it stays where it is.
  }
}

/**
 * Node was told to be quiet about its inspector, for our sake: what opens it otherwise is announced
 * as Node does it.
 */
export function announceInspector(): void {
  const address = url();
  if (address === undefined || !optionsOf().includes(QUIET_INSPECTOR)) return;
  const help = Number(process.versions.node.split('.')[0]) >= 22 ? 'learn/getting-started/debugging' : 'en/docs/inspector';
  writeSync(2, `Debugger listening on ${address}\nFor help, see: https://nodejs.org/${help}\n`);
}

function optionsOf(): string {
  return `${process.env.NODE_OPTIONS ?? ''} ${execArgv.join(' ')}`;
}
