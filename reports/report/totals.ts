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

/** Those that were accepted are counted apart. */
export function countFindings(findings: readonly Finding[]): ReportTotals['findings'] {
  const open = findings.filter(({ accepted }) => accepted === undefined);
  return {
    violation: open.filter((one) => one.severity === 'violation').length,
    leak: open.filter((one) => one.severity === 'leak').length,
    occurrences: open.reduce((total, one) => total + one.count, 0),
    accepted: findings.length - open.length,
  };
}
