/**
 * Joins the reports of several runs: of the jobs of a matrix, of machines, of retries. What is known of each program
 * and of each finding in it is a set that only grows, so it does not matter in which order reports are joined, how
 * they are grouped, or whether one is given twice.
 */
import type { ProgramId } from '../../tracker/protocol.ts';
import type { Undecided } from '../check.ts';
import type { Finding } from '../finding.ts';
import { joinIgnores } from '../policy/ignores.ts';
import type { ReportIgnore } from '../policy/ignores.ts';
import type { KnownFinding } from '../policy/baseline.ts';
import { REPORT_VERSION } from '../report.ts';
import type { Report, ReportProgram, ReportRun, ReportScope, ReportTask } from '../report.ts';
import { countFindings } from '../report/totals.ts';
import { rules } from '../rules/index.ts';
import { inMerged, runOf } from './in-merged.ts';
import { isBefore, joinFindings, keyOf, withoutExcerpts } from './join-findings.ts';
import { shareTasks } from './share.ts';

/** So many findings keep the lines of their sources and are listed with their tasks and scopes. */
const DETAILED = 2000;

/** After so many more the rest of them is looked for. */
const FRESH = 20_000;

export interface MergeMeta {
  readonly tool: Report['tool'];
  /** Absolute path of the folder that relative paths begin at, when the runs had different ones. */
  readonly directory: string;
}

export interface Merge {
  /** Nothing of the report is kept but what the merged one will hold. */
  add(report: Report): void;
  /** At least one report was added. */
  finish(meta: MergeMeta): Report;
}

export function createMerge(): Merge {
  const runs = new Map<string, ReportRun>();
  const programs = new Map<ProgramId, ReportProgram>();
  const findings = new Map<string, Finding>();
  const undecided = new Map<string, Undecided>();
  const scopes = new Map<string, ReportScope>();
  const tasks = new Map<string, ReportTask>();
  let ignores: readonly ReportIgnore[] = [];
  let fixed: ReadonlyMap<string, KnownFinding> | undefined;

  let fresh = 0;

  const prune = (): void => {
    fresh = 0;
    const ordered = [...findings.values()].sort((a, b) => (isBefore(a, b) ? -1 : 1));
    for (const finding of ordered.slice(DETAILED)) findings.set(keyOf(finding), withoutExcerpts(finding));
    const named = namesIn(ordered.slice(0, DETAILED));
    for (const key of scopes.keys()) if (!named.has(`scope ${key}`)) scopes.delete(key);
    for (const key of tasks.keys()) if (!named.has(`task ${key}`)) tasks.delete(key);
  };

  return {
    add(report) {
      const given = inMerged(report);
      for (const run of given.runs ?? []) keepFirst(runs, run.id, run);
      for (const program of given.programs) keepFirst(programs, program.id, program);
      for (const one of given.undecided) keepFirst(undecided, `${one.program} ${one.rule}`, one, (a, b) => (a.count >= b.count ? a : b));
      const named = namesIn(given.findings);
      for (const scope of given.scopes) if (named.has(`scope ${scope.program}/${scope.id}`)) keepFirst(scopes, `${scope.program}/${scope.id}`, scope);
      for (const task of given.tasks) if (named.has(`task ${task.program}/${task.id}`)) keepFirst(tasks, `${task.program}/${task.id}`, task);
      for (const finding of given.findings) keepFirst(findings, keyOf(finding), shareTasks(finding), joinFindings);
      ignores = joinIgnores(ignores, given.ignores ?? []);
      if (given.fixed !== undefined) fixed = intersect(fixed, given.fixed);
      fresh += given.findings.length;
      if (fresh > FRESH) prune();
    },
    finish({ tool, directory }) {
      prune();
      const byTime = [...runs.values()].sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
      const order = new Map(byTime.map(({ id }, at) => [id, at]));
      const rank = ({ id }: ReportProgram): number => order.get(runOf(id, byTime)) ?? 0;
      const listed = [...programs.values()].sort((a, b) => rank(a) - rank(b));
      const found = [...findings.values()].sort((a, b) => ruleRank(a) - ruleRank(b) || compare(keyOf(a), keyOf(b)));
      const known = new Set(found.map(({ fingerprint }) => fingerprint));
      const sum = (of: (program: ReportProgram) => number): number => listed.reduce((total, program) => total + of(program), 0);
      const totals = { programs: listed.length, tasks: sum((one) => one.tasks), inferredTasks: sum((one) => one.inferredTasks), scopes: sum((one) => one.scopes) };
      return {
        schemaVersion: REPORT_VERSION,
        tool,
        createdAt: byTime.at(-1)?.createdAt ?? '',
        directory: common(byTime.map((run) => run.directory)) ?? directory,
        ...commandOf(byTime),
        settings: byTime[0]?.settings ?? { graceMs: 0, abortGraceMs: 0, blockAfterMs: 0, listenerGrowth: 0, strict: false },
        runs: byTime,
        totals: {
          ...totals,
          findings: countFindings(found),
          undecided: [...undecided.values()].reduce((total, { count }) => total + count, 0),
          dropped: sum((one) => one.losses.dropped),
          omitted: { scopes: Math.max(0, totals.scopes - scopes.size), tasks: Math.max(0, totals.tasks - tasks.size) },
        },
        programs: listed,
        findings: found,
        ...(fixed === undefined ? {} : { fixed: [...fixed.values()].filter(({ fingerprint }) => !known.has(fingerprint)) }),
        ...(ignores.length === 0 ? {} : { ignores }),
        undecided: [...undecided.values()],
        scopes: [...scopes.values()],
        tasks: [...tasks.values()],
      };
    },
  };
}

function keepFirst<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, join?: (one: Value, other: Value) => Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, value);
  else if (join !== undefined) map.set(key, join(known, value));
}

function namesIn(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(
    findings.flatMap(({ program, scope, task, expectedTask, places }) => [
      ...(scope === undefined ? [] : [`scope ${program}/${scope.id}`]),
      ...[task, ...(expectedTask === undefined ? [] : [expectedTask]), ...places.map((one) => one.task)].map(({ id }) => `task ${program}/${id}`),
    ]),
  );
}

/** What no run has found is fixed. */
function intersect(known: ReadonlyMap<string, KnownFinding> | undefined, more: readonly KnownFinding[]): ReadonlyMap<string, KnownFinding> {
  const given = more.filter(({ fingerprint }) => known?.has(fingerprint) ?? true);
  return new Map(given.map((finding) => [finding.fingerprint, finding]));
}

const RANKS = new Map(rules.map(({ id }, at) => [id, at]));

function ruleRank({ rule }: Finding): number {
  return RANKS.get(rule) ?? RANKS.size;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function common(values: readonly string[]): string | undefined {
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}

function commandOf(runs: readonly ReportRun[]): Pick<Report, 'command'> {
  const [first] = runs;
  const same = first?.command !== undefined && common(runs.map(({ command }) => JSON.stringify(command ?? null))) !== undefined;
  return same ? { command: first.command } : {};
}
