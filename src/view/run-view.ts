/** The live view of a run: a few rows below the program's output, and the full screens when they are asked for. */
import type { Policy } from '../config/read-config.ts';
import { colorLevel, createStyle } from '../screen.ts';
import type { RuleSettings } from '../../reports/index.ts';
import { drawCompact } from './compact-lines.ts';
import { openFeed } from './feed/client.ts';
import { openView } from './open-view.ts';

export interface RunView {
  /** For the rows below the output. Throws when the view has failed. */
  readonly drawLines: (columns: number) => readonly string[];
  /** Shows the full screens. Resolves when the user has left them, or the signal was aborted. */
  readonly openScreens: (gone: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface RunViewRequest {
  /** Folder of the recordings. */
  readonly directory: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly color: boolean | undefined;
  readonly rules: Partial<RuleSettings>;
  /** Absent: there is no configuration. */
  readonly policy?: Policy | undefined;
  /** The program is to stand still as long as the user has suspended the view, and to go on. */
  readonly standStill: (still: boolean) => void;
}

export function openRunView({ directory, stdin, stdout, color, rules, policy, standStill }: RunViewRequest): RunView {
  const colors = colorLevel(stdout, color, process.env);
  const size = (): { columns: number; rows: number } => ({ columns: stdout.columns, rows: stdout.rows });
  const feed = openFeed({ directory, cwd: process.cwd(), colors, ...size(), compact: true, replay: false, rules, ...(policy === undefined ? {} : { policy }) });
  let failure: Error | undefined;
  const style = createStyle(colors);
  const fail = (error: unknown): void => void (failure = error instanceof Error ? error : new Error(String(error)));
  feed.ended.catch(fail);
  return {
    drawLines: (columns) => {
      if (failure !== undefined) throw failure;
      return drawCompact(feed.snapshot, columns, style);
    },
    openScreens: async (gone) => {
      const view = await openView({
        source: { directory, replay: false }, stdin, stdout, feed, rules, standStill,
        ...(color === undefined ? {} : { color }),
      });
      const close = (): void => void view.close();
      gone.addEventListener('abort', close, { once: true });
      const end = await view.ended;
      gone.removeEventListener('abort', close);
      feed.say({ kind: 'size', ...size(), compact: true });
      if (end.how === 'failed') fail(new Error(end.reason));
    },
    close: () => feed.close(),
  };
}
