import type { Finding } from '../finding.ts';
import type { Scope, ScopeEvent } from '../model.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { traitsOf } from '../scope-kinds.ts';

export const doubleExit: Rule = {
  id: 'double-exit',
  family: 'structure',
  severity: 'violation',
  title: 'a scope was exited more than once',
  undecidedNoun: 'exits',
  standsAtOnce: true,
  help: {
    what:
      'A scope that had been exited was exited again. When the first exit was a stranger\'s, the ' +
      'owner\'s own exit afterwards is not reported again.',
    why:
      'Two places believe that they own the clean-up. With a real resource behind the scope, the ' +
      'second exit closes something that may already belong to someone else.',
    cause:
      'A `finally` and an explicit `close()` both exit it, or an error path cleans up and then falls ' +
      'through to the ordinary path.',
    remedy: 'Give the exit one place. `withScope` or `using` is that place; remove the other one.',
    bad: `const scope = enterScope('upload');
try { await upload(); scope.exit(); }
finally { scope.exit(); }`,
    good: `await withScope('upload', () => upload());`,
  },
  *check(trace, context) {
    for (const scope of trace.scopes) {
      const [first, ...later] = scope.exits;
      if (first === undefined || later.length === 0 || !traitsOf(scope).once) continue;
      for (const again of later) {
        if (isOwnersLateExit(scope, again, context)) continue;
        yield reportAgain(scope, first, again, context);
      }
    }
  },
};

/** The owner did as it should; the stranger before it is the finding. */
function isOwnersLateExit(scope: Scope, again: ScopeEvent, { judged }: RuleContext): boolean {
  const first = judged.exit(scope);
  if (first !== 'stranger' && first !== 'undecided') return false;
  return scope.owners.some((owner) => owner.task === again.task);
}

function reportAgain(
  scope: Scope,
  first: ScopeEvent,
  again: ScopeEvent,
  { describe }: RuleContext,
): Finding {
  const same = first.task === again.task;
  const by = same ? 'the same task' : describe.mention(again.task);
  return describe.finding({
    rule: doubleExit,
    message:
      `Scope "${scope.name}" had been exited by ${describe.mention(first.task)} and was exited again ` +
      `by ${by}.`,
    advice: same
      ? `Exit "${scope.name}" in one place only, for example a \`finally\` or \`using\`.`
      : `Let ${describe.again(scope.entered.task)}, which entered "${scope.name}", be the only one to ` +
        'exit it.',
    task: describe.reference(again.task, again.certain),
    ...(same ? {} : { expectedTask: describe.reference(first.task, first.certain) }),
    roles: same ? { task: 'exited by' } : { task: 'again by', expectedTask: 'first by' },
    places: [
      ...describe.exit(scope, {
        here: 'first exited here',
        block: 'entered here, first exited at the end of its block',
      }),
      describe.event('exited again here', again),
    ],
    scope,
    decidedMs: again.atMs,
  });
}
