import { applyComments, checkSession, createReport, createTimeline, formatSummary, wrap } from '../reports/index.ts';
import type { Report, RuleSettings, SessionTrace, Timeline } from '../reports/index.ts';
import type { Accept } from './baseline-file.ts';
import { EXIT } from './exit-codes.ts';
import type { Manifest } from './manifest.ts';
import type { Options } from './invocation.ts';
import { applyPolicy } from './policy.ts';
import { writeReports } from './report-files.ts';
import type { Screen } from './screen.ts';
import { commentedSources } from './commented-sources.ts';
import { createSources } from './sources.ts';
import { reaches } from './threshold.ts';
import { VERSION } from './version.ts';

export interface ConclusionOptions extends Pick<Options, 'failOn' | 'quiet' | 'reports'> {
  /** Of the recording, for formats that draw it. Absent: only the report is known. */
  readonly timeline?: () => Timeline;
  /** What is done for the baseline's sake. */
  readonly accept: Accept;
  readonly screen: Screen;
}

/**
 * Says what a report holds, and writes the reports that were asked for.
 *
 * @returns the exit code for a program that succeeded
 * @throws {Problem} when a report cannot be written
 */
export async function conclude(found: Report, options: ConclusionOptions): Promise<number> {
  const { screen } = options;
  const report = await options.accept(found);
  if (!options.quiet || isWorthSaying(report)) await screen.write(`\n${summarize(report, screen)}`);
  await writeReports(options.reports, report, options);
  return report.findings.some((finding) => reaches(finding, options.failOn)) ? EXIT.findings : EXIT.success;
}

const NOTHING_TRACED =
  'No Node.js program was traced: the command started none, removed NODE_OPTIONS from its environment, or ran under ' +
  "Node's permission model (--permission) without the right to read scope-trace and to write the recording. " +
  'npm, npx, pnpm, yarn and corepack themselves are left out.';

/** A tick beside "no findings" would say too much where nothing was looked at. */
function summarize(report: Report, { style, width }: Screen): string {
  if (report.programs.length > 0) return formatSummary(report, { style, width });
  return `${wrap(`scope-trace: ${NOTHING_TRACED}`, width).join('\n')}\n`;
}

/** What the options say to the rules. */
export function ruleSettings({ strict, graceMs, abortGraceMs, blockAfterMs, listenerGrowth, policy }: Options): RuleSettings {
  const { rules } = policy ?? {};
  return { graceMs, abortGraceMs, blockAfterMs, listenerGrowth, strict, ...(rules === undefined ? {} : { rules }) };
}

/** What is known of a recording beside its programs. */
export type JudgedRun = Partial<Pick<Manifest, 'command' | 'run'>>;

/** What the options make of a trace. */
export function judgeTrace(trace: SessionTrace, options: Options, { command, run }: JudgedRun = {}): Report {
  const sources = createSources(trace, process.cwd());
  const settings = ruleSettings(options);
  const verdicts = checkSession(trace, { sources, ...settings });
  const report = createReport(trace, verdicts, {
    tool: { name: 'scope-trace', version: VERSION },
    createdAt: new Date().toISOString(),
    directory: process.cwd(),
    ...(command === undefined ? {} : { command }),
    ...(run === undefined ? {} : { run }),
    settings,
    sources,
  });
  return applyPolicy(applyComments(report, commentedSources(trace, sources)), options);
}

/** The timeline of a trace that was judged, made when a format asks for it. */
export function timelineOf(trace: SessionTrace, { findings }: Report): () => Timeline {
  let made: Timeline | undefined;
  return () => (made ??= createTimeline(trace, findings, createSources(trace, process.cwd())));
}

/** Findings, and everything that says that some may be missing. */
function isWorthSaying(report: Report): boolean {
  if (report.programs.length === 0) return true;
  if (report.findings.length > 0 || report.totals.dropped > 0) return true;
  return report.programs.some(({ losses }) => losses.failures.length > 0 || losses.stopped !== undefined);
}
