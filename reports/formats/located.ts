/** What formats for other tools ask of a finding: one place that it is about, and the way there. */
import type { Finding, FindingPlace, TaskReference, TestReference } from '../finding.ts';
import type { Report, ReportTask } from '../report.ts';
import type { Place } from '../sources.ts';
import type { FormatOptions } from './style.ts';

/** A place with something to say about it. */
export interface Step {
  readonly place: Place;
  readonly text: string;
}

/**
 * Where a tool shows the finding: what its task did last in the user's own code, or else what a person should read
 * first. Absent when no place is known.
 */
export function mainPlaceOf({ places, task }: Finding): Place | undefined {
  const known = places.filter((one): one is FindingPlace & { readonly place: Place } => one.place !== undefined);
  const own = known.filter(({ place }) => !place.library && !place.internal);
  const its = own.filter((one) => one.task.id === task.id);
  return (its.at(-1) ?? own[0] ?? known[0])?.place;
}

/** All places, in the order in which a person should read them, and where the task was started that is to blame. */
export function stepsOf(finding: Finding, startOf: (task: TaskReference) => Place | undefined): readonly Step[] {
  const told = finding.places.flatMap(({ label, task, place }) =>
    place === undefined ? [] : [{ place, text: `${label}, by ${task.label}`, task }],
  );
  const started = startOf(finding.task);
  const first = told.findIndex(({ task }) => task.id === finding.task.id);
  const shown = started === undefined || first < 0 || told.some(({ place }) => isSame(place, started));
  if (shown) return told;
  return [...told.slice(0, first), { place: started, text: `${finding.task.label} was started here` }, ...told.slice(first)];
}

/** Where the tasks of a report were started. */
export function startsIn({ tasks }: Report): (finding: Finding) => (task: TaskReference) => Place | undefined {
  const known = new Map<string, ReportTask>(tasks.map((task) => [`${task.program}/${task.id}`, task]));
  return ({ program }) => ({ id }) => known.get(`${program}/${id}`)?.place;
}

function isSame(one: Place, other: Place): boolean {
  return one.file === other.file && one.line === other.line && one.column === other.column;
}

export function locate(file: string, { locate: where }: FormatOptions): string {
  return where === undefined ? file.replaceAll('\\', '/') : where(file);
}

export function fails(finding: Finding, options: FormatOptions): boolean {
  if (finding.accepted !== undefined) return false;
  return options.fails === undefined ? finding.severity === 'violation' : options.fails(finding);
}

/** The tests in which it happened, the first one first. */
export function testsOf({ test, alsoIn = [] }: Finding): readonly TestReference[] {
  return test === undefined ? [] : [test, ...alsoIn];
}

/** `sessions › are closed (test/sessions.test.ts)`. */
export function tellTest({ name, file }: TestReference, options: FormatOptions): string {
  return file === undefined ? name : `${name} (${locate(file, options)})`;
}

/** `examples/agent/session.mjs:10:17 in openSession`. */
export function tellPlace(place: Place, options: FormatOptions): string {
  const inside = place.function === undefined ? '' : ` in ${place.function}`;
  return `${locate(place.file, options)}:${place.line}:${place.column}${inside}`;
}
