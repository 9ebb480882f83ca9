/** The user's terminal: where the program and the view meet. */
import type { ReadStream, WriteStream } from 'node:tty';
import type { Size } from './pseudo-terminal.ts';

export interface Terminal {
  readonly size: () => Size;
  readonly write: (bytes: Uint8Array) => void;
  /** Every key goes to `typed`, as bytes, and none has a meaning of its own. */
  readonly take: (typed: (bytes: Uint8Array) => void) => void;
  /** Gives the keys their meanings back. */
  readonly release: () => void;
  /** @returns ends it */
  readonly onResize: (resized: () => void) => () => void;
  /** Stops this process and all others of its job, until the user brings it back. */
  readonly suspend: (resumed: () => void) => void;
}

export function openTerminal(stdin: ReadStream, stdout: WriteStream): Terminal {
  let listener: ((bytes: Buffer | string) => void) | undefined;
  const release = (): void => {
    if (listener === undefined) return;
    stdin.off('data', listener);
    listener = undefined;
    stdin.pause();
    setRaw(stdin, false);
  };
  // Whoever has hung up reads nothing any more.
  for (const stream of [stdin, stdout]) stream.on('error', () => undefined);
  return {
    size: () => ({ columns: stdout.columns, rows: stdout.rows }),
    write: (bytes) => void stdout.write(bytes),
    take: (typed) => {
      release();
      // Strings, when somebody has set an encoding meanwhile.
      listener = (bytes) => { typed(typeof bytes === 'string' ? Buffer.from(bytes) : bytes); };
      setRaw(stdin, true);
      // Whoever had it before may have let the process end without it.
      stdin.ref();
      stdin.on('data', listener).resume();
    },
    release,
    onResize: (resized) => {
      const call = (): void => { resized(); };
      stdout.on('resize', call);
      return () => void stdout.off('resize', call);
    },
    suspend: (resumed) => {
      process.once('SIGCONT', resumed);
      process.kill(0, 'SIGTSTP');
    },
  };
}

function setRaw(stdin: ReadStream, raw: boolean): void {
  try {
    stdin.setRawMode(raw);
  } catch {
    // The terminal is gone.
  }
}
