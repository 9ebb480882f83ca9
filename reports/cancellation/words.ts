/** How long work went on after it had been cancelled, in words. */
import type { Moment, ProgramTrace, Task } from '../model.ts';

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
