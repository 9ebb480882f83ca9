/** Which tasks have a lane: those of the filter, or those that a search finds. */
import type { Model, Task } from './model.ts';

export interface Filter {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly Task[];
}

export function listFilters({ tasks, programs }: Model): readonly Filter[] {
  const filters = [
    { id: 'all', title: 'all tasks', rows: tasks },
    { id: 'findings', title: 'tasks of findings', rows: withSpawners(tasks, (task) => task.findings.length > 0) },
    { id: 'scopes', title: 'tasks with scopes', rows: withSpawners(tasks, (task) => task.scopes.length > 0) },
    { id: 'alive', title: 'alive at the end', rows: withSpawners(tasks, (task) => task.alive && task.spawner !== undefined) },
    ...(programs.length < 2 ? [] : programs.slice(0, 100).map((program, at) => ({
      id: `program-${at}`, title: `only ${program.name}`, rows: tasks.filter((task) => task.program === program),
    }))),
  ];
  return filters.filter(({ id, rows }) => id === 'all' || rows.length > 0);
}

function withSpawners(tasks: readonly Task[], isMeant: (task: Task) => boolean): readonly Task[] {
  const kept = new Set<Task>();
  for (const task of tasks) {
    if (!isMeant(task)) continue;
    for (let at: Task | undefined = task; at !== undefined && !kept.has(at); at = at.spawner) kept.add(at);
  }
  return tasks.filter((task) => kept.has(task));
}

/** Texts of tasks, made when somebody searches. */
export function createSearch(tasks: readonly Task[]): (query: string, among: readonly Task[]) => readonly Task[] {
  let texts: readonly string[] | undefined;
  return (query, among) => {
    const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
    if (words.length === 0) return among;
    texts ??= tasks.map(textOf);
    return among.filter(({ key }) => words.every((word) => texts?.[key]?.includes(word)));
  };
}

function textOf({ label, place, suspended, scopes, findings }: Task): string {
  const named = scopes.slice(0, 50).flatMap(({ name, kind }) => [name, kind]);
  return [label, place, suspended, ...named, ...findings.map(({ rule }) => rule)].join('\n').toLowerCase();
}
