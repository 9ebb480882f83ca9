import { span } from '../cancellation/words.ts';
import { capital } from '../describe/words.ts';
import type { Finding, FindingPlace } from '../finding.ts';
import type { ProgramTrace, Scope, Task } from '../model.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const leakedTask: Rule = {
  id: 'leaked-task',
  family: 'leaks',
  severity: 'leak',
  title: 'a task outlived the scope it was started in',
  undecidedNoun: 'tasks that outlived a scope',
  help: {
    what:
      'A task was started inside a scope, and it was still running when the grace period after the ' +
      'scope\'s exit was over, or when the program ended. Nobody waited for it. Not reported: a ' +
      'promise that somebody outside the scope waits for too, a scheduled callback, and work that an ' +
      'installed package starts for itself. A task whose scope, or whose ' +
      'starter\'s signal, was cancelled while it ran is `ignored-cancellation`.',
    why:
      'Whoever left the scope believes the work is over. It goes on with resources that are closed, ' +
      'its errors reach nobody, and it holds what it refers to.',
    cause:
      'A promise that nobody awaits; the loser of `Promise.race` against a timeout; work that was not ' +
      'given the signal of its scope.',
    remedy:
      'Wait for the task before the scope exits, or give it the signal of the scope, abort that, and ' +
      'wait until the task has ended. Racing against a timer does not stop the loser.',
    bad: `await withScope('request', async () => {
  await Promise.race([work(), timeout(100)]);
});`,
    good: `await withScope('request', async () => {
  await work({ signal: AbortSignal.timeout(100) });
});`,
  },
  *check(trace, context) {
    for (const task of trace.tasks) {
      const scope = context.judged.leak(task);
      if (scope === undefined || context.judged.ignored(task) !== undefined) continue;
      if (task.certain) yield reportLeak(task, scope, trace, context);
      else yield 'undecided';
    }
  },
};

function reportLeak(task: Task, scope: Scope, trace: ProgramTrace, context: RuleContext): Finding {
  const { describe } = context;
  const name = describe.mention(task);
  const spawner = task.spawner ?? scope.entered.task;
  return describe.finding({
    rule: leakedTask,
    message: `${capital(name)} was started in scope "${scope.name}" and ${outlived(task, scope, trace)}.`,
    advice:
      `Wait for ${describe.again(task)} before "${scope.name}" exits, or abort a signal that it ` +
      'listens to and wait until it has ended.',
    task: describe.reference(task),
    expectedTask: describe.reference(spawner),
    roles: { task: 'leaked', expectedTask: 'started by' },
    places: placesOf(task, scope, context),
    scope,
  });
}

function outlived(task: Task, scope: Scope, trace: ProgramTrace): string {
  const exit = scope.exits[0] ?? scope.entered;
  if (task.ended === undefined) {
    if (trace.ended === undefined) return 'was still running when the recording stopped';
    return 'was still running when the program ended';
  }
  return `went on for ${span(task.ended.atMs - exit.atMs)} after the scope had been exited`;
}

function placesOf(task: Task, scope: Scope, { describe, places }: RuleContext): FindingPlace[] {
  const spawner = task.spawner ?? scope.entered.task;
  const started = places.user([task.from, task.site].filter((site) => site !== undefined));
  return [
    describe.place('started here', spawner, started),
    ...describe.exit(scope, {
      here: 'scope exited here',
      block: 'scope entered here, exited at the end of its block',
    }),
    ...describe.suspended(task),
  ];
}
