/** A program's dumps: one of each thread that answers. */
import { fileURLToPath } from 'node:url';
import type { Dump } from '../../reports/index.ts';
import { DUMP_VERSION } from '../../reports/index.ts';
import { EXIT } from '../exit-codes.ts';
import { Problem } from '../problem.ts';
import { estimatePause, tellDuration, tellSize } from './estimate.ts';
import type { Inspection } from './inspector/open.ts';
import { childrenOf, commandLine, hasEnded, waitingIn } from './inspector/process-facts.ts';
import { NoAnswer } from './inspector/session.ts';
import type { Session } from './inspector/session.ts';
import { openWorkers } from './inspector/workers.ts';
import { readHeapUse } from './program-facts.ts';
import { heldUpOf, openThread, takeDump } from './take-dump.ts';
import type { HeldUp, Thread } from './take-dump.ts';
import type { Tell } from './take-snapshot.ts';

export interface ThreadDump {
  /** `process 12 (node app.js)`, `worker thread 2 of process 12`. */
  readonly who: string;
  readonly dump: Dump;
  /** Present: its event loop does not turn, and nothing else is known of it. */
  readonly heldUp?: HeldUp;
  /** The folder that the program's recording lies in, as its environment names it. Absent: it is not traced. */
  readonly recording?: string;
}

export interface ProgramOptions {
  readonly fast: boolean;
  readonly locals: boolean;
  readonly cwd: string;
  readonly tell: Tell;
  /** What is said after the time that the program will stand still. */
  readonly hint: string;
  /** A sentence for whoever waits. */
  readonly note: (text: string) => Promise<void>;
}

/** The tracker, in programs that run under it. */
const OWN_SCRIPTS = [fileURLToPath(new URL('../../preload.cjs', import.meta.url))];

/** Nothing has been heard for so many times as long as it should take: it came to stand in native code. */
const PATIENCE = 3;

/** @throws {Problem} when the program's main thread does not answer */
export async function dumpProgram(inspection: Inspection, options: ProgramOptions): Promise<ThreadDump[]> {
  const { connection, facts } = inspection;
  const main = await openMain(inspection, options.cwd);
  verify(inspection, main);
  const who = facts === undefined ? `process ${main.facts.pid ?? ''}` : `process ${facts.pid} (${commandLine(facts)})`;
  if (inspection.othersAttached) await options.note('Another debugger is attached to the program; its pauses and breakpoints go on to count.');
  const dumps = [await dumpMain(inspection, main, sentence(who), options)];
  for (const worker of await openWorkers(connection)) {
    const name = `Worker thread ${worker.thread ?? ''} of ${who}`;
    const thread = await tryToOpen(worker, options.cwd);
    if (thread === undefined) await options.note(`${name} does not answer: it is in a synchronous call, or has just ended.`);
    else await addWorker(dumps, thread, name, options);
  }
  return dumps;
}

/** @throws {Problem} when the program ends meanwhile */
async function dumpMain({ facts }: Inspection, main: Thread, who: string, options: ProgramOptions): Promise<ThreadDump> {
  try {
    return await dumpThread(main, who, options);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const ended = facts !== undefined && hasEnded(facts.pid);
    throw new Problem(
      ended
        ? `${who} ended while it was dumped, so there is nothing left to look at.`
        : `${who} does not answer any more: its inspector was closed, or it is too busy. Try again, with --fast when it is large.`,
      EXIT.usage,
    );
  }
}

async function addWorker(dumps: ThreadDump[], thread: Thread, name: string, options: ProgramOptions): Promise<void> {
  try {
    dumps.push(await dumpThread(thread, name, options));
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    await options.note(`${name} ended while it was dumped, or does not answer any more.`);
  }
}

async function openMain({ connection, facts }: Inspection, cwd: string): Promise<Thread> {
  try {
    return await openThread(connection, cwd);
  } catch (error) {
    if (!(error instanceof NoAnswer) || facts === undefined) throw error;
    const asleep = waitingIn(facts.pid);
    const [child] = childrenOf(facts.pid);
    throw new Problem(
      `Process ${facts.pid} (${commandLine(facts)}) does not answer: its main thread is in a synchronous call that cannot be interrupted` +
        `${asleep === '' ? '' : ` (${asleep})`}.${child === undefined ? '' : ` It may wait for its child ${child.pid} (${child.command.slice(0, 60)}).`} ` +
        'Try again when that is over.',
      EXIT.usage,
    );
  }
}

async function tryToOpen(session: Session, cwd: string): Promise<Thread | undefined> {
  try {
    return await openThread(session, cwd);
  } catch (error) {
    if (error instanceof NoAnswer) return undefined;
    throw error;
  }
}

/** @throws {Problem} when somebody else answered */
function verify({ facts }: Inspection, { facts: told }: Thread): void {
  if (facts === undefined || told.pid === undefined || told.pid === facts.ownPid || told.pid === facts.pid) return;
  throw new Problem(`The inspector that answers belongs to process ${told.pid}, and not to process ${facts.pid}. Name the right one with --inspect-url.`, EXIT.usage);
}

async function dumpThread(thread: Thread, who: string, options: ProgramOptions): Promise<ThreadDump> {
  const heldUp = heldUpOf(thread, options.locals);
  if (heldUp !== undefined) return { who, dump: emptyDump(thread, heldUp), heldUp };
  if (!options.fast) {
    const bytes = await readHeapUse(thread.session);
    const pauseMs = await estimatePause(thread.session, thread.facts.node);
    thread.session.patienceMs = Math.max(thread.session.patienceMs, PATIENCE * pauseMs);
    await options.note(`${who} has a heap of ${tellSize(bytes)}, and will stand still for ${tellDuration(pauseMs)}.${options.hint}`);
  }
  const { recording } = thread;
  const dump = await takeDump(thread, { ...options, ownScripts: OWN_SCRIPTS });
  return { who, dump, ...(recording === undefined ? {} : { recording }) };
}

/** What can be said of a thread that is held up. */
function emptyDump({ facts }: Thread, { kind, stack }: HeldUp): Dump {
  return {
    schemaVersion: DUMP_VERSION,
    program: { ...facts, takenAt: new Date().toISOString(), heldUp: { kind, stack } },
    tasks: [],
    promises: [],
    leaves: [],
    handles: [],
    verdicts: [],
    roots: [],
    caveats: [],
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
