import { wentOn } from '../cancellation/words.ts';
import { capital } from '../describe/words.ts';
import type { Finding, FindingPlace } from '../finding.ts';
import type { ProgramTrace, Task } from '../model.ts';
import type { CancelledScope, Rule, RuleContext, UnheardSignal } from '../rule.ts';

export const ignoredCancellation: Rule = {
  id: 'ignored-cancellation',
  family: 'cancellation',
  severity: 'leak',
  title: 'work went on after the cancellation of whoever started it',
  undecidedNoun: 'tasks that went on after a cancellation',
  help: {
    what:
      'A function worked under a signal, the signal was aborted, and the function obeyed and ended. A task ' +
      'that it had started never heard of the signal, nobody waited for it, and it still ran when the grace ' +
      'period after the abort (`--abort-grace`) was over, and began new steps. The same is said of a task that was started in a ' +
      'scope which was cancelled and exited. Not reported: a task that somebody waits for or that works ' +
      'under a signal of its own, one that a helper starts and that never ends, what an installed package ' +
      'starts, and an abort by the handler of an operating system\'s signal: a shutdown lets work finish.',
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
      const certain = task.certain && (ignored.by === 'scope' || ignored.starter.certain);
      if (!certain) yield 'undecided';
      else if (ignored.by === 'scope') yield reportScope(task, ignored, trace, context);
      else yield reportSignal(task, ignored, trace, context);
    }
  },
};

function reportScope(task: Task, { scope, cancel }: CancelledScope, trace: ProgramTrace, context: RuleContext): Finding {
  const { describe } = context;
  const spawner = task.spawner ?? scope.entered.task;
  return describe.finding({
    rule: ignoredCancellation,
    message:
      `${capital(describe.mention(task))} was started in scope "${scope.name}" and ${wentOn(task, cancel, trace)} ` +
      `after the scope had been cancelled${because(cancel.reason)}.`,
    advice:
      `Give ${describe.again(task)} a signal that is aborted when "${scope.name}" is cancelled, and wait for it ` +
      'before the scope exits.',
    task: describe.reference(task),
    expectedTask: describe.reference(spawner),
    roles: { task: 'went on', expectedTask: 'started by' },
    places: [startOf(task, spawner, context), describe.event('cancelled here', cancel), ...describe.suspended(task)],
    scope,
  });
}

function reportSignal(task: Task, { abort, starter }: UnheardSignal, trace: ProgramTrace, context: RuleContext): Finding {
  const { describe, places } = context;
  const caller = places.of(starter.site)?.function ?? describe.again(starter.task);
  const aborter = abort.call?.task ?? starter.task;
  return describe.finding({
    rule: ignoredCancellation,
    message:
      `${capital(describe.mention(task))} was started by ${caller}, which ended when its signal was aborted` +
      `${because(abort.reason)}, and ${wentOn(task, abort, trace)} after that: it had never been given the signal.`,
    advice: `Give ${describe.again(task)} the signal, and let ${caller} wait for it before it ends.`,
    task: describe.reference(task),
    expectedTask: describe.reference(starter.task, starter.certain),
    roles: { task: 'went on', expectedTask: 'started by' },
    places: [
      startOf(task, starter.task, context),
      ...(abort.stack.length === 0 ? [] : [describe.place('aborted here', aborter, places.user(abort.stack))]),
      ...describe.suspended(task),
    ],
  });
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : ` (${reason})`;
}

function startOf(task: Task, spawner: Task, { describe, places }: RuleContext): FindingPlace {
  const sites = [task.from, task.site].filter((site) => site !== undefined);
  return describe.place('started here', spawner, places.user(sites));
}
