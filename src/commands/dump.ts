import { formatDump, formatDumpJson } from '../../reports/index.ts';
import { dumpProgram } from '../dump/dump-program.ts';
import type { ThreadDump } from '../dump/dump-program.ts';
import { formatHeldUp } from '../dump/held-up.ts';
import { keepInFolder } from '../dump/keep-dump.ts';
import { openByAddress, openInspector } from '../dump/inspector/open.ts';
import type { Inspection } from '../dump/inspector/open.ts';
import { openProgressBar } from '../dump/progress.ts';
import { EXIT } from '../exit-codes.ts';
import { Problem } from '../problem.ts';
import { openScreen } from '../screen.ts';
import type { Screen } from '../screen.ts';

export interface DumpRequest {
  /** At least one of the two is there. */
  readonly pid?: number;
  readonly inspectUrl?: string;
  readonly json: boolean;
  readonly locals: boolean;
  readonly fast: boolean;
  readonly color?: boolean;
}

/**
 * Prints what a running program waits for, and what keeps it alive, on standard output.
 *
 * @returns the exit code
 * @throws {Problem} when the program cannot be looked into
 */
export async function dump(request: DumpRequest): Promise<number> {
  const notes = openScreen(process.stderr, request.color);
  const bar = openProgressBar(process.stderr);
  const inspection = await open(request);
  const leave = leaveOnSignal(inspection);
  let threads: readonly ThreadDump[];
  let left: string | undefined;
  try {
    threads = await dumpProgram(inspection, {
      ...request,
      cwd: process.cwd(),
      tell: bar.tell,
      hint: ' --fast does without.',
      note: async (text) => {
        bar.clear();
        await notes.write(`scope-trace: ${text}\n`);
      },
    });
  } finally {
    bar.clear();
    left = await inspection.close();
    leave();
  }
  if (left !== undefined) await notes.write(`scope-trace: ${left}\n`);
  for (const { dump: taken, recording } of threads) {
    const failure = recording === undefined ? undefined : keepInFolder(recording, 'request', taken);
    if (failure !== undefined) await notes.write(`scope-trace: ${failure}\n`);
  }
  const screen = openScreen(process.stdout, request.color);
  await screen.write(request.json ? formatAll(threads) : threads.map((each) => formatThread(each, screen)).join('\n'));
  return EXIT.success;
}

async function open({ pid, inspectUrl }: DumpRequest): Promise<Inspection> {
  if (inspectUrl !== undefined) return openByAddress(inspectUrl, pid);
  if (pid === undefined) throw new Problem('Name the process: scope-trace dump <pid>', EXIT.usage);
  return openInspector(pid);
}

/** A JSON array of the threads' dumps, the main thread first. */
function formatAll(threads: readonly ThreadDump[]): string {
  return `[${threads.map(({ dump: each }) => formatDumpJson(each).trimEnd()).join(',\n')}]\n`;
}

function formatThread({ who, dump: taken, heldUp }: ThreadDump, screen: Screen): string {
  if (heldUp !== undefined) return formatHeldUp(who, heldUp, screen);
  return formatDump(taken, { style: screen.style, width: screen.width });
}

/** What was opened is closed before a signal ends us; a second one does not wait for that. */
function leaveOnSignal(inspection: Inspection): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  let called = false;
  const end = (signal: NodeJS.Signals): void => {
    const die = (): void => {
      for (const each of signals) process.off(each, end);
      process.kill(process.pid, signal);
    };
    if (called) {
      die();
      return;
    }
    called = true;
    void inspection.close().then(die, die);
  };
  for (const signal of signals) process.on(signal, end);
  return () => {
    for (const signal of signals) process.off(signal, end);
  };
}
