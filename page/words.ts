import type { Finding, Task } from './model.ts';

export const MARKS = { violation: '✖', leak: '▲', info: '•' } as const;
const ORDER = ['violation', 'leak', 'info'] as const;

export function worstOf({ findings }: Task): Finding | undefined {
  for (const severity of ORDER) {
    const found = findings.find((one) => one.severity === severity);
    if (found !== undefined) return found;
  }
  return undefined;
}

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
