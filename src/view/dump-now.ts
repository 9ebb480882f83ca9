/** A dump for a pane of the view: as `scope-trace dump` prints it. */
import { formatDump } from '../../reports/index.ts';
import { dumpProgram } from '../dump/dump-program.ts';
import { formatHeldUp } from '../dump/held-up.ts';
import { keepInFolder } from '../dump/keep-dump.ts';
import { openInspector } from '../dump/inspector/open.ts';
import { createStyle } from '../screen.ts';
import type { Screen } from '../screen.ts';
import type { FeedSettings } from './feed/messages.ts';

type Show = (lines: readonly string[]) => void;

let running = false;

/** Says beforehand for how long the program will stand still. Never rejects. */
export async function dumpInto(pid: number | undefined, colors: FeedSettings['colors'], width: number, show: Show): Promise<void> {
  if (running) return;
  running = true;
  const screen = { style: createStyle(colors), width: Math.max(40, width - 2), write: async () => undefined } satisfies Screen;
  try {
    if (pid === undefined) show(['', '  No program of this session runs on this machine any more.']);
    else await dumpOne(pid, screen, show);
  } catch (error) {
    show(['', `  The program could not be dumped: ${error instanceof Error ? error.message : String(error)}`]);
  } finally {
    running = false;
  }
}

async function dumpOne(pid: number, screen: Screen, show: Show): Promise<void> {
  const notes: string[] = ['', `  Process ${pid} is asked.`];
  show(notes);
  const inspection = await openInspector(pid);
  try {
    const note = async (text: string): Promise<void> => {
      notes.push(`  ${text}`);
      show(notes);
    };
    const threads = await dumpProgram(inspection, { fast: false, locals: false, cwd: process.cwd(), tell: () => undefined, hint: '', note });
    for (const { dump, recording } of threads) if (recording !== undefined) keepInFolder(recording, 'request', dump);
    const text = threads.map(({ who, dump, heldUp }) => (heldUp === undefined ? formatDump(dump, screen) : formatHeldUp(who, heldUp, screen)));
    show(text.join('\n').split('\n'));
  } finally {
    await inspection.close();
  }
}
