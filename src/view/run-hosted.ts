/** A run in the terminal that it shares with the view. */
import type { RuleSettings } from '../../reports/index.ts';
import type { Policy } from '../config/read-config.ts';
import type { RunHosted } from '../launch.ts';
import type { Screen } from '../screen.ts';
import { openHost } from './host/host.ts';
import { prepareLastWords } from './host/last-words.ts';
import { canStart, loadPseudoTerminals } from './host/pseudo-terminal.ts';
import { openTerminal } from './host/terminal.ts';
import { isForeground, mayHost } from './may-host.ts';
import { openRunView } from './run-view.ts';

export interface HostedRun {
  /** @param directory - the session's folder */
  readonly runHosted: (directory: string) => RunHosted;
  /** The same screen, on which one writes among the program's output while that runs. */
  readonly screen: Screen;
}

export interface HostedRequest {
  readonly command: readonly string[];
  readonly screen: Screen;
  /** What the user asked for. */
  readonly color: boolean | undefined;
  readonly rules: Partial<RuleSettings>;
  /** Absent: there is no configuration. */
  readonly policy?: Policy | undefined;
}

/** How many rows the view takes. */
const HEIGHT = 3;

/** Undefined: the program gets the terminal for itself. */
export async function prepareHosted({ command, screen, color, rules, policy }: HostedRequest): Promise<HostedRun | undefined> {
  const { stdin, stdout, stderr, env, platform } = process;
  const isOurs = mayHost({ stdin, stdout, stderr, environment: env, platform, hasChannel: process.send !== undefined, isForeground });
  if (!isOurs || !canStart(command, env)) return undefined;
  const start = await loadPseudoTerminals();
  if (start === undefined) return undefined;
  const lastWords = prepareLastWords();
  let write = screen.write;
  const runHosted = (directory: string): RunHosted => (what, environment) => {
    let failure: unknown;
    const view = openRunView({
      directory, stdin, stdout, color, rules, policy,
      standStill: (still) => void host.program.kill(still ? 'SIGSTOP' : 'SIGCONT'),
    });
    const host = openHost({
      command: what,
      environment,
      terminal: openTerminal(stdin, stdout),
      start,
      height: HEIGHT,
      drawLines: view.drawLines,
      openScreens: view.openScreens,
      lastWords: lastWords.set,
      failed: (error) => (failure ??= error),
    });
    write = host.write;
    const end = async (): Promise<void> => {
      write = screen.write;
      lastWords.dismiss();
      await view.close();
      if (failure !== undefined) await screen.write(`scope-trace: ${tellFailure(failure)}\n`);
    };
    return { program: host.program, ended: host.ended.finally(end) };
  };
  return { runHosted, screen: { ...screen, write: (text) => write(text) } };
}

function tellFailure(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `The live view failed, which is a mistake in scope-trace and not in the program, and was left out: ${reason}.`;
}
