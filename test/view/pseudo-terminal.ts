/** A command in a terminal of its own: keys go in, and the screen is read as a person would see it. */
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';
import { onTestFailed, onTestFinished } from 'vitest';

export interface PseudoTerminal {
  readonly pid: number;
  press(keys: string): void;
  resize(columns: number, rows: number): void;
  /** Resolves with the screen when it shows the text; fails when the command ends before. */
  shows(text: string | RegExp): Promise<string>;
  /** What is seen now. */
  screen(): string;
  /** `alternate`: the screen of programs that draw; `normal`: the shell's. */
  buffer(): 'normal' | 'alternate';
  /** Everything that was written, with its escape sequences. */
  written(): string;
  ends(): Promise<{ readonly exitCode: number; readonly signal?: number }>;
}

export function openTerminal(args: readonly string[], columns = 100, rows = 24): PseudoTerminal {
  const env = { ...process.env, TERM: 'xterm-256color' };
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'CI', 'NODE_OPTIONS', 'VITEST']) Reflect.deleteProperty(env, name);
  const child = spawn(process.execPath, [...args], { name: 'xterm-256color', cols: columns, rows, cwd: process.cwd(), env });
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  let written = '';
  let ended: { readonly exitCode: number; readonly signal?: number } | undefined;
  const waiting = new Set<() => void>();
  const tell = (): void => {
    for (const look of [...waiting]) look();
  };
  child.onData((data) => {
    written += data;
    terminal.write(data, tell);
  });
  const end = new Promise<{ readonly exitCode: number; readonly signal?: number }>((resolve) => {
    child.onExit((how) => {
      ended = how;
      // What it wrote last is still on its way.
      terminal.write('', () => {
        tell();
        resolve(how);
      });
    });
  });
  onTestFinished(() => {
    if (ended === undefined) child.kill('SIGKILL');
  });
  const screen = (): string => {
    const { active } = terminal.buffer;
    return Array.from({ length: terminal.rows }, (_, at) => active.getLine(active.viewportY + at)?.translateToString(true) ?? '').join('\n');
  };
  onTestFailed(() => {
    console.log(`The screen when the test failed:\n${screen()}`);
  });
  const shows = (text: string | RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const seen = screen();
        if (typeof text === 'string' ? seen.includes(text) : text.test(seen)) {
          waiting.delete(look);
          resolve(seen);
        } else if (ended !== undefined) {
          waiting.delete(look);
          reject(new Error(`It ended without showing ${String(text)}:\n${seen}`));
        }
      };
      waiting.add(look);
      look();
    });
  return {
    pid: child.pid,
    press: (keys) => {
      child.write(keys);
    },
    resize: (toColumns, toRows) => {
      terminal.resize(toColumns, toRows);
      child.resize(toColumns, toRows);
    },
    shows,
    screen,
    buffer: () => terminal.buffer.active.type,
    written: () => written,
    ends: () => end,
  };
}
