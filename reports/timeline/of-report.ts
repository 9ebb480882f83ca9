/** The timeline of a JSON report, which knows less than the recording that it was made of. */
import { nameProgram } from '../formats/program-name.ts';
import type { Report, ReportProgram, ReportScope, ReportTask } from '../report.ts';
import type { Timeline, TimelineProgram, TimelineScope, TimelineTask } from './model.ts';

export function timelineOfReport(report: Report): Timeline {
  const tasks = byProgram(report.tasks);
  const scopes = byProgram(report.scopes);
  return {
    source: 'report',
    programs: report.programs.map((program) => timelineOf(program, tasks.get(program.id) ?? [], scopes.get(program.id) ?? [])),
    omitted: report.totals.omitted,
  };
}

function byProgram<Item extends { readonly program: string }>(items: readonly Item[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.program);
    if (group === undefined) groups.set(item.program, [item]);
    else group.push(item);
  }
  return groups;
}

function timelineOf(program: ReportProgram, tasks: readonly ReportTask[], scopes: readonly ReportScope[]): TimelineProgram {
  return {
    id: program.id,
    name: nameProgram(program),
    startMs: 0,
    endMs: program.durationMs,
    ended: program.ended,
    tasks: tasks.map(taskOf),
    scopes: scopes.map(scopeOf),
    aborts: [],
  };
}

function taskOf(task: ReportTask): TimelineTask {
  const { id, label, origin, spawner, scope, place, suspended, state } = task;
  return {
    id, label, origin, state,
    ...(spawner === undefined ? {} : { spawner }),
    ...(scope === undefined ? {} : { scope }),
    startMs: task.startedAtMs ?? 0,
    ...(task.endedAtMs === undefined ? {} : { endMs: task.endedAtMs }),
    certain: task.certainty === 'certain',
    ...(place === undefined ? {} : { place }),
    ...(suspended === undefined ? {} : { suspended }),
    joins: task.joinedBy.map((by) => ({ by })),
  };
}

function scopeOf(scope: ReportScope): TimelineScope {
  const { id, name, kind, parent, entered, exited } = scope;
  return {
    id, name, kind,
    ...(parent === undefined ? {} : { parent }),
    host: scope.hostTask,
    enteredMs: scope.enteredAtMs,
    ...(scope.exitedAtMs === undefined ? {} : { exitedMs: scope.exitedAtMs }),
    ...(scope.exitTask === undefined ? {} : { exitedBy: scope.exitTask }),
    ...(scope.cancelledAtMs === undefined ? {} : { cancelledMs: scope.cancelledAtMs }),
    ...(entered === undefined ? {} : { entered }),
    ...(exited === undefined ? {} : { exited }),
  };
}
