import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Finding, Report } from '../../reports/index.ts';
import { scopeTrace } from './command.ts';
import type { Seen, SeenTask } from './compare-tasks.ts';
import type { SeenFinding } from './compare-findings.ts';
import type { NodeLine } from './node-lines.ts';
import type { Program } from './program-files.ts';

/** Whether the line is young enough for the program. */
export function canRun(line: NodeLine, program: Program): boolean {
  return Number(line.name) >= program.oldestNode;
}

/** A folder for reports and recordings. */
export function createWorkFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'programs-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** @throws Error when the program or the command did not end with 0, with what they printed */
export async function traceProgram(program: Program, line: NodeLine, folder: string): Promise<Report> {
  const work = mkdtempSync(join(folder, 'run-'));
  const report = join(work, 'report.json');
  const ours = ['--fail-on', 'never', '--trace', join(work, 'trace'), '--report', report, ...program.options];
  const outcome = await scopeTrace([...ours, '--', line.path, ...program.execArgv, program.path]);
  if (outcome.code !== 0) {
    throw new Error(`ended with ${outcome.code ?? outcome.signal ?? ''}:\n${outcome.stdout}\n${outcome.stderr}`);
  }
  // The report's shape is held to its schema elsewhere.
  const read = JSON.parse(readFileSync(report, 'utf8')) as Report;
  rmSync(work, { recursive: true, force: true });
  return read;
}

/** What a program of identity compares. */
export function seenIn(report: Report): Seen {
  const key = (program: string, task: number): string => `${program}/${task}`;
  const tasks = new Map<string, SeenTask>();
  for (const task of report.tasks) {
    tasks.set(key(task.program, task.id), {
      key: key(task.program, task.id),
      program: task.program,
      origin: task.origin,
      label: task.label,
      certain: task.certainty === 'certain',
      ...(task.spawner === undefined ? {} : { spawner: key(task.program, task.spawner) }),
      joinedBy: task.joinedBy.map((id) => key(task.program, id)),
    });
  }
  const first = report.programs.find((one) => one.parent === undefined);
  return {
    tasks,
    scopes: report.scopes.map((scope) => ({ name: scope.name, task: key(scope.program, scope.hostTask), certain: true })),
    main: key(first?.id ?? '', 1),
  };
}

/** What a program of a rule compares: the lines of that very program that each finding shows. */
export function findingsIn(report: Report, program: Program): SeenFinding[] {
  return report.findings.map((finding) => ({
    rule: finding.rule,
    message: finding.message,
    lines: linesOf(finding, basename(program.path)),
  }));
}

function linesOf(finding: Finding, name: string): number[] {
  return finding.places.flatMap(({ place }) => (place !== undefined && basename(place.file) === name ? [place.line] : []));
}
