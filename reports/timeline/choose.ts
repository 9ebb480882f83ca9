/** Which tasks of a large session are drawn: those that findings speak of, whoever started these, then the first ones. */
import type { Finding } from '../finding.ts';
import type { ProgramTrace, Task, TaskId } from '../model.ts';
import type { ProgramId } from '../../tracker/protocol.ts';

/** By program. Empty: all of them are. */
export function chooseTasks(
  programs: readonly ProgramTrace[], findings: readonly Finding[], limit: number,
): ReadonlyMap<ProgramId, ReadonlySet<Task>> {
  const total = programs.reduce((sum, { tasks }) => sum + tasks.length, 0);
  if (total <= limit) return new Map();
  const chosen = new Map(programs.map((program) => [program.id, namedOf(program, findings)]));
  let room = limit - [...chosen.values()].reduce((sum, tasks) => sum + tasks.size, 0);
  for (const { id, tasks } of programs) {
    const own = chosen.get(id);
    for (const task of tasks) {
      if (room <= 0) break;
      if (own === undefined || own.has(task)) continue;
      own.add(task);
      room--;
    }
  }
  return chosen;
}

function namedOf({ id, tasks }: ProgramTrace, findings: readonly Finding[]): Set<Task> {
  const named = new Set<Task>();
  for (const finding of findings) {
    if (finding.program === id) for (const each of tasksNamedBy(finding)) addWithSpawners(tasks[each - 1], named);
  }
  return named;
}

export function tasksNamedBy({ task, expectedTask, places }: Finding): readonly TaskId[] {
  return [...new Set([task.id, ...(expectedTask === undefined ? [] : [expectedTask.id]), ...places.map((place) => place.task.id)])];
}

function addWithSpawners(task: Task | undefined, named: Set<Task>): void {
  for (let at = task; at !== undefined && !named.has(at); at = at.spawner) named.add(at);
}
