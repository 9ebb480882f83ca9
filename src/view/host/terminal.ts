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
  /** Aborted when nobody sits before it any more. */
  readonly gone: AbortSignal;
  /** @returns ends it */
  readonly onResize: (resized: () => void) => () => void;
  /**
   * Tells of what would leave the terminal as it is: the end of this process, and an error that nobody caught, which
   * then does not end it. Returns what ends that.
   */
  readonly guard: (ending: () => void, crashed: (error: unknown) => void) => () => void;
  /** Stops this process and all others of its job, until the user brings it back. */
  readonly suspend: (resumed: () => void) => void;
}

const SOON_MS = 100;

export function openTerminal(stdin: ReadStream, stdout: WriteStream): Terminal {
  let listener: ((bytes: Buffer | string) => void) | undefined;
  const release = (): void => {
    if (listener === undefined) return;
    stdin.off('data', listener);
    listener = undefined;
    stdin.pause();
    setRaw(stdin, false);
  };
  const gone = new AbortController();
  const hangUp = (): void => { gone.abort(); };
  // Whoever has hung up reads nothing any more.
  for (const stream of [stdin, stdout]) stream.on('error', hangUp);
  stdin.once('end', hangUp);
  process.once('SIGHUP', hangUp);
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
    gone: gone.signal,
    onResize: (resized) => {
      const call = (): void => { resized(); };
      stdout.on('resize', call);
      return () => void stdout.off('resize', call);
    },
    guard: (ending, crashed) => {
      process.on('exit', ending).on('uncaughtException', crashed).on('unhandledRejection', crashed);
      return () => void process.off('exit', ending).off('uncaughtException', crashed).off('unhandledRejection', crashed);
    },
    suspend: (resumed) => {
      const goOn = (): void => {
        clearTimeout(timer);
        process.off('SIGCONT', goOn);
        resumed();
      };
      process.once('SIGCONT', goOn);
      // Where nobody could bring us back, the system does not stop us.
      const timer = setTimeout(goOn, SOON_MS);
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
