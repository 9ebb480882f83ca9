import type { TaskExpectation } from './program-expectations.ts';

/** A task as a recording shows it. Tasks are compared by `key`, unique among all programs of a session. */
export interface SeenTask {
  readonly key: string;
  readonly program: string;
  readonly origin: string;
  readonly label: string;
  readonly certain: boolean;
  readonly spawner?: string;
  readonly joinedBy: readonly string[];
}

/** A scope that was entered or exited: its name, by whom, and whether that is certain. */
export interface SeenScope {
  readonly name: string;
  readonly task: string;
  readonly certain: boolean;
}

export interface Seen {
  readonly tasks: ReadonlyMap<string, SeenTask>;
  readonly scopes: readonly SeenScope[];
  /** The key of the first program's main task. */
  readonly main: string;
}

interface Marked {
  readonly expectation: TaskExpectation;
  readonly where: string;
  /** What `*` stands for. */
  readonly suffix: string;
  readonly task: SeenTask;
}

/**
 * @param form - in a `twin`, the alias `main` may name a task that the main script starts
 * @returns one sentence for each difference; none when all is as stated
 */
export function compareTasks(expectations: readonly TaskExpectation[], seen: Seen, form: 'module' | 'twin'): string[] {
  const problems: string[] = [];
  const marked = collectMarks(expectations, seen, problems);
  const byAlias = bindAliases(marked, seen, form, problems);
  for (const one of marked) problems.push(...compareRelations(one, byAlias, seen));
  problems.push(...comparePrograms(marked, seen));
  return [...new Set(problems)];
}

function collectMarks(expectations: readonly TaskExpectation[], seen: Seen, problems: string[]): Marked[] {
  const reached = new Set<TaskExpectation>();
  const marked = seen.scopes.flatMap((scope): Marked[] => {
    const expectation = expectationOf(scope.name, expectations);
    if (expectation === undefined) return [];
    reached.add(expectation);
    const where = `line ${expectation.line}, mark "${scope.name}"`;
    const task = seen.tasks.get(scope.task);
    if (task === undefined) {
      problems.push(`${where}: its task is not in the recording, ${scope.task}`);
      return [];
    }
    const certain = scope.certain && task.certain;
    if (!certain && expectation.mayBeInferred) return [];
    if (!certain) problems.push(`${where}: expected certain, found inferred (${describe(task)})`);
    const suffix = scope.name.slice(expectation.label.length + 1).split(' ')[0] ?? '';
    return [{ expectation, where, suffix, task }];
  });
  for (const one of expectations) {
    if (!reached.has(one)) problems.push(`line ${one.line}, mark "${one.label}": never seen`);
  }
  return marked;
}

function expectationOf(name: string, expectations: readonly TaskExpectation[]): TaskExpectation | undefined {
  return expectations
    .filter(({ label }) => name === label || name.startsWith(`${label} `))
    .sort((a, b) => b.label.length - a.label.length)[0];
}

/** Equal aliases must be one task, different aliases different tasks. */
function bindAliases(marked: readonly Marked[], seen: Seen, form: 'module' | 'twin', problems: string[]): Map<string, SeenTask> {
  const byAlias = new Map<string, SeenTask>();
  const byTask = new Map<string, string>();
  for (const { expectation, where, suffix, task } of marked) {
    const alias = fill(expectation.alias, suffix);
    const known = byAlias.get(alias) ?? (alias === 'main' && form === 'module' ? seen.tasks.get(seen.main) : undefined);
    if (known !== undefined && known.key !== task.key) {
      problems.push(`${where}: expected task ${alias} (${describe(known)}), found ${describe(task)}`);
      continue;
    }
    const other = byTask.get(task.key);
    if (other !== undefined && other !== alias) {
      problems.push(`${where}: expected a task ${alias} of its own, found task ${other} (${describe(task)})`);
      continue;
    }
    byAlias.set(alias, task);
    byTask.set(task.key, alias);
  }
  const main = byAlias.get('main');
  if (form === 'twin' && main !== undefined && main.key !== seen.main && main.spawner !== seen.main) {
    problems.push(`task main: expected the main script or a task that it started, found ${describe(main)}`);
  }
  return byAlias;
}

function compareRelations(one: Marked, byAlias: ReadonlyMap<string, SeenTask>, seen: Seen): string[] {
  const { expectation, where, suffix, task } = one;
  const problems: string[] = [];
  const name = (key: string | undefined): string => {
    const found = key === undefined ? undefined : seen.tasks.get(key);
    return found === undefined ? 'nobody' : describe(found);
  };
  const related = (alias: string): SeenTask | undefined => byAlias.get(fill(alias, suffix));
  if (expectation.spawnedBy !== undefined && related(expectation.spawnedBy)?.key !== task.spawner) {
    problems.push(`${where}: expected spawned by ${expectation.spawnedBy}, found spawned by ${name(task.spawner)}`);
  }
  if (expectation.joinedBy !== undefined && !task.joinedBy.includes(related(expectation.joinedBy)?.key ?? '')) {
    problems.push(`${where}: expected joined by ${expectation.joinedBy}, found ${task.joinedBy.map(name).join(' and ') || 'nobody'}`);
  }
  if (expectation.notJoined && task.joinedBy.length > 0) {
    problems.push(`${where}: expected not joined, found joined by ${task.joinedBy.map(name).join(' and ')}`);
  }
  if (expectation.origin !== undefined && expectation.origin !== task.origin) {
    problems.push(`${where}: expected kind ${expectation.origin}, found ${task.origin}`);
  }
  return problems;
}

function comparePrograms(marked: readonly Marked[], seen: Seen): string[] {
  const elsewhere = new Set(marked.flatMap(({ expectation }) => (expectation.inAnotherProgram ? [expectation.alias] : [])));
  const first = seen.tasks.get(seen.main)?.program;
  return marked.flatMap(({ expectation, where, task }) => {
    const expected = elsewhere.has(expectation.alias);
    if (expected === (task.program !== first)) return [];
    return [`${where}: expected in ${expected ? 'another' : 'the first'} program, found in ${task.program}`];
  });
}

function fill(alias: string, suffix: string): string {
  return alias.replace('*', suffix);
}

function describe(task: SeenTask): string {
  return `${task.origin} task ${task.key} "${task.label}"`;
}
