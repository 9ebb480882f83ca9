import type { Finding } from '../finding.ts';
import type { Scope } from '../model.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const unclosedScope: Rule = {
  id: 'unclosed-scope',
  family: 'structure',
  severity: 'violation',
  title: 'a scope was never exited and nobody is left to exit it',
  undecidedNoun: 'open scopes',
  help: {
    what:
      'A scope was entered and never exited, although the task that entered it, and every task that ' +
      'received it by waiting for an owner, has ended. A scope whose owner is still alive when the ' +
      'program ends is `unfinished-at-exit` instead.',
    why: 'The clean-up that the scope stands for never ran: a connection, a lock or a child process stays.',
    cause:
      'A return or an error between entering and exiting skips the exit, or the handle was put into a ' +
      'cache that is dropped without being closed.',
    remedy: 'Bind the exit to the block: `withScope`, `using`, or `try` with `finally`.',
    bad: `const scope = enterScope('import');
await importRows();      // throws: the exit is skipped
scope.exit();`,
    good: `await withScope('import', () => importRows());`,
  },
  *check(trace, context) {
    for (const scope of trace.scopes) {
      const fate = context.judged.fate(scope);
      if (fate === 'undecided') yield 'undecided';
      if (fate === 'unclosed') yield reportUnclosed(scope, context);
    }
  },
};

function reportUnclosed(scope: Scope, { describe, places }: RuleContext): Finding {
  const { entered } = scope;
  const last = scope.owners.at(-1)?.task ?? entered.task;
  const host = describe.mention(entered.task);
  const end = last.origin === 'main' ? 'the program ended' : `${describe.mention(last)} ended`;
  const passed = last === entered.task ? '' : `, passed to ${describe.mention(last)}`;
  return describe.finding({
    rule: unclosedScope,
    message: `Scope "${scope.name}" was entered by ${host}${passed} and never exited before ${end}.`,
    advice: scope.kind === 'declared'
      ? `Exit "${scope.name}" in a \`finally\`, so that every way out exits it.`
      : `Exit "${scope.name}" in a \`finally\`, or enter it with \`withScope\` or \`using\`, so that ` +
      'every way out exits it.',
    task: describe.reference(last, last === entered.task ? entered.certain : last.certain),
    ...(last === entered.task ? {} : { expectedTask: describe.reference(entered.task, entered.certain) }),
    roles: last === entered.task ? { task: 'entered by' } : { task: 'owned by', expectedTask: 'entered by' },
    places: [
      describe.event('entered here', entered),
      ...(last === entered.task || last.origin === 'main'
        ? []
        : [describe.place('last owner started here', last, places.of(last.from ?? last.site))]),
    ],
    scope,
  });
}
