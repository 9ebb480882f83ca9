/** Dumps every program of a session that still runs, for people, one after the other. */
import { formatDump } from '../../reports/index.ts';
import { dumpProgram } from '../dump/dump-program.ts';
import { formatHeldUp } from '../dump/held-up.ts';
import { openInspector } from '../dump/inspector/open.ts';
import type { Inspection } from '../dump/inspector/open.ts';
import { Problem } from '../problem.ts';
import type { Screen } from '../screen.ts';
import { isAlive, listTraced } from './traced-programs.ts';

export interface SessionDump {
  readonly directory: string;
  readonly screen: Screen;
  /** Only these. Absent: all that run. */
  readonly pids?: readonly number[];
  /** Set when the dumping is to end as soon as possible. */
  readonly abort: AbortSignal;
}

export async function dumpSession({ directory, screen, pids = listTraced(directory), abort }: SessionDump): Promise<void> {
  if (pids.length === 0) await screen.write('scope-trace: no Node.js program of it runs any more, or none was traced.\n');
  for (const pid of pids) {
    if (abort.aborted) return;
    await dumpOne(pid, screen, abort).catch((error: unknown) => tell(pid, error, screen));
  }
}

async function dumpOne(pid: number, screen: Screen, abort: AbortSignal): Promise<void> {
  const inspection = await openInspector(pid);
  const close = (): void => void inspection.close();
  abort.addEventListener('abort', close, { once: true });
  try {
    await show(inspection, screen);
  } finally {
    abort.removeEventListener('abort', close);
    const left = await inspection.close();
    if (left !== undefined && isAlive(pid)) await screen.write(`scope-trace: ${left}\n`);
  }
}

async function show(inspection: Inspection, screen: Screen): Promise<void> {
  const { style, width } = screen;
  const note = (text: string): Promise<void> => screen.write(`scope-trace: ${text}\n`);
  const threads = await dumpProgram(inspection, { fast: false, locals: false, cwd: process.cwd(), tell: () => undefined, hint: '', note });
  for (const { who, dump, heldUp } of threads) {
    await screen.write(`\n${heldUp === undefined ? formatDump(dump, { style, width }) : formatHeldUp(who, heldUp, screen)}`);
  }
}

/** One that ended meanwhile, or cannot be looked into, must not keep the others from being shown. */
async function tell(pid: number, error: unknown, screen: Screen): Promise<void> {
  if (!isAlive(pid)) return;
  const reason = error instanceof Problem ? error.message : `Process ${pid} could not be dumped: ${error instanceof Error ? error.message : String(error)}.`;
  await screen.write(`scope-trace: ${reason}\n`);
}
