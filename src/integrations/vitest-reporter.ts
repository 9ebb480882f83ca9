/** Fails the tests that were found to leak, before other reporters print them. */
import { resolve } from 'node:path';
import type { Finding, FindingPlace, Place } from '../../reports/index.ts';
import type { Judged, TestJudge } from './test-judge.ts';

/** What a test allows itself, in its `meta`. */
export interface TestOptions {
  /** Rules that do not fail the test, or true for all. */
  readonly allow?: boolean | string | readonly string[];
}

/** What is used of Vitest's tasks: tests, suites and files. */
interface Task {
  readonly id: string;
  readonly type: string;
  readonly mode: string;
  readonly suite?: Task | undefined;
  readonly file: Task;
  readonly filepath?: string;
  readonly tasks?: readonly Task[];
  readonly meta: { readonly scopeTrace?: TestOptions };
  result?: { readonly state: string; readonly errors?: readonly object[] } | undefined;
}

interface Entity {
  readonly task: Task;
}

export interface Reporter {
  onTestRunStart(): void;
  onTestCaseResult(test: Entity): void;
  onTestModuleEnd(module: Entity): void;
  onTestRunEnd(modules: readonly Entity[]): void;
}

export function createReporter(judge: TestJudge, root: string): Reporter {
  const byId = new Map<string, Task>();
  const files = new Set<Task>();
  /** What was found in tests whose results have not arrived. */
  let waiting: Judged[] = [];
  const errors = new Map<string, Map<string, object>>();
  const know = (task: Task): void => {
    byId.set(task.id, task);
    for (const each of task.tasks ?? []) know(each);
  };
  const take = (judged: readonly Judged[]): void => {
    waiting = [...waiting, ...judged.filter(({ fails }) => fails)].filter(({ finding }) => {
      const task = byId.get(finding.test?.id ?? '') ?? fileOf(finding, files, root);
      if (task?.result === undefined || task.result.state === 'run') return true;
      const its = errors.get(task.id) ?? new Map<string, object>();
      errors.set(task.id, its);
      // A test that was tried again may do the same twice.
      if (!isAllowed(task, finding.rule) && !its.has(finding.fingerprint)) its.set(finding.fingerprint, describeError(finding, root));
      return false;
    });
    // A later word of the worker replaces what was said here.
    for (const [id, its] of errors) if (its.size > 0) fail(byId.get(id), [...its.values()]);
  };
  return {
    onTestRunStart: () => {
      byId.clear();
      files.clear();
      errors.clear();
      waiting = [];
    },
    onTestCaseResult: ({ task }) => {
      byId.set(task.id, task);
      take(judge.standing());
    },
    onTestModuleEnd: ({ task }) => {
      know(task);
      files.add(task);
      take(judge.standing());
    },
    onTestRunEnd: (modules) => {
      for (const { task } of modules) know(task);
      take(judge.final());
      if ([...errors.values()].some(({ size }) => size > 0)) process.exitCode = 1;
      tellOthers(waiting);
    },
  };
}

/** Found outside of tests: the file that it happened in fails. */
function fileOf({ test, places }: Finding, files: ReadonlySet<Task>, root: string): Task | undefined {
  const named = [test?.file, ...places.map(({ place }) => place?.file)].flatMap((file) => (file === undefined ? [] : [resolve(root, file)]));
  return [...files].find(({ filepath }) => filepath !== undefined && named.includes(filepath));
}

/** Its own word counts, and that of the suites around it. */
function isAllowed(task: Task, rule: string): boolean {
  for (let at: Task | undefined = task; at !== undefined; at = at.suite ?? (at === at.file ? undefined : at.file)) {
    const allow = at.meta.scopeTrace?.allow;
    if (allow === true || allow === rule || (Array.isArray(allow) && allow.includes(rule))) return true;
  }
  return false;
}

function fail(task: Task | undefined, its: readonly object[]): void {
  if (task?.result === undefined) return;
  const before = task.result.errors ?? [];
  const missing = its.filter((error) => !before.includes(error));
  if (missing.length > 0 || task.result.state !== 'fail') task.result = { ...task.result, state: 'fail', errors: [...before, ...missing] };
  for (let at = task.suite ?? task.file; at !== task; at = at.suite ?? at.file) {
    if (at.result !== undefined) at.result = { ...at.result, state: 'fail' };
    if (at === at.file) break;
  }
}

/** As Vitest has errors: it prints the source at the first of its places. */
function describeError(finding: Finding, root: string): object {
  const { rule, message, advice, places } = finding;
  const known = places.filter((one): one is FindingPlace & { readonly place: Place } => one.place !== undefined);
  const own = known.filter(({ place }) => !place.library && !place.internal);
  const shown = own.length > 0 ? own : known;
  const lines = shown.map(({ label, place }) => `  ${label}: ${place.file}:${place.line}:${place.column}`);
  const text = [message, ...lines, `→ ${advice}`].join('\n');
  const frames = shown.map(({ place }) => ({ method: place.function ?? '', file: resolve(root, place.file), line: place.line, column: place.column }));
  const stack = frames.map(({ method, file, line, column }) => `    at ${method} (${file}:${line}:${column})`);
  return { name: `scope-trace ${rule}`, message: text, stack: [`scope-trace ${rule}: ${text}`, ...stack].join('\n'), stacks: frames };
}

/** What belongs to no test and no file that ran. */
function tellOthers(judged: readonly Judged[]): void {
  if (judged.length === 0) return;
  process.exitCode = 1;
  for (const { finding } of judged) console.error(`scope-trace ${finding.rule}: ${finding.message}\n→ ${finding.advice}`);
}
