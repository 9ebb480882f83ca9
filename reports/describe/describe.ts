/** Turns what a rule found into words and places. */
import type { Finding, FindingPlace, Severity, TaskReference, TestReference } from '../finding.ts';
import { wasFollowed } from '../fold/families/following.ts';
import type { ProgramTrace, Scope, ScopeEvent, Task } from '../model.ts';
import type { Place, Places } from '../sources.ts';
import { fingerprint } from './fingerprint.ts';
import { createTests } from './tests.ts';
import { labelTask, mentionTask, pathOfTask } from './task-names.ts';

/** What a rule says; the rest of a finding follows from it. */
export interface Statement {
  readonly rule: { readonly id: string; readonly severity: Severity };
  readonly message: string;
  readonly advice: string;
  readonly task: TaskReference;
  readonly expectedTask?: TaskReference;
  readonly roles: Finding['roles'];
  readonly places: readonly FindingPlace[];
  readonly scope?: Scope;
  /**
   * When all was there that it follows from. Absent: nothing that is missing may come later, as nobody
   * who waits for a task, up to the program's end.
   */
  readonly decidedMs?: number;
  /** It follows from what was there when it was decided, whatever ran before. */
  readonly seenAtOnce?: true;
}

export interface Describe {
  /** A task in a sentence: `task "OBSERVATION"`, `a timer`. */
  readonly mention: (task: Task) => string;
  /** The same for a task that was mentioned before: `the timer`. */
  readonly again: (task: Task) => string;
  readonly reference: (task: Task, certain?: boolean) => TaskReference;
  /** The place and the task of something that happened to a scope. */
  readonly event: (label: string, event: ScopeEvent) => FindingPlace;
  /** The first exit. A block that ends by itself has no frame of its own: its beginning stands for it. */
  readonly exit: (scope: Scope, labels: ExitLabels) => readonly FindingPlace[];
  /** Where an unfinished task waits, as far as that is known. */
  readonly suspended: (task: Task) => readonly FindingPlace[];
  readonly place: (label: string, task: Task, place: Place | undefined) => FindingPlace;
  readonly finding: (statement: Statement) => Finding;
}

export interface ExitLabels {
  /** `scope exited here` */
  readonly here: string;
  /** `scope entered here, exited at the end of its block` */
  readonly block: string;
}

export function createDescribe(trace: ProgramTrace, places: Places): Describe {
  const testOf = createTests(trace, places);
  const reference = (task: Task, certain = task.certain): TaskReference => ({
    id: task.id,
    label: labelTask(task, places),
    path: pathOfTask(task, places),
    certainty: certain ? 'certain' : 'inferred',
  });
  const event = (label: string, at: ScopeEvent): FindingPlace =>
    withPlace(label, reference(at.task, at.certain), places.user(at.stack));
  return {
    mention: (task) => mentionTask(task, places),
    again: (task) => mentionTask(task, places).replace(/^an? /, 'the '),
    reference,
    event,
    exit: (scope, labels) => {
      const exit = scope.exits[0];
      if (exit === undefined) return [];
      const hidden = exit.stack.length === 0 && exit.task === scope.entered.task;
      return [hidden ? event(labels.block, scope.entered) : event(labels.here, exit)];
    },
    suspended: (task) => {
      const place = places.user(task.pending ?? []);
      return place === undefined ? [] : [withPlace('suspended here', reference(task), place)];
    },
    place: (label, task, place) => withPlace(label, reference(task), place),
    finding: (statement) => {
      const { task, expectedTask, places: told, scope } = statement;
      const named = [task, ...(expectedTask === undefined ? [] : [expectedTask]), ...told.map((one) => one.task)];
      const test = testOf(scope, named.map(({ id }) => trace.tasks[id - 1]));
      return complete(statement, trace, test);
    },
  };
}

function withPlace(label: string, task: TaskReference, place: Place | undefined): FindingPlace {
  return { label, task, ...(place === undefined ? {} : { place }) };
}

function complete(statement: Statement, trace: ProgramTrace, test: TestReference | undefined): Finding {
  const { rule, message, advice, task, expectedTask, roles, places, scope } = statement;
  const named = [task, ...(expectedTask === undefined ? [] : [expectedTask])];
  const certain = named.every((one) => one.certainty === 'certain') && (statement.seenAtOnce === true || isFollowed(statement, trace));
  return {
    rule: rule.id,
    severity: rule.severity,
    certainty: certain ? 'certain' : 'inferred',
    message,
    advice,
    program: trace.id,
    task,
    ...(expectedTask === undefined ? {} : { expectedTask }),
    roles,
    places,
    ...(scope === undefined ? {} : { scope: { id: scope.id, kind: scope.kind, name: scope.name } }),
    ...(test === undefined ? {} : { test }),
    fingerprint: fingerprint([rule.id, scope?.name ?? '', ...places.map(landmark)]),
    count: 1,
  };
}

/** Whether all that ran since those it names began was followed, up to where it is decided. */
function isFollowed({ task, expectedTask, places, scope, decidedMs }: Statement, trace: ProgramTrace): boolean {
  if (trace.following.gaps.length === 0) return true;
  const named = [task, ...(expectedTask === undefined ? [] : [expectedTask]), ...places.map((one) => one.task)];
  if (named.some((one) => one.certainty !== 'certain') || scope?.entered.certain === false) return false;
  const starts = named.map(({ id }) => trace.tasks[id - 1]?.started?.atMs ?? 0);
  const from = Math.min(...starts, scope?.entered.atMs ?? Number.POSITIVE_INFINITY);
  return wasFollowed(trace.following, from, decidedMs ?? Number.POSITIVE_INFINITY);
}

/** A place as edits leave it. */
function landmark({ label, place }: FindingPlace): string {
  return `${label} ${place?.file ?? ''} ${place?.function ?? ''}`;
}
