import { Command, CommanderError } from 'commander';
import { DEFAULT_ABORT_GRACE_MS, DEFAULT_BLOCK_AFTER_MS, DEFAULT_GRACE_MS, DEFAULT_LISTENER_GROWTH } from '../reports/index.ts';
import type { InstrumentId, ScopeDeclaration } from '../tracker/protocol.ts';
import { EXIT } from './exit-codes.ts';
import type { BaselineRequest } from './baseline-file.ts';
import type { Config, Policy } from './config/read-config.ts';
import type { DiffRequest } from './commands/diff.ts';
import type { MergeRequest } from './commands/merge.ts';
import type { DumpRequest } from './commands/dump.ts';
import type { ViewCommand } from './commands/view.ts';
import type { WatchRequest } from './commands/watch.ts';
import { listDumpOptions, listOptions, listReportOptions } from './option-list.ts';
import type { Given, GivenToDump, GivenToReport } from './option-list.ts';
import { Problem } from './problem.ts';
import type { ReportTarget } from './report-target.ts';
import type { Threshold } from './threshold.ts';
import { AFTER, DESCRIPTION, explain, refuse, requireCommand } from './usage.ts';
import { VERSION } from './version.ts';

/** What a user may ask of `run` and `report`. Absent fields were not given. */
export interface Options {
  /** In the order in which they were named. */
  readonly reports: readonly ReportTarget[];
  /** Findings that are accepted. Absent: none. */
  readonly baseline?: BaselineRequest;
  readonly failOn: Threshold;
  readonly strict: boolean;
  readonly graceMs: number;
  readonly abortGraceMs: number;
  /** 0: the event loop is not looked at. */
  readonly blockAfterMs: number;
  readonly listenerGrowth: number;
  /** Say nothing when nothing was found. */
  readonly quiet: boolean;
  /** Absent: the environment and the terminal decide. */
  readonly color?: boolean;
  /** What the configuration says of findings. Absent: there is none. */
  readonly policy?: Policy;
}

export interface RunOptions extends Options {
  /** Scopes of libraries that the configuration declares. Absent: none. */
  readonly scopes?: readonly ScopeDeclaration[];
  /** Folder to keep the recording in. */
  readonly trace?: string;
  /** Bound for the tracker's memory in each program. Absent: the tracker's own default. */
  readonly memoryMiB?: number;
  /** Percent of the time, 0 to 100. Absent: the tracker's own default. */
  readonly budgetPercent?: number;
  /** Bound for what following promises costs the program. Absent: the tracker's own default. */
  readonly slowdown?: number | 'none';
  /** Instruments that stay out of the program. Absent: none. */
  readonly without?: readonly InstrumentId[];
  /** Show the live view, where there is a terminal for it. */
  readonly view: boolean;
  /** Send spans to a collector: its address, or true for that of the environment. Absent: none. */
  readonly otlp?: string | true;
  /** How long the command may run. Absent: for ever. */
  readonly timeoutMs?: number;
  /** How long nothing may progress before that is told. Absent: for ever. */
  readonly hangAfterMs?: number;
}

/** What the command line asks for. */
export type Invocation =
  | { readonly kind: 'run'; readonly command: readonly string[]; readonly options: RunOptions }
  | { readonly kind: 'report'; readonly path: string; readonly format: string; readonly options: Options }
  | { readonly kind: 'merge'; readonly request: MergeRequest }
  | { readonly kind: 'diff'; readonly request: DiffRequest }
  | { readonly kind: 'dump'; readonly request: DumpRequest }
  | { readonly kind: 'watch'; readonly request: WatchRequest }
  | { readonly kind: 'view'; readonly request: ViewCommand }
  | { readonly kind: 'explain'; readonly rule: string; readonly color?: boolean }
  | { readonly kind: 'text'; readonly text: string };

/** A command line that was understood, up to what the configuration adds. */
export interface Asked {
  /** Undefined: this command looks at no configuration. Otherwise the file that was named, false: none is to be, or nothing. */
  readonly config?: { readonly choice?: string | false };
  /** @throws {Problem} when something is missing */
  readonly finish: (config: Config | undefined) => Invocation;
}

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
const DEFAULT_THRESHOLD: Threshold = { severity: 'violation', rules: [] };

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

function commonOptions(given: Given, config: Config | undefined): Options {
  return {
    failOn: given.failOn ?? DEFAULT_THRESHOLD,
    strict: given.strict ?? false,
    graceMs: given.grace ?? DEFAULT_GRACE_MS,
    abortGraceMs: given.abortGrace ?? DEFAULT_ABORT_GRACE_MS,
    blockAfterMs: given.blockAfter ?? DEFAULT_BLOCK_AFTER_MS,
    listenerGrowth: given.listenerGrowth ?? DEFAULT_LISTENER_GROWTH,
    quiet: given.quiet ?? false,
    reports: given.report ?? [],
    ...baselineOf(given),
    ...(given.color === undefined ? {} : { color: given.color }),
    ...(config === undefined ? {} : { policy: config.policy }),
  };
}

/** @throws {Problem} when the baseline that is to be updated has no name */
function baselineOf({ baseline: file, updateBaseline: update = false }: Given): Pick<Options, 'baseline'> {
  if (file !== undefined) return { baseline: { file, update } };
  if (update) throw new Problem('--update-baseline: name the file: --baseline <file> --update-baseline', EXIT.usage);
  return {};
}

function runOptions(given: Given, config: Config | undefined): RunOptions {
  return {
    ...commonOptions(given, config),
    ...(config === undefined || config.scopes.length === 0 ? {} : { scopes: config.scopes }),
    ...(given.trace === undefined ? {} : { trace: given.trace }),
    ...(given.memory === undefined ? {} : { memoryMiB: given.memory }),
    ...(given.budget === undefined ? {} : { budgetPercent: given.budget }),
    ...slowdownOf(given),
    view: given.view ?? true,
    ...(given.without === undefined ? {} : { without: given.without }),
    ...(given.otlp === undefined ? {} : { otlp: given.otlp }),
    ...(given.timeout === undefined ? {} : { timeoutMs: given.timeout }),
    ...(given.hangAfter === undefined ? {} : { hangAfterMs: given.hangAfter }),
  };
}

/** Who wants every call seen, whatever it costs, wants no bound on that. */
function slowdownOf({ slowdown, budget }: Given): Pick<RunOptions, 'slowdown'> {
  const bound = slowdown ?? (budget === 100 ? 'none' : undefined);
  return bound === undefined ? {} : { slowdown: bound };
}
