import { wentOn } from '../cancellation.ts';
import { capital } from '../describe/words.ts';
import type { Finding } from '../finding.ts';
import type { ProgramTrace, Task } from '../model.ts';
import type { IgnoredCancel, Rule, RuleContext } from '../rule.ts';

export const ignoredCancellation: Rule = {
  id: 'ignored-cancellation',
  family: 'cancellation',
  severity: 'leak',
  title: 'work went on after the cancellation of whoever started it',
  undecidedNoun: 'tasks that went on after a cancellation',
  help: {
    what:
      'A task was started inside a scope, the scope was cancelled and exited, and the task still ran ' +
      'when the grace period after the cancellation (`--abort-grace`) was over. Nobody waited for it. ' +
      'Not reported: a task that somebody waits for, and work that an installed package starts for itself.',
    why:
      'Whoever cancelled believes that everything has stopped. The task goes on with data and connections ' +
      'that are no longer its own, and what it finds out reaches nobody.',
    cause: 'The task was started without the signal of its caller, or nobody tells it that the scope was cancelled.',
    remedy: 'Give the task the signal that its caller obeys, and wait for it before the caller ends.',
    bad: `async function exportAll(files, { signal }) {
  for (const file of files) {
    void upload(file);                // never hears of the signal
    await delay(100, { signal });
  }
}`,
    good: `async function exportAll(files, { signal }) {
  const uploads = [];
  try {
    for (const file of files) {
      uploads.push(upload(file, { signal }));
      await delay(100, { signal });
    }
  } finally {
    await Promise.allSettled(uploads);
  }
}`,
  },
  *check(trace, context) {
    for (const task of trace.tasks) {
      const ignored = context.judged.ignored(task);
      if (ignored === undefined) continue;
      if (task.certain) yield reportScope(task, ignored, trace, context);
      else yield 'undecided';
    }
  },
};

function reportScope(task: Task, { scope, cancel }: IgnoredCancel, trace: ProgramTrace, context: RuleContext): Finding {
  const { describe, places } = context;
  const spawner = task.spawner ?? scope.entered.task;
  const reason = cancel.reason === undefined ? '' : ` (${cancel.reason})`;
  return describe.finding({
    rule: ignoredCancellation,
    message:
      `${capital(describe.mention(task))} was started in scope "${scope.name}" and ${wentOn(task, cancel, trace)} ` +
      `after the scope had been cancelled${reason}.`,
    advice:
      `Give ${describe.again(task)} a signal that is aborted when "${scope.name}" is cancelled, and wait for it ` +
      'before the scope exits.',
    task: describe.reference(task),
    expectedTask: describe.reference(spawner),
    roles: { task: 'went on', expectedTask: 'started by' },
    places: [
      describe.place('started here', spawner, places.user([task.from, task.site].filter((site) => site !== undefined))),
      describe.event('cancelled here', cancel),
      ...describe.suspended(task),
    ],
    scope,
  });
}
