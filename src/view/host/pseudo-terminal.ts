/** A program in a pseudo-terminal of its own. The package that makes them has native code and is optional. */
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { constants as osConstants } from 'node:os';
import { delimiter, resolve } from 'node:path';
import type * as Pty from '@lydell/node-pty';
import type { Ending } from '../../exit-codes.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A program that believes itself alone on a terminal. */
export interface HostedProgram {
  readonly pid: number;
  /** After all that it has written was handed on. */
  readonly ended: Promise<Ending>;
  /** False: it has ended. 0 only asks. */
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
    kill: (signal) => whileAlive(() => void process.kill(terminal.pid, signal)),
    // Bytes here too.
    type: (bytes) => void whileAlive(() => { terminal.write(Buffer.from(bytes) as unknown as string); }),
    resize: ({ columns, rows }) => void whileAlive(() => { terminal.resize(columns, rows); }),
    pause: () => void whileAlive(() => { terminal.pause(); }),
    resume: () => void whileAlive(() => { terminal.resume(); }),
  };
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
  return file !== '' && candidates.some(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
