/** A program may name a scope or a task by a whole page: people are shown how it begins. */
import type { Finding, TaskReference } from '../finding.ts';
import type { Report } from '../report.ts';
import { clip } from './wrap.ts';

/** Columns. */
const LONGEST_NAME = 80;

/** Names in all that a finding says are cut; the report as JSON keeps them whole. */
export type Shorten = (text: string) => string;

export function shortenNames(report: Report): Shorten {
  const names = new Set<string>();
  for (const scope of report.scopes) names.add(scope.name);
  for (const task of report.tasks) names.add(nameIn(task.label));
  for (const finding of report.findings) for (const name of namesOf(finding)) names.add(name);
  return shortenAll(names);
}

/** The same for a finding by itself. */
export function shortenNamesIn(finding: Finding): Shorten {
  return shortenAll(new Set(namesOf(finding)));
}

function shortenAll(names: ReadonlySet<string>): Shorten {
  // The longest first: one name may be a part of another.
  const long = [...names].filter((name) => name.length > LONGEST_NAME).sort((a, b) => b.length - a.length);
  return (text) => {
    if (text.length <= LONGEST_NAME) return text;
    return long.reduce((shorter, name) => shorter.replaceAll(name, () => clip(name, LONGEST_NAME)), text);
  };
}

function namesOf({ scope, task, expectedTask, places, test }: Finding): string[] {
  const tasks: TaskReference[] = [task, ...(expectedTask === undefined ? [] : [expectedTask]), ...places.map((at) => at.task)];
  return [
    scope?.name ?? '',
    test?.name ?? '',
    ...tasks.map(({ label }) => nameIn(label)),
    ...places.map(({ place }) => place?.function ?? ''),
  ];
}

/** `task "OBSERVATION"` has a name in it; other labels are names. */
function nameIn(label: string): string {
  return /^task "(.*)"$/s.exec(label)?.[1] ?? label;
}
