/**
 * The report: everything a session says, as one JSON value. `report.schema.json` describes it;
 * a change of either is a change of both.
 */
import type { CallOrigin, ProgramId, ScopeId, ScopeKind } from '../tracker/protocol.ts';
import type { Undecided, Verdicts } from './check.ts';
import type { Finding } from './finding.ts';
import type { SessionTrace, TaskId } from './model.ts';
import type { KnownFinding } from './policy/baseline.ts';
import type { ReportIgnore } from './policy/ignores.ts';
import { reportProgram } from './report/programs.ts';
import { reportScopes } from './report/scopes.ts';
import { reportTasks } from './report/tasks.ts';
import { totalsOf } from './report/totals.ts';
import type { RuleSettings } from './rule.ts';
import type { Place, Sources } from './sources.ts';

/** Raised when a field changes its meaning or goes away. */
export const REPORT_VERSION = 1;

/** What the report cannot know by itself. */
export interface ReportMeta {
  readonly tool: { readonly name: string; readonly version: string };
  /** ISO 8601. */
  readonly createdAt: string;
  /** Absolute path of the folder that relative paths begin at. */
  readonly directory: string;
  /** The command that was traced. Absent when only the recording is known. */
  readonly command?: readonly string[];
  /** Names the run among those of other machines. Absent: the recording does not. */
  readonly run?: string;
  readonly settings: RuleSettings;
  readonly sources: Sources;
}

export interface Report {
  readonly schemaVersion: typeof REPORT_VERSION;
  readonly tool: { readonly name: string; readonly version: string };
  readonly createdAt: string;
  readonly directory: string;
  readonly command?: readonly string[];
  /** Names the run among those of other machines. Absent: the recording does not, or there were several. */
  readonly run?: string;
  /** The runs whose reports were merged, oldest first. Absent: it is one run's. */
  readonly runs?: readonly ReportRun[];
  readonly settings: RuleSettings;
  readonly totals: ReportTotals;
  readonly programs: readonly ReportProgram[];
  readonly findings: readonly Finding[];
  /** What the baseline knows, and this run has not found. Absent: there was no baseline. */
  readonly fixed?: readonly KnownFinding[];
  /** What the configuration and the profiles ignore. Absent: nothing. */
  readonly ignores?: readonly ReportIgnore[];
  readonly undecided: readonly Undecided[];
  readonly scopes: readonly ReportScope[];
  readonly tasks: readonly ReportTask[];
}

/** A run of a merged report. */
export interface ReportRun {
  /** The ids of its programs begin with its first eight letters. */
  readonly id: string;
  readonly createdAt: string;
  readonly directory: string;
  readonly command?: readonly string[];
  readonly settings: RuleSettings;
}

export interface ReportTotals {
  readonly programs: number;
  readonly tasks: number;
  readonly inferredTasks: number;
  readonly scopes: number;
  /** Grouped findings, by severity, and how often they happened altogether. */
  readonly findings: {
    readonly violation: number;
    readonly leak: number;
    readonly info: number;
    readonly occurrences: number;
    /** Those that were accepted: no other number counts them. */
    readonly accepted: number;
  };
  readonly undecided: number;
  readonly dropped: number;
  /** Scopes and tasks that the lists leave out, to keep the report readable. */
  readonly omitted: { readonly scopes: number; readonly tasks: number };
}

/** `killed`: the recording has no end. */
export type Ending = 'drained' | 'exit-called' | 'signal' | 'killed';

export interface ReportProgram {
  readonly id: ProgramId;
  readonly parent?: ProgramId;
  readonly pid?: number;
  /** 0 for the main thread. */
  readonly thread?: number;
  readonly command: readonly string[];
  readonly node?: string;
  readonly ended: Ending;
  readonly exitCode?: number;
  readonly signal?: string;
  readonly durationMs: number;
  readonly tasks: number;
  readonly inferredTasks: number;
  readonly scopes: number;
  /** Tasks that were pending at the end without a scope: nothing wrong, only counted. */
  readonly pendingTasks: number;
  /** Scopes that were open when the program was killed. */
  readonly openWhenKilled: number;
  readonly caveats: readonly string[];
  /** Absent: promises were followed all the time. */
  readonly following?: ReportFollowing;
  readonly losses: ReportLosses;
}

/** Times in which promises were not followed, so that the program is not slowed more than is allowed. */
export interface ReportFollowing {
  readonly pauses: number;
  /** What the program computed. */
  readonly computedMs: number;
  /** How much of it while promises were not followed. */
  readonly unfollowedMs: number;
}

export interface ReportLosses {
  readonly dropped: number;
  readonly stopped?: string;
  readonly failures: readonly string[];
  readonly unknownRecords: number;
  readonly dangling: number;
}

export interface ReportScope {
  readonly program: ProgramId;
  readonly id: ScopeId;
  readonly kind: ScopeKind;
  readonly name: string;
  readonly parent?: ScopeId;
  readonly hostTask: TaskId;
  readonly enteredAtMs: number;
  readonly entered?: Place;
  /** The first exit. Absent: never exited. */
  readonly exitedAtMs?: number;
  readonly exitTask?: TaskId;
  readonly exited?: Place;
  readonly cancelledAtMs?: number;
}

export interface ReportTask {
  readonly program: ProgramId;
  readonly id: TaskId;
  readonly label: string;
  readonly origin: CallOrigin | 'unknown';
  readonly spawner?: TaskId;
  readonly scope?: ScopeId;
  readonly certainty: 'certain' | 'inferred';
  readonly place?: Place;
  readonly startedAtMs?: number;
  readonly endedAtMs?: number;
  readonly state: 'ended' | 'pending' | 'vanished';
  /** The `await` a pending task is suspended at. */
  readonly suspended?: Place;
  readonly joinedBy: readonly TaskId[];
}

export function createReport(session: SessionTrace, verdicts: Verdicts, meta: ReportMeta): Report {
  const scopes = reportScopes(session, verdicts, meta.sources);
  const tasks = reportTasks(session, verdicts, meta.sources);
  return {
    schemaVersion: REPORT_VERSION,
    tool: meta.tool,
    createdAt: meta.createdAt,
    directory: meta.directory,
    ...(meta.command === undefined ? {} : { command: meta.command }),
    ...(meta.run === undefined ? {} : { run: meta.run }),
    settings: meta.settings,
    totals: totalsOf(session, verdicts, { scopes: scopes.omitted, tasks: tasks.omitted }),
    programs: session.programs.map(reportProgram),
    findings: verdicts.findings,
    undecided: verdicts.undecided,
    scopes: scopes.listed,
    tasks: tasks.listed,
  };
}
