import { capital } from '../describe/words.ts';
import type { Finding } from '../finding.ts';
import type { GeneratorEvent } from '../fold/families/generators.ts';
import type { ProgramTrace, Scope } from '../model.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const yieldInScope: Rule = {
  id: 'yield-in-scope',
  family: 'structure',
  severity: 'violation',
  title: 'a scope was open at a `yield`, and another task went on from there',
  undecidedNoun: 'steps of generators',
  help: {
    what:
      'The body of an async generator entered a scope and yielded inside it, and a task that never ' +
      'owned the scope took the next step. One task that iterates from beginning to end is nothing ' +
      'wrong, nor is a task that had waited for the one before. A generator that is closed or left at ' +
      'such a `yield` is `cross-task-generator` or `abandoned-generator`, and an outer scope that is ' +
      'exited meanwhile is `misnested-exit`. With `--strict` every `yield` inside a scope is reported.',
    why:
      'A generator runs in the task that advances it, so the scope now encloses the work of two tasks ' +
      'and belongs to neither: cancelling it hits whoever is inside at that moment, and its exit runs ' +
      'in a task that did not enter it. Frameworks of structured concurrency forbid it.',
    cause:
      'One generator serves as a queue for several workers, and opens its connection or its ' +
      'transaction by itself, at the first item.',
    remedy:
      'Enter the scope outside, in the task that owns the iteration, and pass what it guards to the ' +
      'generator; or let one task iterate and hand the items out.',
    bad: `async function* jobs() {
  await using db = await connect();       // a scope of the first worker
  for (const id of await db.list()) yield id;
}
const queue = jobs();
await Promise.all([work(queue), work(queue)]);`,
    good: `await using db = await connect();
const queue = jobs(db);
await Promise.all([work(queue), work(queue)]);`,
  },
  *check(trace, context) {
    const reported = new Set<Scope>();
    for (const { advances } of trace.generators.all) {
      for (const event of advances) {
        for (const scope of event.scopes) {
          const verdict = reported.has(scope) ? 'allowed' : context.generators.going(event, scope);
          if (verdict === 'undecided') yield 'undecided';
          if (verdict !== 'stranger') continue;
          reported.add(scope);
          yield reportStranger(scope, event, trace, context);
        }
      }
    }
    if (!context.strict) return;
    for (const scope of trace.generators.yields.keys()) {
      if (scope.entered.certain && !reported.has(scope) && !context.generators.spokenFor.has(scope)) {
        yield reportYield(scope, trace, context);
      }
    }
  },
};

function reportStranger(scope: Scope, event: GeneratorEvent, trace: ProgramTrace, { describe, places }: RuleContext): Finding {
  const host = describe.mention(scope.entered.task);
  const other = describe.mention(event.task);
  return describe.finding({
    rule: yieldInScope,
    message:
      `An async generator yielded inside scope "${scope.name}", which it had entered for ${host}, and ` +
      `${other === host ? 'another run of it' : other} went on with it.`,
    advice:
      `Enter "${scope.name}" outside the generator, in the task that owns the iteration, or let ` +
      `${describe.again(scope.entered.task)} alone iterate and hand the items out.`,
    task: describe.reference(event.task, event.certain),
    expectedTask: describe.reference(scope.entered.task, scope.entered.certain),
    roles: { task: 'went on', expectedTask: 'entered by' },
    places: [
      describe.event('entered here', scope.entered),
      describe.place('yielded here', scope.entered.task, places.of(trace.generators.yields.get(scope)?.at)),
      describe.place('went on here', event.task, places.of(event.from)),
    ],
    scope,
  });
}

function reportYield(scope: Scope, trace: ProgramTrace, { describe, places }: RuleContext): Finding {
  const { task } = scope.entered;
  return describe.finding({
    rule: yieldInScope,
    message: `${capital(describe.mention(task))} iterated over an async generator that yields inside scope "${scope.name}" (strict).`,
    advice: `Enter "${scope.name}" outside the generator, around the loop.`,
    task: describe.reference(task, scope.entered.certain),
    roles: { task: 'entered by' },
    places: [
      describe.event('entered here', scope.entered),
      describe.place('yielded here', task, places.of(trace.generators.yields.get(scope)?.at)),
    ],
    scope,
  });
}
