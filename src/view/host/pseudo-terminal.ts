/** A program in a pseudo-terminal of its own. The package that makes them has native code and is optional. */
import { accessSync, closeSync, constants, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { constants as osConstants } from 'node:os';
import { delimiter, resolve } from 'node:path';
import type { ReadStream } from 'node:tty';
import type * as Pty from '@lydell/node-pty';
import type { Ending } from '../../exit-codes.ts';

const REST_SLICE = 64 << 10;
/** Of a script, as far as Linux reads it. */
const LONGEST_FIRST_LINE = 256;

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A program that believes itself alone on a terminal. */
export interface HostedProgram {
  readonly pid: number;
  /** After all that it has written was handed on. */
  readonly ended: Promise<Ending>;
  /** False: it has ended. 0 only asks. To be stopped, and to go on, concerns its whole job, as with Ctrl-Z. */
  readonly kill: (signal: NodeJS.Signals | 0) => boolean;
  /** As if typed. */
  readonly type: (bytes: Uint8Array) => void;
  readonly resize: (size: Size) => void;
  /** It is held up in its next write until it is resumed. */
  readonly pause: () => void;
  readonly resume: () => void;
}

export interface HostedCommand {
  readonly command: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly size: Size;
  readonly written: (bytes: Uint8Array) => void;
}

/** Starts programs in pseudo-terminals. Undefined: this system cannot. */
export type StartHosted = (hosted: HostedCommand) => HostedProgram;

/** Undefined where the package, or its binary for this system, is not installed. */
export async function loadPseudoTerminals(): Promise<StartHosted | undefined> {
  try {
    const { default: pty } = (await import('@lydell/node-pty')) as unknown as { default: typeof Pty };
    return (hosted) => startHosted(pty, hosted);
  } catch {
    return undefined;
  }
}

function startHosted(pty: typeof Pty, { command, environment, size, written }: HostedCommand): HostedProgram {
  const [file = '', ...args] = command;
  const terminal = pty.spawn(file, args, {
    name: environment['TERM'] ?? 'xterm',
    cols: size.columns,
    rows: size.rows,
    cwd: workingFolder(environment),
    env: environment,
    encoding: null,
  });
  let alive = true;
  // Raw bytes, as `encoding: null` asks for, whatever the types say.
  terminal.onData((bytes) => { written(bytes as unknown as Uint8Array); });
  emptyBeforeClose(terminal, written);
  const ended = new Promise<Ending>((settle) => {
    terminal.onExit(({ exitCode, signal }) => {
      alive = false;
      const name = nameOf(signal);
      settle(name === undefined ? { code: exitCode, signal: null } : { code: null, signal: name });
    });
  });
  const whileAlive = (act: () => void): boolean => {
    if (!alive) return false;
    try {
      act();
      return true;
    } catch {
      // It was faster.
      return false;
    }
  };
  return {
    pid: terminal.pid,
    ended,
    kill: (signal) => whileAlive(() => void process.kill(isForJob(signal) ? -terminal.pid : terminal.pid, signal)),
    // Bytes here too.
    type: (bytes) => void whileAlive(() => { terminal.write(Buffer.from(bytes) as unknown as string); }),
    resize: ({ columns, rows }) => void whileAlive(() => { terminal.resize(columns, rows); }),
    pause: () => void whileAlive(() => { terminal.pause(); }),
    resume: () => void whileAlive(() => { terminal.resume(); }),
  };
}

function isForJob(signal: NodeJS.Signals | 0): boolean {
  return signal === 'SIGSTOP' || signal === 'SIGCONT';
}

/** What the package keeps to itself. */
interface Inside {
  readonly fd: number;
  readonly _socket?: ReadStream;
}

/**
 * Some time after the program's end the package closes the terminal, whether or not all was read: not when we were held
 * up, or had asked it to wait. The rest is read before.
 */
function emptyBeforeClose(terminal: Pty.IPty, written: (bytes: Uint8Array) => void): void {
  const { fd, _socket: socket } = terminal as unknown as Inside;
  if (socket === undefined) return;
  const destroy = socket.destroy.bind(socket);
  socket.destroy = (error) => {
    if (error === undefined && !socket.destroyed) {
      // What is in the stream is told of as it is taken out.
      while (socket.read() !== null);
      for (const bytes of readRest(fd)) written(bytes);
    }
    return destroy(error);
  };
}

function* readRest(fd: number): Generator<Uint8Array> {
  const bytes = Buffer.allocUnsafe(REST_SLICE);
  for (;;) {
    let count = 0;
    try {
      count = readSync(fd, bytes);
    } catch {
      // There is no more, which a terminal tells as an error.
    }
    if (count === 0) return;
    yield Buffer.from(bytes.subarray(0, count));
  }
}

function nameOf(signal: number | undefined): NodeJS.Signals | undefined {
  if (signal === undefined || signal === 0) return undefined;
  const entry = Object.entries(osConstants.signals).find(([, number]) => number === signal);
  return entry?.[0] as NodeJS.Signals | undefined;
}

/** As the shell calls it: the package puts what it is told into `PWD`. */
function workingFolder({ PWD }: NodeJS.ProcessEnv): string {
  const here = process.cwd();
  try {
    return PWD !== undefined && realpathSync(PWD) === here ? PWD : here;
  } catch {
    return here;
  }
}

/** Whether the system would find the command and may run it. When not, starting it the usual way says why. */
export function canStart(command: readonly string[], { PATH = '' }: NodeJS.ProcessEnv): boolean {
  const [file = ''] = command;
  const candidates = file.includes('/') ? [file] : PATH.split(delimiter).map((folder) => resolve(folder, file));
  return file !== '' && candidates.some((path) => isExecutable(path) && hasInterpreter(path));
}

/** A script whose first line names a program that is not there cannot be started. */
function hasInterpreter(path: string): boolean {
  const interpreter = /^#![ \t]*([^\s\0]+)/.exec(beginningOf(path))?.[1];
  return interpreter === undefined || isExecutable(interpreter);
}

function beginningOf(path: string): string {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(LONGEST_FIRST_LINE);
      return bytes.toString('latin1', 0, readSync(descriptor, bytes));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // A program may be executed by those who may not read it.
    return '';
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
