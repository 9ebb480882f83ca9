import type { Finding } from '../finding.ts';
import type { GeneratorLeaving } from '../fold/families/generators.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const abandonedGenerator: Rule = {
  id: 'abandoned-generator',
  family: 'structure',
  severity: 'leak',
  title: 'an async generator was left suspended with clean-up to do',
  undecidedNoun: 'abandoned generators',
  help: {
    what:
      'An async generator was advanced by hand, with `next()`, and then left: it was collected, or the ' +
      'program had nothing left to do, while it was suspended at a `yield` inside a `try` with a ' +
      '`finally`, behind a `using`, or with a scope open. Also a generator that was closed while a ' +
      '`next()` was pending which never ended: `return()` waits behind it. A violation when a scope ' +
      'was open. A generator without clean-up may be left anywhere, such as one that counts.',
    why:
      'The garbage collector runs no `finally`. What the body holds, a connection, a lock, a ' +
      'listener, stays, and nothing tells.',
    cause:
      'A single `await iterator.next()` for the first item, or a race of `next()` and a deadline, and ' +
      'no `return()` after it. `for await` closes the generator on every way out, `next()` does not.',
    remedy:
      'Take items with `for await` and `break`. Where `next()` is needed, put `return()` into a ' +
      '`finally`; and let the body take a signal, so that a pending `next()` ends when it is asked to.',
    bad: `const rows = query();                // closes its cursor in a finally
const { value } = await rows.next();
return value;`,
    good: `for await (const row of query()) return row;`,
  },
  *check(trace, context) {
    for (const generator of trace.generators.all) {
      const left = context.generators.left(generator);
      if (left !== undefined) yield report(left, context);
    }
  },
};

const ENDINGS = {
  collected: 'was collected while it was suspended at a `yield`',
  drained: 'was suspended at a `yield` when the program had nothing left to do',
  blocked: 'was closed while its `next()` was pending, which never ended',
} as const;

function report(left: GeneratorLeaving, { describe, places }: RuleContext): Finding {
  const { how, task, scopes } = left;
  const scope = scopes.at(-1);
  const undone = scope === undefined ? 'its clean-up never ran' : `scope "${scope.name}", which it had entered, was never exited`;
  return describe.finding({
    rule: { id: abandonedGenerator.id, severity: scope === undefined ? 'leak' : 'violation' },
    message: `An async generator that ${describe.mention(task)} advanced by hand ${ENDINGS[how]}: ${undone}.`,
    advice:
      how === 'blocked'
        ? 'Give the generator a signal that ends what it waits for: `return()` runs its clean-up only after the pending `next()`.'
        : 'Take its items with `for await`, which closes it on every way out, or call `return()` in a `finally`.',
    task: describe.reference(task, left.certain),
    roles: { task: 'advanced by' },
    places: [
      describe.place('advanced here', task, places.of(left.from)),
      describe.place('suspended here', task, places.of(left.at)),
      ...(scope === undefined ? [] : [describe.event('scope entered here', scope.entered)]),
    ],
    ...(scope === undefined ? {} : { scope }),
  });
}
