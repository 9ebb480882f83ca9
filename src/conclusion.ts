import { open, rm, writeFile } from 'node:fs/promises';
import { checkSession, createReport, formatJson, formatSummary, wrap } from '../reports/index.ts';
import type { Report, RuleSettings, SessionTrace } from '../reports/index.ts';
import { EXIT } from './exit-codes.ts';
import type { Options } from './options.ts';
import { Problem, reasonOf, systemCode } from './problem.ts';
import type { Screen } from './screen.ts';
import { createSources } from './sources.ts';
import { reaches } from './threshold.ts';
import { VERSION } from './version.ts';

export interface ConclusionOptions extends Options {
  /** The command that was traced. Absent when it is not known. */
  readonly command?: readonly string[];
  readonly screen: Screen;
}

/**
 * Says what a trace holds, and writes the report that was asked for.
 *
 * @returns the exit code for a program that succeeded
 * @throws {Problem} when the report cannot be written
 */
export async function conclude(trace: SessionTrace, options: ConclusionOptions): Promise<number> {
  const report = judgeTrace(trace, options);
  const { screen } = options;
  if (!options.quiet || isWorthSaying(report)) await screen.write(`\n${summarize(report, screen)}`);
  if (options.report !== undefined) await writeReport(options.report, report);
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
export function ruleSettings({ strict, graceMs, abortGraceMs, blockAfterMs, listenerGrowth }: Options): RuleSettings {
  return { graceMs, abortGraceMs, blockAfterMs, listenerGrowth, strict };
}

/** What the options make of a trace. */
export function judgeTrace(trace: SessionTrace, options: Omit<ConclusionOptions, 'screen'>): Report {
  const { command } = options;
  const sources = createSources(trace, process.cwd());
  const settings = ruleSettings(options);
  const verdicts = checkSession(trace, { sources, ...settings });
  return createReport(trace, verdicts, {
    tool: { name: 'scope-trace', version: VERSION },
    createdAt: new Date().toISOString(),
    ...(command === undefined ? {} : { command }),
    settings,
    sources,
  });
}

/** Findings, and everything that says that some may be missing. */
function isWorthSaying(report: Report): boolean {
  if (report.programs.length === 0) return true;
  if (report.findings.length > 0 || report.totals.dropped > 0) return true;
  return report.programs.some(({ losses }) => losses.failures.length > 0 || losses.stopped !== undefined);
}

/**
 * Makes sure, by trying, that a report can be written, and leaves no trace of the trial.
 *
 * @throws {Problem} when it cannot
 */
export async function assertWritable(path: string): Promise<void> {
  try {
    const file = await openNew(path);
    if (file.isNew) await rm(path);
  } catch (error) {
    throw unwritable(path, error, EXIT.usage);
  }
}

async function openNew(path: string): Promise<{ readonly isNew: boolean }> {
  try {
    await (await open(path, 'wx')).close();
    return { isNew: true };
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    await (await open(path, 'a')).close();
    return { isNew: false };
  }
}

async function writeReport(path: string, report: Report): Promise<void> {
  try {
    await writeFile(path, formatJson(report));
  } catch (error) {
    throw unwritable(path, error, EXIT.failure);
  }
}

function unwritable(path: string, error: unknown, exitCode: number): Problem {
  const reason = systemCode(error) === 'ENOENT' ? 'its folder does not exist' : reasonOf(error);
  return new Problem(`The report cannot be written to ${JSON.stringify(path)}: ${reason}. Name another file with --report.`, exitCode);
}
