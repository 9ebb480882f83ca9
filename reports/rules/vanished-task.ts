import { capital } from '../describe/words.ts';
import type { Finding } from '../finding.ts';
import type { Scope, Task } from '../model.ts';
import { isUserCode } from '../sources.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const vanishedTask: Rule = {
  id: 'vanished-task',
  family: 'leaks',
  severity: 'leak',
  title: 'a task was collected while it was suspended',
  undecidedNoun: 'collected tasks',
  standsAtOnce: true,
  help: {
    what:
      'The garbage collector took a task that was suspended at an `await`. Nothing in the program ' +
      'could have settled what it waited for.',
    why:
      'Its `finally` blocks can never run, and the scopes that it holds can never be exited by it. ' +
      'It raises no error and leaves nothing behind to look at.',
    cause:
      'A promise whose `resolve` was lost: an event that never comes, an emitter that was dropped, an ' +
      'aborted operation that neither resolves nor rejects.',
    remedy:
      'Settle the promise on every path. Give the wait an `AbortSignal` or a deadline that rejects ' +
      'it, so that the task ends and cleans up.',
    bad: `await withScope('reply', () => new Promise((resolve) => {
  socket.once('data', resolve);      // the socket closes instead
}));`,
    good: `await withScope('reply', () => once(socket, 'data', {
  signal: AbortSignal.timeout(5000),
}));`,
  },
  *check(trace, context) {
    const held = heldByVanished(trace.scopes);
    for (const task of trace.tasks) {
      if (task.vanished === undefined || !isReported(task, context)) continue;
      if (task.certain) yield reportVanished(task, held.get(task), context);
      else yield 'undecided';
    }
  },
};

function isReported(task: Task, { places, waits }: RuleContext): boolean {
  if (waits.spokenFor.has(task) || task.origin === 'main' || task.origin === 'callback') return false;
  return [places.of(task.site), places.of(task.from)].some(
    (place) => place !== undefined && isUserCode(place),
  );
}

/** The innermost open scope of each vanished task. */
function heldByVanished(scopes: readonly Scope[]): Map<Task, Scope> {
  const held = new Map<Task, Scope>();
  for (const scope of scopes) {
    const { task } = scope.entered;
    if (task.vanished !== undefined && scope.exits.length === 0) held.set(task, scope);
  }
  return held;
}

function reportVanished(task: Task, scope: Scope | undefined, context: RuleContext): Finding {
  const { describe, places } = context;
  const name = describe.mention(task);
  const inside = scope === undefined ? '' : ` inside scope "${scope.name}"`;
  const started = places.user([task.from, task.site].filter((site) => site !== undefined));
  return describe.finding({
    rule: vanishedTask,
    message:
      `${capital(name)} was suspended${inside} on something that nothing could settle, and was ` +
      'collected: its `finally` can never run.',
    advice:
      `Settle what ${describe.again(task)} waits for on every path, or give the wait a signal or a ` +
      'deadline that rejects it.',
    task: describe.reference(task),
    roles: { task: 'vanished' },
    places: [
      describe.place('started here', task.spawner ?? task, started),
      ...describe.suspended(task),
      ...(scope === undefined ? [] : [describe.event('scope entered here', scope.entered)]),
    ],
    ...(scope === undefined ? {} : { scope }),
  });
}
