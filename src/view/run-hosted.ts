/** A run in the terminal that it shares with the view. */
import type { RunHosted } from '../launch.ts';
import type { Screen } from '../screen.ts';
import { openHost } from './host/host.ts';
import { canStart, loadPseudoTerminals } from './host/pseudo-terminal.ts';
import { openTerminal } from './host/terminal.ts';
import { isForeground, mayHost } from './may-host.ts';

export interface HostedRun {
  readonly runHosted: RunHosted;
  /** The same screen, on which one writes among the program's output while that runs. */
  readonly screen: Screen;
}

/** How many rows the view takes. */
const HEIGHT = 2;

/** Undefined: the program gets the terminal for itself. */
export async function prepareHosted(command: readonly string[], screen: Screen): Promise<HostedRun | undefined> {
  const { stdin, stdout, stderr, env, platform } = process;
  const isOurs = mayHost({ stdin, stdout, stderr, environment: env, platform, hasChannel: process.send !== undefined, isForeground });
  if (!isOurs || !canStart(command, env)) return undefined;
  const start = await loadPseudoTerminals();
  if (start === undefined) return undefined;
  let write = screen.write;
  return {
    runHosted: (what, environment) => {
      const host = openHost({
        command: what,
        environment,
        terminal: openTerminal(stdin, stdout),
        start,
        height: HEIGHT,
        drawLines: (columns) => ['─'.repeat(columns), `scope-trace  Ctrl-] opens the view`],
        failed: () => undefined,
      });
      write = host.write;
      const ended = host.ended.finally(() => (write = screen.write));
      return { program: host.program, ended };
    },
    screen: { ...screen, write: (text) => write(text) },
  };
}
