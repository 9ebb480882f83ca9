/** Takes the terminal and gives it back as it was, however the view ends. */
import { writeSync } from 'node:fs';

const ENTER = '\u001b[?1049h\u001b[2J\u001b[H';
const LEAVE = '\u001b[?1049l';
const SHOW_CURSOR = '\u001b[?25h';

export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** Whether a view can be shown there at all. */
export function canShow({ stdin, stdout }: Terminal, environment: NodeJS.ProcessEnv): boolean {
  return stdin.isTTY && stdout.isTTY && environment['TERM'] !== 'dumb';
}

/** Never throws, and waits for nothing: it also runs while the process ends. */
export class TerminalScreen {
  readonly #terminal: Terminal;
  #entered = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    this.#write(ENTER);
  }

  leave(): void {
    try {
      if (this.#terminal.stdin.isTTY) this.#terminal.stdin.setRawMode(false);
    } catch {
      // The terminal is gone.
    }
    this.#write(this.#entered ? SHOW_CURSOR + LEAVE : SHOW_CURSOR);
    this.#entered = false;
  }

  /** At once: what a stream holds back would come after the shell's prompt, or not at all. */
  #write(text: string): void {
    try {
      writeSync((this.#terminal.stdout as NodeJS.WriteStream & { readonly fd: number }).fd, text);
    } catch {
      // The terminal is gone, or does not take it now: then nobody looks at it.
    }
  }
}

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

export interface Guard {
  readonly release: () => void;
}

/**
 * Gives the terminal back before a signal or a crash ends us.
 *
 * @param crashed - told once of an error that nobody caught
 * @param endsUs - whether signals that end a process end this one
 */
export function guardTerminal(restore: () => void, crashed: (error: unknown) => void, endsUs = true): Guard {
  const end = (signal: NodeJS.Signals): void => {
    release();
    restore();
    process.kill(process.pid, signal);
  };
  const crash = (error: unknown): void => {
    restore();
    crashed(error);
  };
  const release = (): void => {
    for (const signal of ENDING) process.off(signal, end);
    process.off('exit', restore);
    process.off('uncaughtException', crash);
    process.off('unhandledRejection', crash);
  };
  if (endsUs) for (const signal of ENDING) process.on(signal, end);
  process.on('exit', restore);
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  return { release };
}
