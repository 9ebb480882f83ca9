import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_GRACE_MS } from '../reports/index.ts';
import { EXIT } from './exit-codes.ts';
import { nearest } from './nearest.ts';
import { Problem } from './problem.ts';
import { parseThreshold } from './threshold.ts';
import type { Threshold } from './threshold.ts';
import { VERSION } from './version.ts';

/** What a user may ask of `run` and `report`. Absent fields were not given. */
export interface Options {
  /** File for the JSON report. */
  readonly report?: string;
  readonly failOn: Threshold;
  readonly strict: boolean;
  readonly graceMs: number;
  /** Say nothing when nothing was found. */
  readonly quiet: boolean;
  /** Absent: the environment and the terminal decide. */
  readonly color?: boolean;
}

export interface RunOptions extends Options {
  /** Folder to keep the recording in. */
  readonly trace?: string;
  /** Bound for the tracker's memory in each program. Absent: the tracker's own default. */
  readonly memoryMiB?: number;
}

/** What the command line asks for. */
export type Invocation =
  | { readonly kind: 'run'; readonly command: readonly string[]; readonly options: RunOptions }
  | { readonly kind: 'report'; readonly directory: string; readonly options: Options }
  | { readonly kind: 'explain'; readonly rule: string; readonly color?: boolean }
  | { readonly kind: 'text'; readonly text: string };

/**
 * Reads a command line.
 *
 * @param argv - the arguments alone, without `node` and the script
 * @param rules - every rule's id
 * @throws {Problem} when it cannot be understood
 */
export function parseOptions(argv: readonly string[], rules: readonly string[]): Invocation {
  const end = argv.indexOf('--');
  const ours = end < 0 ? argv : argv.slice(0, end);
  const command = end < 0 ? undefined : argv.slice(end + 1);
  let invocation: Invocation | undefined;
  let printed = '';
  const program = describeCommand(rules, (result) => (invocation = result), command);
  const quiet = { writeOut: (text: string) => void (printed += text), writeErr: () => undefined };
  for (const each of [program, ...program.commands]) each.exitOverride().configureOutput(quiet);
  try {
    program.parse(ours, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'text', text: printed };
    throw explain(error, program);
  }
  if (invocation === undefined) throw new Problem('Nothing to do. Try scope-trace --help', EXIT.usage);
  return invocation;
}

type Take = (invocation: Invocation) => void;

