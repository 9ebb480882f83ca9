import { codeOf } from '../../src/exit-codes.ts';
import { scopeTrace, start, type Outcome, type StartOptions } from './command.ts';

/** What of two runs must be equal. */
export interface Visible {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command with and without the tracker. Process ids and durations in the output are masked. */
export async function runBoth(
  command: readonly [string, ...string[]],
  options: StartOptions = {},
): Promise<{ readonly plain: Visible; readonly traced: Visible }> {
  const [file, ...args] = command;
  const [plain, traced] = await Promise.all([
    start(file, args, options).ends(),
    // Findings are none of the program's business here.
    scopeTrace(['--quiet', '--fail-on', 'never', '--', ...command], options),
  ]);
  return { plain: see(plain), traced: see(traced) };
}

function see(outcome: Outcome): Visible {
  return { code: codeOf(outcome), stdout: mask(outcome.stdout), stderr: mask(outcome.stderr) };
}

function mask(text: string): string {
  return text.replace(/\(node:\d+\)/g, '(node:PID)').replace(/duration_ms:? [\d.]+/g, 'duration_ms N');
}
