/** When a finding happened, and which tasks it is about. */
import type { Finding } from '../finding.ts';
import type { TaskId } from '../model.ts';
import type { ScopeId } from '../../tracker/protocol.ts';
import type { TimelineProgram, TimelineScope, TimelineTask } from './model.ts';

/** A program's rows by their ids. */
export interface Rows {
  readonly program: TimelineProgram;
  readonly task: (id: TaskId | undefined) => TimelineTask | undefined;
  readonly scope: (id: ScopeId | undefined) => TimelineScope | undefined;
}

export function rowsOf(program: TimelineProgram): Rows {
  const tasks = new Map(program.tasks.map((task) => [task.id, task]));
  const scopes = new Map(program.scopes.map((scope) => [scope.id, scope]));
  return {
    program,
    task: (id) => (id === undefined ? undefined : tasks.get(id)),
    scope: (id) => (id === undefined ? undefined : scopes.get(id)),
  };
}

/** When, where the lists of the timeline say so: at the first exit of its scope; otherwise where its task ends or stands last. */
export function momentIn({ scope: about, task: by }: Finding, { program, task, scope }: Rows): number {
  const found = scope(about?.id);
  if (found !== undefined) return found.exitedMs ?? found.cancelledMs ?? program.endMs;
  return task(by.id)?.endMs ?? program.endMs;
}
