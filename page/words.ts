import type { Task } from './model.ts';

/** `340 ms`, `1.25 s`: a time for people. */
export function tellMs(ms: number): string {
  if (Math.abs(ms) < 10) return `${Math.round(ms * 100) / 100} ms`;
  return Math.abs(ms) < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 10) / 100} s`;
}

/** One sentence that says of a task what its lane shows. */
export function describeTask(task: Task): string {
  const ends = task.alive ? (task.vanished ? 'collected while it waited' : 'alive at the end') : `ended at ${tellMs(task.end)}`;
  const findings = task.findings.length === 0 ? '' : `, in finding ${[...new Set(task.findings.map(({ rule }) => rule))].join(', ')}`;
  const scopes = task.scopes.length === 0 ? '' : `, scopes ${task.scopes.slice(0, 3).map(({ name }) => name).join(', ')}${task.scopes.length > 3 ? ` and ${task.scopes.length - 3} more` : ''}`;
  const by = task.spawner === undefined ? '' : `, started by ${task.spawner.label}`;
  return `${task.label}, ${task.place === '' ? '' : `${task.place}, `}started at ${tellMs(task.start)}, ${ends}${by}${scopes}${findings}`;
}
