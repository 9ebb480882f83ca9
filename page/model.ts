/** The data of the page as objects that name each other. */
import { TASK_FLAGS, type PageData, type PageFinding, type PageProgram } from '../reports/formats/html/data-shape.ts';

export interface Task {
  /** Position in `Model.tasks`. */
  readonly key: number;
  readonly program: Program;
  readonly id: number;
  readonly label: string;
  readonly place: string;
  readonly suspended: string;
  readonly start: number;
  /** Of a task that was alive then, the end of the recording. */
  readonly end: number;
  readonly alive: boolean;
  readonly inferred: boolean;
  readonly vanished: boolean;
  spawner?: Task;
  readonly children: Task[];
  /** How many tasks are above it. */
  depth: number;
  readonly scopes: Scope[];
  /** Who waited for its end. */
  readonly joins: { readonly by: Task; readonly at: number }[];
  readonly findings: Finding[];
}

export interface Scope {
  readonly name: string;
  readonly kind: string;
  readonly host: Task;
  readonly entered: number;
  /** Of one that was never exited, the end of the recording. */
  readonly until: number;
  readonly isOpen: boolean;
  readonly exitedBy?: Task;
  readonly cancelled: number;
  readonly enteredAt: string;
  readonly exitedAt: string;
  /** How many of the same task it lies in. */
  readonly level: number;
}

export interface Finding extends PageFinding {
  /** Position in the page. */
  readonly at: number;
  readonly index: number;
  readonly of?: Task;
  readonly involved: readonly Task[];
}

export interface Abort {
  readonly at: number;
  readonly by?: Task;
  readonly reason: string;
  readonly tasks: readonly Task[];
}

export interface Program {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly ended: string;
  readonly roots: readonly Task[];
}

export interface Model {
  readonly programs: readonly Program[];
  /** Each behind the one that started it. */
  readonly tasks: readonly Task[];
  readonly findings: readonly Finding[];
  /** Exited by another task than the one that entered it. */
  readonly crossings: readonly Scope[];
  readonly aborts: readonly Abort[];
  readonly start: number;
  readonly end: number;
}

type Growing<One> = { -readonly [Key in keyof One]: One[Key] };

export function readModel(data: PageData): Model {
  const text = (at: number | undefined): string => (at === undefined || at < 0 ? '' : (data.strings[at] ?? ''));
  const tasks: Task[] = [];
  const crossings: Scope[] = [];
  const aborts: Abort[] = [];
  const known = data.programs.map((program) => readProgram(program, { text, tasks, crossings, aborts }));
  const findings = data.findings.map((finding, index): Finding => {
    const byId = known[finding.program]?.byId;
    const of = byId?.get(finding.task);
    const involved = finding.tasks.flatMap((id) => byId?.get(id) ?? []);
    const full = { ...finding, index, involved, ...(of === undefined ? {} : { of }) };
    for (const task of involved) task.findings.push(full);
    return full;
  });
  const programs = known.map(({ program }) => program);
  const start = Math.min(...programs.map((one) => one.start));
  return { programs, tasks, findings, crossings, aborts, start, end: Math.max(start + 0.1, ...programs.map((one) => one.end)) };
}

interface Sink {
  readonly text: (at: number | undefined) => string;
  readonly tasks: Task[];
  readonly crossings: Scope[];
  readonly aborts: Abort[];
}

function readProgram(page: PageProgram, sink: Sink): { readonly program: Program; readonly byId: ReadonlyMap<number, Task> } {
  const roots: Task[] = [];
  const program: Program = { name: page.name, start: page.start, end: page.end, ended: page.ended, roots };
  const byId = new Map<number, Task>();
  const own = page.tasks.id.map((id, at): Growing<Task> => {
    const task = readTask(page, at, program, sink.text);
    byId.set(id, task);
    return task;
  });
  own.forEach((task, at) => {
    const spawner = byId.get(page.tasks.spawner[at] ?? 0);
    if (spawner === undefined || spawner === task) roots.push(task);
    else {
      task.spawner = spawner;
      spawner.children.push(task);
    }
  });
  putInOrder(own, roots, sink.tasks);
  page.joins.task.forEach((id, at) => {
    const by = byId.get(page.joins.by[at] ?? 0);
    if (by !== undefined) byId.get(id)?.joins.push({ by, at: page.joins.at[at] ?? -1 });
  });
  readScopes(page, byId, program, sink);
  for (const { at, by, reason, tasks } of page.aborts) {
    const who = byId.get(by);
    sink.aborts.push({ at, reason: sink.text(reason), tasks: tasks.flatMap((id) => byId.get(id) ?? []), ...(who === undefined ? {} : { by: who }) });
  }
  return { program, byId };
}

function readTask({ tasks }: PageProgram, at: number, program: Program, text: Sink['text']): Growing<Task> {
  const flags = tasks.flags[at] ?? 0;
  const end = tasks.end[at] ?? -1;
  return {
    key: -1, program, id: tasks.id[at] ?? 0, label: text(tasks.label[at]), place: text(tasks.place[at]), suspended: text(tasks.suspended[at]),
    start: tasks.start[at] ?? 0, end: end < 0 ? program.end : end, alive: end < 0,
    inferred: (flags & TASK_FLAGS.inferred) !== 0, vanished: (flags & TASK_FLAGS.vanished) !== 0,
    children: [], depth: 0, scopes: [], joins: [], findings: [],
  };
}

/** Chains may be long, and a damaged recording may hold a circle. */
function putInOrder(own: readonly Growing<Task>[], roots: Task[], all: Task[]): void {
  const put = (from: readonly Task[]): void => {
    const waiting: Growing<Task>[] = [...from].reverse();
    for (let task = waiting.pop(); task !== undefined; task = waiting.pop()) {
      if (task.key >= 0) continue;
      task.key = all.push(task) - 1;
      task.depth = task.spawner === undefined ? 0 : task.spawner.depth + 1;
      for (let at = task.children.length - 1; at >= 0; at--) waiting.push(task.children[at] as Task);
    }
  };
  put(roots);
  for (const task of own) {
    if (task.key >= 0) continue;
    delete task.spawner;
    roots.push(task);
    put([task]);
  }
}

function readScopes({ scopes }: PageProgram, byId: ReadonlyMap<number, Task>, program: Program, { text, crossings }: Sink): void {
  scopes.id.forEach((_, at) => {
    const host = byId.get(scopes.host[at] ?? 0);
    if (host === undefined) return;
    const exited = scopes.exited[at] ?? -1;
    const exitedBy = byId.get(scopes.exitedBy[at] ?? 0);
    const entered = scopes.entered[at] ?? 0;
    // A task may have entered thousands, one after the other.
    const around = host.scopes.slice(-8).filter((one) => one.entered <= entered && one.until > entered).length;
    const scope: Scope = {
      name: text(scopes.name[at]), kind: text(scopes.kind[at]), host, entered,
      until: exited < 0 ? program.end : exited, isOpen: exited < 0, cancelled: scopes.cancelled[at] ?? -1,
      enteredAt: text(scopes.enteredAt[at]), exitedAt: text(scopes.exitedAt[at]), level: around,
      ...(exitedBy === undefined ? {} : { exitedBy }),
    };
    host.scopes.push(scope);
    if (exitedBy !== undefined && exitedBy !== host) crossings.push(scope);
  });
}
