import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { rmSync } from 'node:fs';

/** The built command. */
export const CLI = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  readonly cwd?: string;
  /** Added to this process's environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to standard input, which is then closed. */
  readonly input?: string;
  /** Starts a process group of its own. */
  readonly detached?: boolean;
}

/** A process whose output is collected, and can be waited for. */
export interface Started {
  readonly process: ChildProcessWithoutNullStreams;
  readonly pid: number;
  /** Resolves when standard output contains the text; fails when it ends without. */
  readonly says: (text: string) => Promise<void>;
  /** What it has said so far. */
  readonly peek: () => Readonly<Pick<Outcome, 'stdout' | 'stderr'>>;
  readonly ends: () => Promise<Outcome>;
}

/** Starts a program. */
export function start(file: string, args: readonly string[], options: StartOptions = {}): Started {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_OPTIONS: undefined, ...options.env };
  const child = spawn(file, args, { env, cwd: options.cwd, detached: options.detached ?? false });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const output = { stdout: '', stderr: '' };
  const { promise: spoken, step } = ticker();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      step();
    });
  }
  child.once('close', step);
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const says = async (text: string): Promise<void> => {
    while (!output.stdout.includes(text)) {
      if (child.exitCode !== null || child.signalCode !== null) {
        await closed;
        if (output.stdout.includes(text)) return;
        throw new Error(`ended without saying ${JSON.stringify(text)}:\n${output.stdout}\n${output.stderr}`);
      }
      await spoken();
    }
  };
  const ends = async (): Promise<Outcome> => {
    const [code, signal] = await closed;
    return { code, signal, ...output };
  };
  return { process: child, pid: child.pid ?? 0, says, peek: () => ({ ...output }), ends };
}

/** Starts the built command. */
export function startScopeTrace(args: readonly string[], options: StartOptions = {}): Started {
  return start(process.execPath, [CLI, ...args], options);
}

/** Runs the built command to its end. */
export function scopeTrace(args: readonly string[], options: StartOptions = {}): Promise<Outcome> {
  return startScopeTrace(args, options).ends();
}

/** An empty folder, gone after the test. */
export function emptyFolder(name = 'scope-trace-test-'): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Writes a file into a folder. Returns its path. */
export function put(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A condition that others can wait to change. */
function ticker(): { promise: () => Promise<void>; step: () => void } {
  let waiting: (() => void)[] = [];
  return {
    promise: () => new Promise((resolve) => waiting.push(resolve)),
    step: () => {
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
  };
}
