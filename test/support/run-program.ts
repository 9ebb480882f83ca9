import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createPlaces, identitySources, labelTask } from '../../reports/index.ts';
import type { Finding, Report, SessionTrace, Task } from '../../reports/index.ts';
import { codeOf } from '../../src/exit-codes.ts';
import { readRecording } from '../../src/recording.ts';
import { scopeTrace } from './command.ts';
import type { Outcome } from './command.ts';
import { judgeHere, readOptions, runHere } from './trace-here.ts';
import type { Seen, SeenScope, SeenTask } from './compare-tasks.ts';
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

/** What one run left: the report that a user reads, and the folded recording with every task in it. */
export interface Traced {
  readonly report: Report;
  readonly session: SessionTrace;
}

/** On this line the command itself runs the programs, from its options to its report. */
const COMMAND_LINE = '20';

/** @throws Error when the program or the command did not end as the program says, with what they printed */
export async function traceProgram(
  program: Program, line: NodeLine, folder: string, env: Readonly<Record<string, string>> = {},
): Promise<Traced> {
  const work = mkdtempSync(join(folder, 'run-'));
  try {
    const isCommands = Object.keys(env).length === 0 && line.name === COMMAND_LINE;
    return await (isCommands || isDumped(program) ? traceByCommand(program, line, work, env) : traceHere(program, line, work, env));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** By the command, and by nobody else. */
function isDumped({ options }: Program): boolean {
  return options.includes('--timeout') || options.includes('--hang-after');
}

async function traceByCommand(
  program: Program, line: NodeLine, work: string, env: Readonly<Record<string, string>>,
): Promise<Traced> {
  const path = join(work, 'report.json');
  const recording = join(work, 'recording');
  const ours = ['--fail-on', 'never', '--trace', recording, '--report', path, ...program.options];
  checkEnd(program, await scopeTrace([...ours, '--', line.path, ...program.execArgv, program.path], { env }));
  // The report's shape is held to its schema elsewhere.
  const report = JSON.parse(readFileSync(path, 'utf8')) as Report;
  return { report, session: await readRecording(recording) };
}

async function traceHere(program: Program, line: NodeLine, work: string, env: Readonly<Record<string, string>>): Promise<Traced> {
  const options = readOptions(program.options);
  checkEnd(program, await runHere([line.path, ...program.execArgv, program.path], work, options, { env }));
  return judgeHere(work, options);
}

function checkEnd(program: Program, outcome: Outcome): void {
  if (codeOf(outcome) === program.exitCode) return;
  throw new Error(`ended with ${outcome.code ?? outcome.signal ?? ''}:\n${outcome.stdout}\n${outcome.stderr}`);
}

/** What a program of identity compares. */
export function seenIn(session: SessionTrace): Seen {
  const tasks = new Map<string, SeenTask>();
  for (const trace of session.programs) {
    const places = createPlaces(trace, identitySources);
    const key = (task: Task): string => `${trace.id}/${task.id}`;
    for (const task of trace.tasks) {
      tasks.set(key(task), {
        key: key(task),
        program: trace.id,
        origin: task.origin,
        label: labelTask(task, places),
        certain: task.certain,
        ...(task.spawner === undefined ? {} : { spawner: key(task.spawner) }),
        joinedBy: task.joins.map((join) => key(join.task)),
      });
    }
  }
  const first = session.programs.find((one) => one.started?.parent === undefined);
  return { tasks, scopes: session.programs.flatMap(seenScopes), main: `${first?.id ?? ''}/1` };
}

function seenScopes({ id, scopes }: SessionTrace['programs'][number]): SeenScope[] {
  return scopes.flatMap(({ name, entered, exits }) =>
    [entered, ...exits].map(({ task, certain }) => ({ name, task: `${id}/${task.id}`, certain })),
  );
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
