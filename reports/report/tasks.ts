import type { Verdicts } from '../check.ts';
import { labelTask, placeOfTask } from '../describe/task-names.ts';
import { isAlive } from '../judge.ts';
import type { ProgramTrace, SessionTrace, Task } from '../model.ts';
import type { ReportTask } from '../report.ts';
import { createPlaces, type Places, type Sources } from '../sources.ts';
import { select, type Selection } from './selection.ts';

/** A promise that thousands wait for is no reason to list them all. */
const JOINS_LISTED = 20;

interface Located {
  readonly program: ProgramTrace;
  readonly places: Places;
  readonly task: Task;
}

export function reportTasks(
  session: SessionTrace,
  verdicts: Verdicts,
  sources: Sources,
): Selection<ReportTask> {
  const all = session.programs.flatMap((program): Located[] => {
    const places = createPlaces(program, sources);
    return program.tasks.map((task) => ({ program, places, task }));
  });
  const named = new Set(
    verdicts.findings.flatMap((one) =>
      [one.task, one.expectedTask, ...one.places.map((place) => place.task)].map(
        (task) => `${one.program} ${task?.id}`,
      ),
    ),
  );
  const { listed, omitted } = select(all, (one) => named.has(`${one.program.id} ${one.task.id}`));
  return { listed: listed.map(reportTask), omitted };
}

function reportTask({ program, places, task }: Located): ReportTask {
  const place = placeOfTask(task, places);
  const suspended = places.user(task.pending ?? []);
  return {
    program: program.id,
    id: task.id,
    label: labelTask(task, places),
    origin: task.origin,
    ...(task.spawner === undefined ? {} : { spawner: task.spawner.id }),
    ...(task.scope === undefined ? {} : { scope: task.scope.id }),
    certainty: task.certain ? 'certain' : 'inferred',
    ...(place === undefined ? {} : { place }),
    ...(task.started === undefined ? {} : { startedAtMs: task.started.atMs }),
    ...(task.ended === undefined ? {} : { endedAtMs: task.ended.atMs }),
    state: task.vanished !== undefined ? 'vanished' : isAlive(task) ? 'pending' : 'ended',
    ...(suspended === undefined ? {} : { suspended }),
    joinedBy: [...new Set(task.joins.slice(0, JOINS_LISTED).map((join) => join.task.id))],
  };
}
