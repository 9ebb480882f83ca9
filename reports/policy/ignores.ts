/** Ignores: findings that somebody has decided to live with, and why. */
import type { Finding } from '../finding.ts';
import type { Report } from '../report.ts';
import { accept } from './accept.ts';
import { matchesFile, matchesName } from './wildcards.ts';

/**
 * Which findings, and why. A finding must fit every field that is there, by any of the values of a list. In names, `*`
 * stands for any text.
 */
export interface Ignore {
  /** Ids of rules. */
  readonly rule?: string | readonly string[];
  /** Globs of a file that the finding names. */
  readonly file?: string | readonly string[];
  /** Names of a function that the finding names a place in, such as `Pool.connect`. */
  readonly function?: string | readonly string[];
  /** Names of a task that the finding names. */
  readonly task?: string | readonly string[];
  /** Names of the scope. */
  readonly scope?: string | readonly string[];
  /** Installed packages: the finding names a place in one of them. */
  readonly package?: string | readonly string[];
  readonly reason: string;
  /** The last day on which it counts, as `2030-12-31`. Absent: for ever. */
  readonly until?: string;
}

/** An ignore of the configuration or of a profile. */
export interface PlacedIgnore extends Ignore {
  readonly by: 'config' | 'profile';
  /** `scope-trace.config.json ignores[0]`, or the name of the profile. */
  readonly where: string;
  /** Every known place must lie in the packages. Absent: one is enough. */
  readonly wholly?: true;
}

/** What became of an ignore in a run. Of a profile's only those that were used are told. */
export interface ReportIgnore extends Ignore {
  readonly by: 'config' | 'profile' | 'comment';
  readonly where: string;
  /** `unused`: no finding fits it. `expired`: its last day is over. `unreasoned`: it says no reason, and accepts nothing. */
  readonly state: 'used' | 'unused' | 'expired' | 'unreasoned';
}

export interface IgnoreOptions {
  readonly ignores: readonly PlacedIgnore[];
  /** As `2030-12-31`. */
  readonly today: string;
  /** The names by which a file of the report may be meant. */
  readonly namesOf: (file: string) => readonly string[];
}

/** The first ignore that fits counts. Findings that were accepted before stay as they are. */
export function applyIgnores(report: Report, { ignores, today, namesOf }: IgnoreOptions): Report {
  const valid = ignores.filter((each) => !isOver(each, today));
  const used = new Set<PlacedIgnore>();
  const accepted = accept(report, (finding) => {
    const fitting = valid.filter((each) => fits(each, finding, namesOf));
    const [first] = fitting;
    if (first === undefined) return undefined;
    // Whoever wrote two for the same does not want to hear that one of them is of no use.
    for (const each of fitting) used.add(each);
    return { by: first.by, reason: first.reason, where: first.where };
  });
  const told = ignores.map((each) => tell(each, isOver(each, today) ? 'expired' : used.has(each) ? 'used' : 'unused'));
  const list = joinIgnores(report.ignores ?? [], told.filter(({ by, state }) => by === 'config' || state === 'used'));
  return list.length === 0 ? accepted : { ...accepted, ignores: list };
}

function isOver({ until }: Ignore, today: string): boolean {
  return until !== undefined && until < today;
}

function tell(ignore: PlacedIgnore, state: ReportIgnore['state']): ReportIgnore {
  const told: ReportIgnore & { wholly?: true } = { ...ignore, state };
  delete told.wholly;
  return told;
}

const RANK = { used: 0, unused: 1, expired: 2, unreasoned: 3 } as const;

/** The same ignore once, as used when it was in one of them. */
export function joinIgnores(one: readonly ReportIgnore[], other: readonly ReportIgnore[]): readonly ReportIgnore[] {
  const known = new Map<string, ReportIgnore>();
  for (const each of [...one, ...other]) {
    const { state, ...ignore } = each;
    const key = JSON.stringify(Object.entries(ignore).sort(([a], [b]) => (a < b ? -1 : 1)));
    const before = known.get(key);
    if (before === undefined || RANK[state] < RANK[before.state]) known.set(key, each);
  }
  return [...known.values()];
}

function fits(ignore: PlacedIgnore, finding: Finding, namesOf: (file: string) => readonly string[]): boolean {
  const files = finding.places.flatMap(({ place }) => (place === undefined ? [] : [place.file]));
  const packages = (): readonly (string | undefined)[] => files.map(packageOf);
  return (
    among(ignore.rule, (rule) => rule === finding.rule) &&
    among(ignore.scope, (name) => finding.scope !== undefined && matchesName(name, finding.scope.name)) &&
    among(ignore.task, (name) => namesOfTasks(finding).some((each) => matchesName(name, each))) &&
    among(ignore.function, (name) => finding.places.some(({ place }) => place?.function !== undefined && matchesName(name, place.function))) &&
    among(ignore.file, (glob) => files.flatMap(namesOf).some((file) => matchesFile(glob, file))) &&
    among(ignore.package, (name) => packages().some((each) => each !== undefined && matchesName(name, each))) &&
    (ignore.wholly !== true || (files.length > 0 && packages().every((each) => each !== undefined && among(ignore.package, (name) => matchesName(name, each)))))
  );
}

/** An absent criterion fits everything. */
function among(criterion: string | readonly string[] | undefined, test: (value: string) => boolean): boolean {
  if (criterion === undefined) return true;
  return typeof criterion === 'string' ? test(criterion) : criterion.some(test);
}

/** `task "OBSERVATION"` is meant by `OBSERVATION` as well. */
function namesOfTasks({ task, expectedTask, places }: Finding): readonly string[] {
  const labels = [task, ...(expectedTask === undefined ? [] : [expectedTask]), ...places.map((one) => one.task)].map(({ label }) => label);
  return labels.flatMap((label) => [label, /^task "(.*)"$/s.exec(label)?.[1] ?? label]);
}

/** The package that a file of `node_modules` belongs to, however deep it lies. */
export function packageOf(file: string): string | undefined {
  const inside = file.replaceAll('\\', '/').split('node_modules/').at(-1);
  if (inside === undefined || !/(?:^|[\\/])node_modules[\\/]/.test(file)) return undefined;
  return /^(?:@[^/]+\/)?[^/]+/.exec(inside)?.[0];
}
