/** Which work went on after its scope had been cancelled. */
import type { Moment, ProgramTrace, Task } from '../model.ts';
import type { CancelledScope, RuleSettings } from '../rule.ts';

/** Scopes around a task are looked at this far. */
const FAR = 100;

/** For a task that has leaked from its scope: the first cancellation around it that it went on after for too long. */
export function findCancelled(task: Task, trace: ProgramTrace, { abortGraceMs }: RuleSettings): CancelledScope | undefined {
  let scope = task.scope;
  for (let steps = 0; scope !== undefined && steps < FAR; scope = scope.parent, steps++) {
    const cancel = scope.cancels.find(({ order }) => order > (task.started?.order ?? 0));
    if (cancel !== undefined && lasts(task, cancel, abortGraceMs, trace)) return { by: 'scope', scope, cancel };
  }
  return undefined;
}

/** Whether a task that nobody waits for went on for long enough after a moment. */
export function lasts(task: Task, { atMs }: Moment, graceMs: number, trace: ProgramTrace): boolean {
  return (task.ended?.atMs ?? trace.lastAtMs) - atMs >= graceMs;
}
