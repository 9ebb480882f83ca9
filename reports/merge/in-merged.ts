/** The report of one run in the words of a merged one, where programs of several runs must not be taken for each other. */
import type { ProgramId } from '../../tracker/protocol.ts';
import { digest } from '../describe/fingerprint.ts';
import type { Report, ReportRun } from '../report.ts';

/** Letters of a run's id that stand before the ids of its programs. */
const SHORT = 8;

/** A merged report stays as it is. */
export function inMerged(report: Report): Report {
  if (report.runs !== undefined) return report;
  const run = describeRun(report);
  const name = (program: ProgramId): ProgramId => `${run.id.slice(0, SHORT)}/${program}`;
  return {
    ...report,
    runs: [run],
    programs: report.programs.map((one) => ({ ...one, id: name(one.id), ...(one.parent === undefined ? {} : { parent: name(one.parent) }) })),
    findings: report.findings.map((one) => ({ ...one, program: name(one.program) })),
    undecided: report.undecided.map((one) => ({ ...one, program: name(one.program) })),
    scopes: report.scopes.map((one) => ({ ...one, program: name(one.program) })),
    tasks: report.tasks.map((one) => ({ ...one, program: name(one.program) })),
  };
}

/** A run whose recording did not name it is known by its programs. */
function describeRun({ run, createdAt, directory, command, settings, programs }: Report): ReportRun {
  const id = run ?? digest([directory, ...programs.map((program) => program.id)].join('\n'));
  return { id, createdAt, directory, ...(command === undefined ? {} : { command }), settings };
}

export function runOf(program: ProgramId, runs: readonly ReportRun[]): string {
  return runs.find(({ id }) => program.startsWith(`${id.slice(0, SHORT)}/`))?.id ?? '';
}
