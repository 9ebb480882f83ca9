/** Which work went on after it had been cancelled, and for how long. */
import type { Moment, ProgramTrace, Task } from './model.ts';
import type { IgnoredCancel, RuleSettings } from './rule.ts';

/** Scopes around a task are looked at this far. */
const FAR = 100;

/** For a task that has leaked from its scope: the first cancellation around it that it went on after for too long. */
export function findIgnored(task: Task, trace: ProgramTrace, { abortGraceMs }: RuleSettings): IgnoredCancel | undefined {
  let scope = task.scope;
  for (let steps = 0; scope !== undefined && steps < FAR; scope = scope.parent, steps++) {
    const cancel = scope.cancels.find(({ order }) => order > (task.started?.order ?? 0));
    if (cancel !== undefined && lastsBeyond(task, cancel, abortGraceMs, trace)) return { scope, cancel };
  }
  return undefined;
}

/** Whether a task that does not count as over went on for long enough after a moment. */
export function lastsBeyond(task: Task, { atMs }: Moment, graceMs: number, trace: ProgramTrace): boolean {
  return (task.ended?.atMs ?? trace.lastAtMs) - atMs >= graceMs;
}

/** `went on for 1.2 s`, `was still running 1.2 s`: a piece of a sentence before `after` it. */
export function wentOn(task: Task, { atMs }: Moment, trace: ProgramTrace): string {
  if (task.ended !== undefined) return `went on for ${span(task.ended.atMs - atMs)}`;
  return `was still running ${span(trace.lastAtMs - atMs)}`;
}

/** `380 ms`, `1.2 s`, `3 min`. */
export function span(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}
