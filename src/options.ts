/** The commands, and what each of them takes. */
import { Command, CommanderError } from 'commander';
import type { DumpRequest } from './commands/dump.ts';
import type { Config } from './config/read-config.ts';
import { EXIT } from './exit-codes.ts';
import { commonOptions, DEFAULT_THRESHOLD, runOptions } from './given-options.ts';
import type { Asked, Invocation } from './invocation.ts';
import { listDumpOptions, listOptions, listReportOptions } from './option-list.ts';
import type { Given, GivenToDump, GivenToReport } from './option-list.ts';
import { Problem } from './problem.ts';
import { AFTER, DESCRIPTION, explain, refuse, requireCommand } from './usage.ts';
import { VERSION } from './version.ts';

/** {@link readCommandLine}, without a configuration. */
export function parseOptions(argv: readonly string[], rules: readonly string[], config?: Config): Invocation {
  return readCommandLine(argv, rules).finish(config);
}

/**
 * Reads a command line.
 *
 * @param argv - the arguments alone, without `node` and the script
 * @param rules - every rule's id
 * @throws {Problem} when it cannot be understood
 */
export function readCommandLine(argv: readonly string[], rules: readonly string[]): Asked {
  const end = argv.indexOf('--');
  const ours = end < 0 ? argv : argv.slice(0, end);
  const command = end < 0 ? undefined : argv.slice(end + 1);
  let asked: (Asked & { readonly kind: Invocation['kind'] }) | undefined;
  let printed = '';
  const program = describeCommand(rules, (kind, finish) => {
    const { config: choice } = program.opts<Given>();
    const config = CONFIGURED.includes(kind) ? { config: choice === undefined ? {} : { choice } } : {};
    asked = { kind, ...config, finish: (shared) => finish(join(givenByAll(shared), only(program.opts<Given>())), shared) };
  }, command);
  const quiet = { writeOut: (text: string) => void (printed += text), writeErr: () => undefined };
  for (const each of [program, ...program.commands]) each.exitOverride().configureOutput(quiet);
  try {
    program.parse(ours, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { finish: () => ({ kind: 'text', text: printed }) };
    throw explain(error, program);
  }
  if (command !== undefined && asked !== undefined && asked.kind !== 'run') {
    throw new Problem(`scope-trace ${asked.kind} runs no command. Leave out -- and what comes after it.`, EXIT.usage);
  }
  if (asked === undefined) throw new Problem('Nothing to do. Try scope-trace --help', EXIT.usage);
  return asked;
}

/** Commands that ask the configuration. */
const CONFIGURED: readonly Invocation['kind'][] = ['run', 'report', 'merge', 'diff'];

/** What the configuration gives; whoever sets the variables for colour in a terminal knows better. */
function givenByAll(config: Config | undefined): Given {
  const { color, ...given } = config?.given ?? {};
  const { FORCE_COLOR, NO_COLOR } = process.env;
  return { ...given, ...(color === undefined || FORCE_COLOR !== undefined || (NO_COLOR ?? '') !== '' ? {} : { color }) };
}

/** Without what is undefined, so that it takes nothing away. */
function only(given: Given): Given {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** `--otlp` without an address takes that of the environment, or else of the configuration. */
function join(shared: Given, own: Given): Given {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: any, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = process.env;
  const { otlp } = own.otlp === undefined || (own.otlp === true && shared.otlp !== undefined) ? shared : own;
  const named = typeof otlp === 'string' && otlp === shared.otlp && otlp !== own.otlp && (any ?? traces ?? '') !== '';
  return { ...shared, ...own, ...(otlp === undefined ? {} : { otlp: named ? true : otlp }) };
}

type Take = (kind: Invocation['kind'], finish: (given: Given, config: Config | undefined) => Invocation) => void;

function describeCommand(rules: readonly string[], take: Take, command: readonly string[] | undefined): Command {
  const program = new Command('scope-trace')
    .usage('[options] -- <command> [args...]\n       scope-trace report [options] <path>\n       scope-trace merge [options] <reports...>\n       scope-trace diff [options] <base> <head>\n       scope-trace dump [options] <pid>\n       scope-trace watch [dir]\n       scope-trace view <dir>\n       scope-trace explain <rule>')
    .description(DESCRIPTION)
    .version(VERSION, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', AFTER)
    .allowExcessArguments()
    .configureHelp({ showGlobalOptions: true });
  for (const option of listOptions(rules)) program.addOption(option);
  addRun(program, take, command);
  addReport(program, take);
  addMerge(program, take);
  addDiff(program, take);
  addDump(program, take);
  addWatch(program, take);
  addView(program, take);
  addExplain(program, take, rules);
  return program;
}

function addRun(program: Command, take: Take, command: readonly string[] | undefined): void {
  const run = (_: unknown, { args }: Command): void => {
    const line = requireCommand(args, command);
    take('run', (given, config) => ({ kind: 'run', command: line, options: runOptions(given, config) }));
  };
  program.action(run);
  program
    .command('run')
    .description('run a command and say what was found (as without a name)')
    .usage('[options] -- <command> [args...]')
    .allowExcessArguments()
    .action(run);
}

const RUN_ONLY = ['view', 'trace', 'memory', 'budget', 'slowdown', 'without', 'otlp', 'timeout', 'hangAfter'] as const;

function addReport(program: Command, take: Take): void {
  const report = program
    .command('report')
    .description('say what was found in a recording kept with --trace, or in a JSON report')
    .allowExcessArguments(false)
    .argument('<path>', 'the folder of the recording, or the file of the report')
    .action((path: string, { format = 'summary' }: GivenToReport) => {
      refuse(program.opts(), RUN_ONLY, 'report');
      take('report', (given, config) => ({ kind: 'report', path, format, options: commonOptions(given, config) }));
    });
  for (const option of listReportOptions()) report.addOption(option);
}

function addMerge(program: Command, take: Take): void {
  const merge = program
    .command('merge')
    .description('join the reports of several jobs, machines or retries into one')
    .argument('<reports...>', 'files of JSON reports, or folders of recordings')
    .action((paths: readonly string[], { format = 'summary' }: GivenToReport) => {
      refuse(program.opts(), RUN_ONLY, 'merge');
      take('merge', (given, config) => ({ kind: 'merge', request: { paths, format, options: commonOptions(given, config) } }));
    });
  for (const option of listReportOptions()) merge.addOption(option);
}

const ALL_BUT_THRESHOLD = [
  ...RUN_ONLY, 'report', 'strict', 'grace', 'abortGrace', 'blockAfter', 'listenerGrowth', 'quiet', 'baseline', 'updateBaseline',
] as const;
const ALL_BUT_COLOR = [...ALL_BUT_THRESHOLD, 'failOn', 'config'] as const;

function addDump(program: Command, take: Take): void {
  const dump = program
    .command('dump')
    .description('say what a running process waits for, and what keeps it alive')
    .usage('[options] <pid>')
    .allowExcessArguments(false)
    .argument('[pid]', 'the process')
    .action((pid: string | undefined, given: GivenToDump) => {
      refuse(program.opts(), ALL_BUT_COLOR, 'dump');
      const request = dumpRequest(pid, given);
      take('dump', ({ color }) => ({ kind: 'dump', request: { ...request, ...(color === undefined ? {} : { color }) } }));
    });
  for (const option of listDumpOptions()) dump.addOption(option);
}

/** @throws {Problem} when nothing says which process is meant */
function dumpRequest(pid: string | undefined, { inspectUrl, json, locals, fast }: GivenToDump): DumpRequest {
  if (pid === undefined && inspectUrl === undefined) throw new Problem('Name the process: scope-trace dump <pid>', EXIT.usage);
  if (pid !== undefined && !/^[1-9]\d{0,9}$/.test(pid)) {
    throw new Problem(`${JSON.stringify(pid)} is no number of a process. List those of Node.js with: pgrep -a node`, EXIT.usage);
  }
  return {
    ...(pid === undefined ? {} : { pid: Number(pid) }),
    ...(inspectUrl === undefined ? {} : { inspectUrl }),
    json: json ?? false,
    locals: locals ?? false,
    fast: fast ?? false,
  };
}

function addWatch(program: Command, take: Take): void {
  program
    .command('watch')
    .description('show a session that runs in another terminal, live')
    .allowExcessArguments(false)
    .argument('[dir]', 'the folder of its recording; without one: the session that runs')
    .action((directory: string | undefined) => {
      refuse(program.opts(), ALL_BUT_COLOR, 'watch');
      take('watch', ({ color }) => ({
        kind: 'watch', request: { ...(directory === undefined ? {} : { directory }), ...(color === undefined ? {} : { color }) },
      }));
    });
}

function addView(program: Command, take: Take): void {
  program
    .command('view')
    .description('replay a recording kept with --trace')
    .allowExcessArguments(false)
    .argument('<dir>', 'the folder of the recording')
    .action((directory: string) => {
      refuse(program.opts(), ALL_BUT_COLOR, 'view');
      take('view', ({ color }) => ({ kind: 'view', request: { directory, ...(color === undefined ? {} : { color }) } }));
    });
}

function addDiff(program: Command, take: Take): void {
  program
    .command('diff')
    .description('say which findings of a report are new, and which are fixed')
    .allowExcessArguments(false)
    .argument('<base>', 'the JSON report of before')
    .argument('<head>', 'the JSON report of now')
    .action((base: string, head: string) => {
      refuse(program.opts(), ALL_BUT_THRESHOLD, 'diff');
      take('diff', ({ failOn = DEFAULT_THRESHOLD, color }) => ({
        kind: 'diff', request: { base, head, failOn, ...(color === undefined ? {} : { color }) },
      }));
    });
}

function addExplain(program: Command, take: Take, rules: readonly string[]): void {
  program
    .command('explain')
    .description('explain a rule: what it finds, why it matters, what to do')
    .allowExcessArguments(false)
    .argument('<rule>', `one of ${rules.join(', ')}`)
    .action((rule: string) => {
      refuse(program.opts(), ALL_BUT_COLOR, 'explain');
      take('explain', ({ color }) => ({ kind: 'explain', rule, ...(color === undefined ? {} : { color }) }));
    });
}
