/** A finding names its tasks again at each of its places: of a hundred thousand findings that is most of what they hold. */
import type { Finding, TaskReference } from '../finding.ts';

/** The same finding, in which references to a task that say the same are one object. */
export function shareTasks(finding: Finding): Finding {
  const { task, expectedTask, places } = finding;
  const known: TaskReference[] = [task];
  const shared = (one: TaskReference): TaskReference => {
    const same = known.find((other) => isSame(one, other));
    if (same === undefined) known.push(one);
    return same ?? one;
  };
  return {
    ...finding,
    ...(expectedTask === undefined ? {} : { expectedTask: shared(expectedTask) }),
    places: places.map((place) => ({ ...place, task: shared(place.task) })),
  };
}

function isSame(one: TaskReference, other: TaskReference): boolean {
  return one.id === other.id && one.label === other.label && one.certainty === other.certainty
    && one.path.length === other.path.length && one.path.every((step, at) => step === other.path[at]);
}
