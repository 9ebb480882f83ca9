/** Which test of a test runner something belongs to. */
import type { TestReference } from '../finding.ts';
import type { SeenTest } from '../fold/families/tests.ts';
import type { ProgramTrace, Scope, Task } from '../model.ts';
import type { Places } from '../sources.ts';

/** Chains of scopes and of spawners are walked this far. */
const FAR = 1000;

/** Between the titles of suites and tests. */
const BETWEEN = ' › ';

function refer({ titles, file, id }: SeenTest, places: Places): TestReference {
  return {
    name: titles.join(BETWEEN),
    ...(file === undefined ? {} : { file: places.nameFile(file) }),
    ...(id === undefined ? {} : { id }),
  };
}

export function createTests(trace: ProgramTrace, places: Places): (scope: Scope | undefined, tasks: readonly (Task | undefined)[]) => TestReference | undefined {
  const { tests } = trace;
  const around = (scope: Scope | undefined): TestReference | undefined => {
    let at = scope;
    for (let steps = 0; at !== undefined && steps < FAR; at = at.parent, steps++) {
      const test = at.kind === 'test' ? tests.get(at.id) : undefined;
      if (test !== undefined) return refer(test, places);
    }
    return undefined;
  };
  const of = (task: Task | undefined): TestReference | undefined => {
    let at = task;
    for (let steps = 0; at !== undefined && steps < FAR; at = at.spawner, steps++) {
      const found = around(at.scope);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return (scope, tasks) => {
    if (tests.size === 0) return undefined;
    const found = around(scope);
    if (found !== undefined) return found;
    for (const task of tasks) {
      const its = of(task);
      if (its !== undefined) return its;
    }
    return undefined;
  };
}
