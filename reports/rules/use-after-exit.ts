import type { Finding } from '../finding.ts';
import type { Scope, ScopeEvent, ScopeUse } from '../model.ts';
import { isBySignal } from '../handed-on.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const useAfterExit: Rule = {
  id: 'use-after-exit',
  family: 'structure',
  severity: 'violation',
  title: 'a scope was used after its exit',
  undecidedNoun: 'uses',
  standsAtOnce: true,
  help: {
    what:
      'Something that a scope guards was run, cancelled or used after the scope had been exited. Of an ' +
      'HTTP request: its body was set after the response had been sent, by a call that nobody waits for.',
    why:
      'What the scope held is gone or already serves somebody else. A cancellation that comes too ' +
      'late hits the next operation instead of the finished one.',
    cause:
      'A timer, an event handler or a background task kept a reference to the scope beyond its end, ' +
      'or a cached client was used after it had been closed; a middleware calls `next()` without `await`.',
    remedy:
      'Stop whatever still refers to the scope before you exit it: clear the timer, remove the ' +
      'listener, wait for the background task.',
    bad: `const scope = enterScope('call 1');
setTimeout(() => scope.cancel('timeout'), 1000);
await call();
scope.exit();`,
    good: `const scope = enterScope('call 1');
const timer = setTimeout(() => scope.cancel('timeout'), 1000);
try { await call(); }
finally { clearTimeout(timer); scope.exit(); }`,
  },
  *check(trace, context) {
    for (const scope of trace.scopes) {
      const exit = scope.exits[0];
      if (exit === undefined) continue;
      // Who ends a program closes under everybody's feet, and their errors go down with it.
      if (scope.kind === 'declared' && isBySignal(exit.task)) continue;
      for (const use of scope.uses) {
        if (use.order < exit.order) continue;
        if (scope.kind !== 'request') yield reportUse(scope, exit, use, context);
        else if (isAbandoned(use)) yield reportLateAnswer(scope, use, context);
      }
    }
  },
};

function reportUse(
  scope: Scope,
  exit: ScopeEvent,
  use: ScopeUse,
  { describe }: RuleContext,
): Finding {
  const user = describe.mention(use.task);
  const closer = describe.mention(exit.task);
  const by = use.task === exit.task ? 'the same task' : closer;
  return describe.finding({
    rule: useAfterExit,
    message: `Scope "${scope.name}" was used (${use.use}) by ${user} after ${by} had exited it.`,
    advice:
      use.task === exit.task
        ? `Move the use before the exit of "${scope.name}", or enter a new scope for it.`
        : `Before ${closer} exits "${scope.name}", stop ${describe.again(use.task)} and wait until it has ended.`,
    task: describe.reference(use.task, use.certain),
    ...(use.task === exit.task ? {} : { expectedTask: describe.reference(exit.task, exit.certain) }),
    roles: { task: 'used by', ...(use.task === exit.task ? {} : { expectedTask: 'exited by' }) },
    places: [
      ...describe.exit(scope, { here: 'exited here', block: 'entered here, exited at the end of its block' }),
      describe.event('used here', use),
    ],
    scope,
    decidedMs: use.atMs,
  });
}

/** Work that nobody waits for, and no loser of a time limit: that was meant to be too late. */
function isAbandoned({ task, certain }: ScopeUse): boolean {
  return certain && task.certain && task.origin === 'async' && task.joins.length === 0 && task.observers.length === 0;
}

function reportLateAnswer(scope: Scope, use: ScopeUse, { describe }: RuleContext): Finding {
  const late = describe.mention(use.task);
  return describe.finding({
    rule: useAfterExit,
    message: `The response to "${scope.name}" had been sent when ${late} set its ${use.use}, which is lost: nobody waited for it.`,
    advice: `Wait for ${describe.again(use.task)} before the response is sent, as with \`await next()\` in every middleware.`,
    task: describe.reference(use.task, use.certain),
    roles: { task: 'set by' },
    places: [describe.event(`${use.use} set here`, use)],
    scope,
  });
}
