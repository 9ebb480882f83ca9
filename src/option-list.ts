import { InvalidArgumentError, Option } from 'commander';
import { DEFAULT_ABORT_GRACE_MS, DEFAULT_BLOCK_AFTER_MS, DEFAULT_GRACE_MS, DEFAULT_LISTENER_GROWTH, formats } from '../reports/index.ts';
import { INSTRUMENTS, type InstrumentId } from '../tracker/protocol.ts';
import { nearest } from './nearest.ts';
import { parseOtlpUrl } from './otlp/environment.ts';
import { parseThreshold } from './threshold.ts';
import { parseReportTarget, requireFormat } from './report-target.ts';
import type { ReportTarget } from './report-target.ts';
import type { Threshold } from './threshold.ts';

/** Summary and JSON apart. */
const FORMATS = formats.map(({ id }) => id).filter((id) => id !== 'summary' && id !== 'json').join(', ');

/** Every option, in the order of the help. */
export function listOptions(rules: readonly string[]): Option[] {
  return [
    new Option('--report <[format=]file>', `write the findings to a file, as JSON or as ${FORMATS}; may be given again`).argParser(
      (text, before: readonly ReportTarget[] | undefined) => [...(before ?? []), parseReportTarget(text)],
    ),
    new Option('--config <file>', 'the configuration (default: scope-trace.config.* here or above)').argParser((text) => named(text, 'file')),
    new Option('--no-config', 'do without a configuration').default(undefined),
    new Option('--trace <dir>', 'keep the recording in a folder').argParser((text) => named(text, 'folder')),
    new Option('--fail-on <what>', 'violation, leak, info, never, or rules separated by commas (default: violation)').argParser(
      (text) => parseThreshold(text, rules),
    ),
    new Option('--baseline <file>', 'accept the findings that the file knows').argParser((text) => named(text, 'file')),
    new Option('--update-baseline', 'write all that is found into the file of --baseline'),
    new Option('--strict', 'also report scopes that were exited by a task that joined their owner, and yields inside scopes'),
    new Option('--grace <ms>', `how long a task may outlive its scope (default: ${DEFAULT_GRACE_MS})`).argParser(
      (text) => wholeNumber(text, 'milliseconds', 0, 86_400_000),
    ),
    new Option('--abort-grace <ms>', `how long work may go on after its cancellation (default: ${DEFAULT_ABORT_GRACE_MS})`).argParser(
      (text) => wholeNumber(text, 'milliseconds', 0, 86_400_000),
    ),
    new Option(
      '--block-after <ms>',
      `how long the event loop may stand still while somebody waits; 0: is not looked at (default: ${DEFAULT_BLOCK_AFTER_MS})`,
    ).argParser((text) => wholeNumber(text, 'milliseconds', 0, 86_400_000)),
    new Option(
      '--listener-growth <n>',
      `how many finished calls may leave an abort listener on a signal (default: ${DEFAULT_LISTENER_GROWTH})`,
    ).argParser((text) => wholeNumber(text, 'calls', 10, 1_000_000)),
    new Option('--memory <MiB>', 'how much memory the tracker may use in each program (default: 64)').argParser((text) =>
      wholeNumber(text, 'MiB', 1, 65_536),
    ),
    new Option('--budget <percent>', 'share of the time that seeing calls exactly may cost; 100: all are seen (default: 2)').argParser(
      (text) => wholeNumber(text, 'percent', 0, 100),
    ),
    new Option(
      '--slowdown <factor>',
      'how many times as long following promises may make the program compute, or none (default: 2; none with --budget 100)',
    ).argParser(parseSlowdown),
    new Option('--without <instruments>', `leave these out of the program: ${INSTRUMENTS.join(', ')}`).argParser(parseInstruments),
    new Option('--otlp [url]', 'send spans and metrics to a collector, over OTLP; without an address as OTEL_EXPORTER_OTLP_* say').argParser(otlpUrl),
    new Option('--timeout <time>', 'how long the command may run, such as 60s: then it is dumped and ended').argParser(duration),
    new Option('--hang-after <time>', 'dump the programs once, when nothing has progressed for this long').argParser(duration),
    // There so that commander takes the one below for absent when it is not given.
    new Option('--view').hideHelp(),
    new Option('--no-view', 'leave the terminal to the program: no live view').default(undefined),
    new Option('--quiet', 'print nothing when nothing was found'),
    new Option('--color', 'print in colour, whatever the output is'),
    new Option('--no-color', 'print without colour').default(undefined),
  ];
}