function describeCommand(rules: readonly string[], take: Take, command: readonly string[] | undefined): Command {
  const program = new Command('scope-trace')
    .usage('[options] -- <command> [args...]\n       scope-trace report [options] <dir>\n       scope-trace explain <rule>')
    .description(DESCRIPTION)
    .version(VERSION, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', AFTER)
    .allowExcessArguments()
    .configureHelp({ showGlobalOptions: true });
  for (const option of listOptions(rules)) program.addOption(option);
  const run = (_: unknown, { args }: Command): void => {
    take({ kind: 'run', command: requireCommand(args, command), options: runOptions(program.opts()) });
  };
  program.action(run);
  program
    .command('run')
    .description('run a command and say what was found (as without a name)')
    .usage('[options] -- <command> [args...]')
    .allowExcessArguments()
    .action(run);
  program
    .command('report')
    .description('say what was found in a recording kept with --trace')
    .allowExcessArguments(false)
    .argument('<dir>', 'the folder of the recording')
    .action((directory: string) => {
      refuse(program.opts(), ['trace', 'memory'], 'report');
      take({ kind: 'report', directory, options: commonOptions(program.opts()) });
    });
  program
    .command('explain')
    .description('explain a rule: what it finds, why it matters, what to do')
    .allowExcessArguments(false)
    .argument('<rule>', `one of ${rules.join(', ')}`)
    .action((rule: string) => {
      refuse(program.opts(), ['trace', 'memory', 'report', 'failOn', 'strict', 'grace', 'quiet'], 'explain');
      const { color } = program.opts<Given>();
      take({ kind: 'explain', rule, ...(color === undefined ? {} : { color }) });
    });
  return program;
}

const DESCRIPTION =
  'Runs a Node.js command, watches which task enters and exits every scope, and says where the structure broke.';

const AFTER = `
Everything after -- belongs to the command.

Exit codes:
  ${EXIT.success}    the program succeeded, and nothing found reaches --fail-on
  ${EXIT.findings}   the program succeeded, and findings reach --fail-on
  ${EXIT.usage}   wrong usage
  ${EXIT.failure}   scope-trace itself failed
  ${EXIT.notExecutable}  the command may not be executed
  ${EXIT.notFound}  the command was not found
  others: the program's own code, ${EXIT.signal} + n when signal n ended it

Examples:
  scope-trace -- node app.js
  scope-trace --report scopes.json --fail-on leak -- npm test
  scope-trace --trace recording -- npx tsx app.ts && scope-trace report recording
`;

function listOptions(rules: readonly string[]): Option[] {
  return [
    new Option('--report <file>', 'write the findings to a file, as JSON'),
    new Option('--trace <dir>', 'keep the recording in a folder'),
    new Option('--fail-on <what>', 'violation, leak, never, or rules separated by commas (default: violation)').argParser(
      (text) => parseThreshold(text, rules),
    ),
    new Option('--strict', 'also report scopes that were exited by a task that joined their owner'),
    new Option('--grace <ms>', `how long a task may outlive its scope (default: ${DEFAULT_GRACE_MS})`).argParser(
      (text) => wholeNumber(text, 'milliseconds', 0, 86_400_000),
    ),
    new Option('--memory <MiB>', 'how much memory the tracker may use in each program (default: 64)').argParser((text) =>
      wholeNumber(text, 'MiB', 1, 65_536),
    ),
    new Option('--quiet', 'print nothing when nothing was found'),
    new Option('--color', 'print in colour, whatever the output is'),
    new Option('--no-color', 'print without colour').default(undefined),
  ];
}

/** As commander gives them: only what was given is present. */
interface Given {
  readonly report?: string;
  readonly trace?: string;
  readonly failOn?: Threshold;
  readonly strict?: boolean;
  readonly grace?: number;
  readonly memory?: number;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

function commonOptions(given: Given): Options {
  return {
    failOn: given.failOn ?? { severity: 'violation', rules: [] },
    strict: given.strict ?? false,
    graceMs: given.grace ?? DEFAULT_GRACE_MS,
    quiet: given.quiet ?? false,
    ...(given.report === undefined ? {} : { report: given.report }),
    ...(given.color === undefined ? {} : { color: given.color }),
  };
}

function runOptions(given: Given): RunOptions {
  return {
    ...commonOptions(given),
    ...(given.trace === undefined ? {} : { trace: given.trace }),
    ...(given.memory === undefined ? {} : { memoryMiB: given.memory }),
  };
}

function requireCommand(operands: readonly string[], command: readonly string[] | undefined): readonly string[] {
  const [first] = operands;
  if (first !== undefined) {
    const meant = command === undefined ? nearest(first, ['run', 'report', 'explain']) : undefined;
    const hint =
      meant === undefined
        ? `Put -- before the command: scope-trace -- ${[...operands, ...(command ?? [])].join(' ')}`
        : `Did you mean ${meant}? To run a program of that name: scope-trace -- ${operands.join(' ')}`;
    throw new Problem(`${JSON.stringify(first)} is no option and no command of scope-trace. ${hint}`, EXIT.usage);
  }
  if (command?.[0] === undefined || command[0] === '') {
    throw new Problem('There is no command to run. Put it after --, for example: scope-trace -- node app.js', EXIT.usage);
  }
  return command;
}

function refuse(given: Given, names: readonly (keyof Given)[], command: string): void {
  const name = names.find((each) => given[each] !== undefined);
  if (name === undefined) return;
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new Problem(`--${flag} has no meaning for scope-trace ${command}. Leave it out.`, EXIT.usage);
}

function wholeNumber(text: string, unit: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`It must be a whole number of ${unit} from ${least} to ${most}.`);
}

/** Commander's messages in our words. */
function explain(error: CommanderError, program: Command): Problem {
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
