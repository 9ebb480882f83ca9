import type { Verdicts } from '../check.ts';
import type { Finding } from '../finding.ts';
import type { ProgramTrace, SessionTrace } from '../model.ts';
import type { ReportTotals } from '../report.ts';

export function totalsOf(
  session: SessionTrace,
  { findings, undecided }: Verdicts,
  omitted: ReportTotals['omitted'],
): ReportTotals {
  const sum = (of: (program: ProgramTrace) => number): number =>
    session.programs.reduce((total, program) => total + of(program), 0);
  return {
    programs: session.programs.length,
    tasks: sum((program) => program.counts.tasks),
    inferredTasks: sum((program) => program.counts.inferredTasks),
    scopes: sum((program) => program.counts.scopes),
    findings: countFindings(findings),
    undecided: undecided.reduce((total, one) => total + one.count, 0),
    dropped: sum((program) => program.losses.dropped),
    omitted,
  };
}

/** Of those that were accepted: how many are known from the baseline, and how many are ignored. */
export function countAccepted(findings: readonly Finding[]): { readonly known: number; readonly ignored: number } {
  const known = findings.filter(({ accepted }) => accepted?.by === 'baseline').length;
  return { known, ignored: findings.filter(({ accepted }) => accepted !== undefined).length - known };
}

/** Those that were accepted are counted apart. */
export function countFindings(findings: readonly Finding[]): ReportTotals['findings'] {
  const open = findings.filter(({ accepted }) => accepted === undefined);
  return {
    violation: open.filter((one) => one.severity === 'violation').length,
    leak: open.filter((one) => one.severity === 'leak').length,
    info: open.filter((one) => one.severity === 'info').length,
    occurrences: open.reduce((total, one) => total + one.count, 0),
    accepted: findings.length - open.length,
  };
}
