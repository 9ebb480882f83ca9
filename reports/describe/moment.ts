/** When something that was found happened. */
import type { Finding } from '../finding.ts';
import type { ProgramTrace } from '../model.ts';

/** Milliseconds since the program's start: the last thing that the recording says of the scope, or of the task where there is no scope. */
export function momentOf({ scope, task }: Finding, trace: ProgramTrace): number {
  const found = scope === undefined ? undefined : trace.scopes.find((each) => each.id === scope.id);
  if (found !== undefined) {
    const events = [found.entered, ...found.exits, ...found.cancels, ...found.uses];
    return Math.max(...events.map((event) => event.atMs));
  }
  const about = trace.tasks[task.id - 1];
  return (about?.vanished ?? about?.ended ?? about?.started)?.atMs ?? trace.lastAtMs;
}
