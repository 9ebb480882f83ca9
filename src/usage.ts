import type { Command, CommanderError } from 'commander';
import { EXIT } from './exit-codes.ts';
import { nearest } from './nearest.ts';
import type { Given } from './option-list.ts';
import { Problem } from './problem.ts';

export const DESCRIPTION =
  'Runs a Node.js command, watches which task enters and exits every scope, and says where the structure broke.';

/** What the help says after the options. */
export const AFTER = `
Everything after -- belongs to the command.

Exit codes:
  ${EXIT.success}    the program succeeded, and nothing found reaches --fail-on
  ${EXIT.findings}   the program succeeded, and findings reach --fail-on
  ${EXIT.usage}   wrong usage
  ${EXIT.failure}   scope-trace itself failed
  ${EXIT.timedOut}  the time given by --timeout was up
  ${EXIT.notExecutable}  the command may not be executed
  ${EXIT.notFound}  the command was not found
  others: the program's own code, ${EXIT.signal} + n when signal n ended it

Examples:
  scope-trace -- node app.js
  scope-trace --report scopes.json --fail-on leak -- npm test
  scope-trace --timeout 60s -- npm test
  scope-trace dump 1234
  scope-trace watch
  scope-trace view recording
  scope-trace --trace recording -- npx tsx app.ts && scope-trace report recording
`;

/** @throws {Problem} when no command stands after the two dashes, or something before them */
export function requireCommand(operands: readonly string[], command: readonly string[] | undefined): readonly string[] {
  const [first] = operands;
  if (first !== undefined) {
    const meant = nearest(first, ['run', 'report', 'merge', 'diff', 'dump', 'watch', 'view', 'explain']);
    const line = `scope-trace -- ${[...operands, ...(command ?? [])].join(' ')}`;
    const hint =
      meant === undefined
        ? `Put -- before the command: ${line}`
        : `Did you mean ${meant}? To run a program of that name: ${line}`;
    throw new Problem(`${JSON.stringify(first)} is no option and no command of scope-trace. ${hint}`, EXIT.usage);
  }
  if (command?.[0] === undefined || command[0] === '') {
    throw new Problem('There is no command to run. Put it after --, for example: scope-trace -- node app.js', EXIT.usage);
  }
  return command;
}

/** @throws {Problem} when one of the options was given, though it means nothing to this command */
export function refuse(given: Given, names: readonly (keyof Given)[], command: string): void {
  const name = names.find((each) => given[each] !== undefined);
  if (name === undefined) return;
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new Problem(`--${flag} has no meaning for scope-trace ${command}. Leave it out.`, EXIT.usage);
}

/** Commander's messages in our words. */
export function explain(error: CommanderError, program: Command): Problem {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const flags = [...program.options.map((option) => option.long ?? ''), '--help'];
  if (error.code === 'commander.unknownOption') {
    const near = nearest(quoted, flags);
    const hint = near === undefined ? 'See scope-trace --help' : `Did you mean ${near}?`;
    return new Problem(`There is no option ${quoted}. ${hint}`, EXIT.usage);
  }
  if (error.code === 'commander.optionMissingArgument') {
    return new Problem(`The option ${quoted} needs a value. See scope-trace --help`, EXIT.usage);
  }
  const message = error.message.replace(/^error: /, '');
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return new Problem(`${/[.?!]$/.test(sentence) ? sentence : `${sentence}.`} See scope-trace --help`, EXIT.usage);
}
