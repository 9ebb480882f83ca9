import { constants } from 'node:os';

/**
 * Every exit code of the command. A program that failed keeps its own code, whatever was found
 * in it, so that a script sees the same failure with and without the tracker.
 */
export const EXIT = {
  /** The program succeeded, and nothing that was found reaches `--fail-on`. */
  success: 0,
  /** The command line is wrong, or a file or folder that it names cannot be used. */
  usage: 64,
  /** The program succeeded, and what was found reaches `--fail-on`. */
  findings: 66,
  /** scope-trace itself failed: the program may have run well, yet nothing can be said about it. */
  failure: 70,
  /** The time that `--timeout` gave was up, and the command was ended, as `timeout` of the system has it. */
  timedOut: 124,
  /** The command was found and may not be executed, as shells have it. */
  notExecutable: 126,
  /** The command was not found, as shells have it. */
  notFound: 127,
  /** Plus the signal's number: the program was ended by that signal, as shells have it. */
  signal: 128,
} as const;

/** How a process ended: exactly one of the two is not null. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The exit code by which a shell would report this ending. */
export function codeOf(ending: Ending): number {
  if (ending.signal === null) return ending.code ?? EXIT.failure;
  return EXIT.signal + constants.signals[ending.signal];
}
