import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ENVIRONMENT, QUIET_INSPECTOR } from '../tracker/protocol.ts';
import type { Settings } from '../tracker/protocol.ts';
import { EXIT } from './exit-codes.ts';
import type { Ending } from './exit-codes.ts';
import { withPreload } from './node-options.ts';
import { Problem, reasonOf, systemCode } from './problem.ts';
import { passSignals, relaySignals } from './signals.ts';

const PRELOAD = fileURLToPath(new URL('../preload.cjs', import.meta.url));

/** Where a traced program writes, and what its tracker may spend. */
export interface Tracing {
  /** Absolute path of the session's folder. */
  readonly directory: string;
  readonly settings: Settings;
  /** Whether the programs are to be asked where they stand, when they stand still. */
  readonly watched: boolean;
}

/** The command while it runs. */
export interface Launched {
  /** Absent when the system did not say. */
  readonly pid?: number | undefined;
  /** False: it has ended. */
  readonly kill: (signal: NodeJS.Signals) => boolean;
  /** Tells of each Ctrl-C that reached the program as a key, and not us as a signal. Returns what ends that. */
  readonly onInterrupt?: (interrupted: () => void) => () => void;
}

/** Runs a command in a terminal of its own. */
export type RunHosted = (command: readonly string[], environment: NodeJS.ProcessEnv) => { readonly program: Launched; readonly ended: Promise<Ending> };

/**
 * Runs a command in the foreground until it ends: its standard streams, its terminal and the
 * signals are its own.
 *
 * @param command - the program and its arguments; not empty
 * @param tracing - absent: the command runs as if we were not there
 * @param started - called once it runs
 * @param runHosted - absent: it has our terminal
 * @throws {Problem} when the command cannot be started
 */
export async function launch(
  command: readonly string[],
  tracing: Tracing | undefined,
  started: (program: Launched) => void = () => undefined,
  runHosted?: RunHosted,
): Promise<Ending> {
  const environment = tracing === undefined ? process.env : { ...process.env, ...traceVariables(tracing) };
  return runHosted === undefined ? runHere(command, environment, started) : runThere(command, environment, started, runHosted);
}

async function runThere(
  command: readonly string[], environment: NodeJS.ProcessEnv, started: (program: Launched) => void, runHosted: RunHosted,
): Promise<Ending> {
  const { program, ended } = runHosted(command, environment);
  const release = passSignals(program);
  try {
    started(program);
    return await ended;
  } finally {
    release();
  }
}

async function runHere(command: readonly string[], environment: NodeJS.ProcessEnv, started: (program: Launched) => void): Promise<Ending> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { stdio: streams(), env: environment });
  const release = relaySignals(child);
  const disconnect = joinChannels(child);
  try {
    return await new Promise<Ending>((resolve, reject) => {
      child.once('spawn', () => {
        started(child);
      });
      child.once('error', (error) => {
        reject(explain(file, error));
      });
      child.once('exit', (code, signal) => {
        resolve({ code, signal });
      });
    });
  } finally {
    release();
    disconnect();
  }
}

/** Whether programs that stand still can be asked where: not while somebody debugs them, and only on Linux. */
export function canWatch(command: readonly string[]): boolean {
  return process.platform === 'linux' && ![...command, process.env['NODE_OPTIONS'] ?? ''].some((word) => word.includes('inspect'));
}

/**
 * What the environment of a program must hold to be traced.
 *
 * @throws {Problem} when this package was installed without its tracker
 */
export function traceVariables(tracing: Tracing, preload = PRELOAD): Record<string, string> {
  if (!existsSync(preload)) {
    throw new Problem(`The tracker is missing: there is no ${preload}. Install scope-trace again.`, EXIT.failure);
  }
  return {
    NODE_OPTIONS: withPreload(preload, process.env['NODE_OPTIONS'], ...(tracing.watched ? [QUIET_INSPECTOR] : [])),
    [ENVIRONMENT.session]: tracing.directory,
    [ENVIRONMENT.settings]: JSON.stringify(tracing.settings),
  };
}

function streams(): SpawnOptions['stdio'] {
  return process.send === undefined ? 'inherit' : ['inherit', 'inherit', 'inherit', 'ipc'];
}

/** Who forked us meant to talk to the program: messages pass both ways. */
function joinChannels(child: ChildProcess): () => void {
  if (process.send === undefined) return () => undefined;
  const pass = (message: object): void => {
    if (child.connected) child.send(message);
  };
  const part = (): void => {
    if (child.connected) child.disconnect();
  };
  process.on('message', pass).once('disconnect', part);
  child.on('message', (message) => process.send?.(message));
  return () => {
    process.off('message', pass).off('disconnect', part);
    if (process.connected) process.disconnect();
  };
}

function explain(file: string, error: Error): Problem {
  const code = systemCode(error);
  const quoted = JSON.stringify(file);
  if (code === 'ENOENT' && !existsSync(process.cwd())) {
    return new Problem(`${quoted} cannot be started: the current folder does not exist any more.`, EXIT.failure);
  }
  if (code === 'ENOENT' && file.includes('/') && existsSync(file)) {
    return new Problem(
      `${quoted} cannot be started: the interpreter named in its first line does not exist. Correct that line.`,
      EXIT.notExecutable,
    );
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const hint = file.includes('/') ? 'Check the path.' : 'Check its spelling, and that its folder is in PATH.';
    return new Problem(`The command ${quoted} was not found. ${scriptHint(file) ?? hint}`, EXIT.notFound);
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const hint = 'Make it executable with `chmod +x`, or name the program that runs it.';
    return new Problem(`The command ${quoted} may not be executed. ${scriptHint(file) ?? hint}`, EXIT.notExecutable);
  }
  return new Problem(`The command ${quoted} cannot be started: ${reasonOf(error)}.`, EXIT.failure);
}

function scriptHint(file: string): string | undefined {
  if (/\.[cm]?js$/.test(file)) return `To run a script, put node before it: scope-trace -- node ${file}`;
  if (/\.[cm]?tsx?$/.test(file)) return `To run a TypeScript file, put tsx before it: scope-trace -- npx tsx ${file}`;
  return undefined;
}
