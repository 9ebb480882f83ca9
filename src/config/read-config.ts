/** The configuration: what a project's users share, where an option of the command would be repeated. */
import { dirname, relative, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { rules } from '../../reports/index.ts';
import type { PlacedIgnore, RulePolicy, RuleSettings } from '../../reports/index.ts';
import type { ScopeDeclaration } from '../../tracker/protocol.ts';
import type { ProfileId, RuleConfig, RuleLevel, ScopeTraceConfig } from '../library/define-config.ts';
import { listOptions } from '../option-list.ts';
import type { Given } from '../option-list.ts';
import { Problem } from '../problem.ts';
import { checkConfig } from './check-config.ts';
import { findConfig, namedConfig, problem } from './find-config.ts';
import type { FoundConfig } from './find-config.ts';
import { THRESHOLD_NAMES } from './schema.ts';

export interface Config {
  /** As if they had been given on the command line. */
  readonly given: Given;
  readonly policy: Policy;
  /** Their files of the program's own are absolute paths. */
  readonly scopes: readonly ScopeDeclaration[];
}

/** What the configuration says of findings. */
export interface Policy {
  /** Absent: nothing differs for single rules. */
  readonly rules?: Readonly<NonNullable<RuleSettings['rules']>>;
  readonly ignores: readonly PlacedIgnore[];
  /** Absent: all. */
  readonly profiles?: readonly ProfileId[];
  /** Where globs begin: an absolute path. */
  readonly folder: string;
}

/** Bytes of scopes. They reach the program in one variable of its environment, which Linux ends at 128 KiB. */
const LARGEST_SCOPES = 100_000;
const RULES = rules.map(({ id }) => id);

/**
 * @param choice - the file that the user named; false: none; undefined: the nearest above the folder
 * @throws {Problem} when it cannot be read or says something unknown, naming the place in the file
 */
export async function readConfig(folder: string, choice?: string | false): Promise<Config> {
  const found = choice === false ? undefined : choice === undefined ? await findConfig(folder) : await namedConfig(choice);
  if (found === undefined) return { given: {}, policy: { ignores: [], folder }, scopes: [] };
  const config = await checkConfig(found);
  const home = dirname(found.file);
  return { given: givenIn(config, found, folder), policy: policyIn(config, found), scopes: scopesIn(config, found, home) };
}

/** Each option is read by its own reader, from the text that would stand on the command line. */
function givenIn(config: ScopeTraceConfig, found: FoundConfig, folder: string): Given {
  const values: Readonly<Record<string, unknown>> = { ...config };
  const given: Record<string, unknown> = {};
  for (const option of listOptions(RULES)) {
    const name = option.attributeName();
    const value = values[name];
    // Without a value: as if it had not been given, or given alone.
    if (value === undefined || option.hidden || (option.optional && value === false)) continue;
    if (option.optional && value === true) {
      given[name] = true;
      continue;
    }
    try {
      given[name] = option.parseArg === undefined ? value : textsOf(name, value).reduce<unknown>((before, text) => option.parseArg?.(text, before), undefined);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError) && !(error instanceof Problem)) throw error;
      throw problem(`${found.file}: ${found.at === '' ? '' : `${found.at}.`}${name}: ${error.message.replace(/^--\S+ .*?: /, '')}`);
    }
  }
  return fromHome(given, dirname(found.file), folder);
}

/** Lists are given again and again on the command line, or with commas. */
function textsOf(name: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [String(value)];
  return name === 'report' ? value.map(String) : [value.map(String).join(',')];
}

/** Paths of a configuration begin at its folder; told they are from where the user is. */
function fromHome(given: Given, home: string, folder: string): Given {
  const place = (path: string): string => relative(folder, resolve(home, path)) || '.';
  const { report, trace, baseline } = given;
  return {
    ...given,
    ...(report === undefined ? {} : { report: report.map((each) => (each.file === undefined ? each : { ...each, file: place(each.file) })) }),
    ...(trace === undefined ? {} : { trace: place(trace) }),
    ...(baseline === undefined ? {} : { baseline: place(baseline) }),
  };
}

function policyIn(config: ScopeTraceConfig, { file, at }: FoundConfig): Policy {
  const { ignores = [], profiles } = config;
  const name = file.slice(file.lastIndexOf('/') + 1);
  return {
    ...(config.rules === undefined ? {} : { rules: rulesIn(config.rules) }),
    ...(profiles === undefined || profiles === true ? {} : { profiles: profiles === false ? [] : profiles }),
    ignores: ignores.map((ignore, index) => {
      const where = `${at === '' ? '' : `${at}.`}ignores[${index}]`;
      const fault = faultOf(ignore);
      if (fault !== undefined) throw problem(`${file}: ${where} ${fault}`);
      return { ...ignore, by: 'config', where: `${name} ${where}` };
    }),
    folder: dirname(file),
  };
}

/** What a schema cannot say well. */
function faultOf({ reason, until, ...criteria }: NonNullable<ScopeTraceConfig['ignores']>[number]): string | undefined {
  if (Object.keys(criteria).length === 0) return 'ignores everything. Name a rule, file, function, task, scope or package.';
  if (reason.trim() === '') return 'must have a reason.';
  if (until !== undefined && !isDay(until)) return `has no such day: ${until}.`;
  return undefined;
}

function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text);
}

function rulesIn(given: NonNullable<ScopeTraceConfig['rules']>): NonNullable<RuleSettings['rules']> {
  return Object.fromEntries(Object.entries(given).map(([id, value]: [string, RuleLevel | RuleConfig]) => [id, policyFrom(value)]));
}

function policyFrom(value: RuleLevel | RuleConfig): RulePolicy {
  if (typeof value === 'string') return { severity: value };
  const own: Readonly<Record<string, unknown>> = { ...value };
  const thresholds = Object.entries(THRESHOLD_NAMES).filter(([, name]) => own[name] !== undefined).map(([id, name]) => [id, own[name]]);
  return { ...(value.severity === undefined ? {} : { severity: value.severity }), ...(Object.fromEntries(thresholds) as RulePolicy) };
}

function scopesIn({ scopes = [] }: ScopeTraceConfig, { file, at }: FoundConfig, home: string): readonly ScopeDeclaration[] {
  const declared = scopes.map((scope) => fromFolder(scope, home));
  if (Buffer.byteLength(JSON.stringify(declared)) > LARGEST_SCOPES) {
    throw problem(`${file}: ${at === '' ? '' : `${at}.`}scopes is too long. It may have ${LARGEST_SCOPES / 1000} kB of JSON; leave out what the program does not use.`);
  }
  return declared;
}

function fromFolder(scope: ScopeDeclaration, folder: string): ScopeDeclaration {
  const { package: packageName, module } = scope;
  return packageName === undefined && module !== undefined ? { ...scope, module: resolve(folder, module) } : scope;
}
