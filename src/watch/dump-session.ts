/** Dumps every program of a session that still runs, for people, one after the other. */
import { formatDump } from '../../reports/index.ts';
import type { DumpReason } from '../../tracker/protocol.ts';
import { dumpProgram, type ThreadDump } from '../dump/dump-program.ts';
import { formatHeldUp } from '../dump/held-up.ts';
import { keepDump } from '../dump/keep-dump.ts';
import { openInspector } from '../dump/inspector/open.ts';
import type { Inspection } from '../dump/inspector/open.ts';
import { NoAnswer } from '../dump/inspector/session.ts';
import { Problem } from '../problem.ts';
import type { Screen } from '../screen.ts';
import { isAlive, listInterrupted, listTraced } from './traced-programs.ts';

const ANSWER_WITHIN_MS = 2000;

export interface SessionDump {
  readonly directory: string;
  readonly why: DumpReason;
  readonly screen: Screen;
  /** Each is sent the SIGINT again that the tracker has kept from it, if it does not handle that itself. */
  readonly interrupting: boolean;
  /** Set when the dumping is to end as soon as possible. */
  readonly abort: AbortSignal;
}

/** @returns whether one of them was held up by code that runs */
export async function dumpSession(dump: SessionDump): Promise<boolean> {
  const { directory, screen, abort } = dump;
  const pids = listTraced(directory);
  if (pids.length === 0) await screen.write('scope-trace: no Node.js program of it runs any more, or none was traced.\n');
  // Those that were started last come first: whoever started them may just wait for them.
  let busy = false;
  for (const pid of pids.reverse()) {
    if (abort.aborted) return busy;
    const held = await dumpOne(pid, dump).catch((error: unknown) => tell(pid, error, screen));
    busy ||= held === true;
  }
  return busy;
}

async function dumpOne(pid: number, session: SessionDump): Promise<boolean> {
  const { screen, abort, interrupting } = session;
  const inspection = await openInspector(pid);
  const close = (): void => void inspection.close();
  abort.addEventListener('abort', close, { once: true });
  let busy: boolean;
  let unhandled: boolean | undefined;
  try {
    busy = await showAndKeep(inspection, session).catch(async (error: unknown) => {
      // The signal that was kept from it is owed to it all the same.
      if (!interrupting || abort.aborted) throw error;
      await tell(pid, error, screen);
      return false;
    });
    unhandled = interrupting && (await releaseInterrupt(inspection).catch((error: unknown) => {
      if (!(error instanceof NoAnswer)) throw error;
      return undefined;
    }));
  } finally {
    abort.removeEventListener('abort', close);
    const left = await inspection.close();
    if (left !== undefined && isAlive(pid)) await screen.write(`scope-trace: ${left}\n`);
  }
  if (unhandled === true) process.kill(pid, 'SIGINT');
  // It stands where it notices no signal that it listens to, the tracker's SIGINT among them.
  else if (unhandled === undefined && isAlive(pid) && listInterrupted(session.directory).includes(pid)) process.kill(pid, 'SIGTERM');
  return busy;
}

/** Makes SIGINT end the program, also one that is held up and has not noticed it. False: it handles SIGINT itself. */
async function releaseInterrupt({ connection }: Inspection): Promise<boolean> {
  const { result } = await connection.send('Runtime.evaluate', {
    expression: "process.listenerCount('SIGINT') === 0 && (process.on('SIGINT', Boolean), process.off('SIGINT', Boolean), true)",
    returnByValue: true,
    silent: true,
  }, ANSWER_WITHIN_MS);
  return result.value === true;
}

async function showAndKeep(inspection: Inspection, { screen, directory, why }: SessionDump): Promise<boolean> {
  const { style, width } = screen;
  const note = (text: string): Promise<void> => screen.write(`scope-trace: ${text}\n`);
  const threads = await dumpProgram(inspection, { fast: false, locals: false, cwd: process.cwd(), tell: () => undefined, hint: '', note });
  // Those that say most come first.
  for (const { who, dump, heldUp } of [...threads].sort((one, other) => weigh(other) - weigh(one))) {
    const failure = keepDump(directory, why, dump);
    if (failure !== undefined) await note(failure);
    await screen.write(`\n${heldUp === undefined ? formatDump(dump, { style, width }) : formatHeldUp(who, heldUp, screen)}`);
  }
  return threads.some(({ heldUp }) => heldUp?.kind === 'busy');
}

function weigh({ dump: { tasks, vanished, verdicts }, heldUp }: ThreadDump): number {
  const says = heldUp !== undefined || vanished !== undefined || verdicts.some(({ certain }) => certain) || tasks.some(({ tracked }) => tracked?.test !== undefined);
  return says ? 1 : 0;
}

/** One that ended meanwhile, or cannot be looked into, must not keep the others from being shown. */
async function tell(pid: number, error: unknown, screen: Screen): Promise<void> {
  if (!isAlive(pid)) return;
  const reason = error instanceof Problem ? error.message : `Process ${pid} could not be dumped: ${error instanceof Error ? error.message : String(error)}.`;
  await screen.write(`scope-trace: ${reason}\n`);
}