/** Options of `report` alone. */
export function listReportOptions(): Option[] {
  return [
    new Option('--format <format>', `print it as one of ${formats.map(({ id }) => id).join(', ')} (default: summary)`).argParser((text) =>
      requireFormat(text, `--format ${text}`, ''),
    ),
  ];
}

export interface GivenToReport {
  readonly format?: string;
}

/** Options of `dump` alone. */
export function listDumpOptions(): Option[] {
  return [
    new Option('--inspect-url <url>', 'an inspector that is open: ws://127.0.0.1:9229/… or http://127.0.0.1:9229').argParser((text) =>
      named(text, 'address'),
    ),
    new Option('--json', 'print JSON'),
    new Option('--locals', 'also print the variables of suspended functions: they may hold secrets'),
    new Option('--fast', 'do not read the heap: only what the event loop knows'),
  ];
}

export interface GivenToDump {
  readonly inspectUrl?: string;
  readonly json?: boolean;
  readonly locals?: boolean;
  readonly fast?: boolean;
}

/** As commander gives them: only what was given is present. */
export interface Given {
  readonly report?: readonly ReportTarget[];
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  /** False: there is to be none. */
  readonly config?: string | false;
  readonly trace?: string;
  readonly failOn?: Threshold;
  readonly strict?: boolean;
  readonly grace?: number;
  readonly abortGrace?: number;
  readonly blockAfter?: number;
  readonly listenerGrowth?: number;
  readonly memory?: number;
  readonly budget?: number;
  readonly slowdown?: number | 'none';
  readonly without?: readonly InstrumentId[];
  /** Milliseconds, as the next. */
  readonly timeout?: number;
  readonly hangAfter?: number;
  /** True: without an address. */
  readonly otlp?: string | true;
  readonly view?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/** What a shell makes of a variable that is not set. */
function named(text: string, what: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError(`It is empty: name a ${what}.`);
}

function wholeNumber(text: string, unit: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`It must be a whole number of ${unit} from ${least} to ${most}.`);
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** The longest time that a timer can wait. */
const LONGEST_MS = 2 ** 31 - 1;

/** Milliseconds. */
function duration(text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? NaN);
  if (ms >= 1 && ms <= LONGEST_MS) return ms;
  throw new InvalidArgumentError('It must be a time with its unit, such as 500ms, 60s or 5m.');
}

function otlpUrl(text: string): string {
  const url = parseOtlpUrl(text);
  if (url !== undefined) return url;
  throw new InvalidArgumentError('It must be the address of a collector, such as http://localhost:4318, or stand last before the --.');
}

function parseSlowdown(text: string): number | 'none' {
  const value = Number(text);
  if (text === 'none') return text;
  if (/^\d+(\.\d+)?$/.test(text) && value >= 1 && value <= 1000) return value;
  throw new InvalidArgumentError('It must be a factor from 1 to 1000, such as 1.5, or none.');
}

function parseInstruments(text: string): readonly InstrumentId[] {
  return text.split(',').map((given) => {
    const name = given.trim();
    const found = INSTRUMENTS.find((id) => id === name);
    if (found !== undefined) return found;
    const near = nearest(name, INSTRUMENTS);
    const hint = near === undefined ? `It must be of ${INSTRUMENTS.join(', ')}.` : `Did you mean ${near}?`;
    throw new InvalidArgumentError(`"${name}" is no instrument. ${hint}`);
  });
}
