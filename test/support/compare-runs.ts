import { codeOf } from '../../src/exit-codes.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scopeTrace, start, type Outcome, type StartOptions } from './command.ts';
import { runHere } from './trace-here.ts';

/** What of two runs must be equal. */
export interface Visible {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command with and without the tracker. Process ids and durations in the output are masked.
 *
 * @param runTraced - absent: by the command, which is told to say nothing
 */
export async function runBoth(
  command: readonly [string, ...string[]],
  options: StartOptions = {},
  runTraced = runByCommand,
): Promise<{ readonly plain: Visible; readonly traced: Visible }> {
  const [file, ...args] = command;
  const [plain, traced] = await Promise.all([start(file, args, options).ends(), runTraced(command, options)]);
  return { plain: see(plain), traced: see(traced) };
}

/** Runs a command as the command runs it, without its process: what it prints is what the program prints. */
export async function runWithout(command: readonly [string, ...string[]], options: StartOptions): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'undisturbed-'));
  try {
    return await runHere(command, folder, undefined, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Findings are none of the program's business here. */
function runByCommand(command: readonly [string, ...string[]], options: StartOptions): Promise<Outcome> {
  return scopeTrace(['--quiet', '--fail-on', 'never', '--', ...command], options);
}

function see(outcome: Outcome): Visible {
  return { code: codeOf(outcome), stdout: mask(outcome.stdout), stderr: mask(outcome.stderr) };
}

function mask(text: string): string {
  return text.replace(/\(node:\d+\)/g, '(node:PID)').replace(/duration_ms:? [\d.]+/g, 'duration_ms N');
}
