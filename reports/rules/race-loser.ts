import { capital } from '../describe/words.ts';
import type { Finding, FindingPlace } from '../finding.ts';
import type { ProgramTrace, Scope, Task } from '../model.ts';
import type { Loss } from '../races.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const raceLoser: Rule = {
  id: 'race-loser',
  family: 'leaks',
  severity: 'leak',
  title: 'a task lost a race and went on',
  undecidedNoun: 'tasks that lost a race',
  help: {
    what:
      'An async function was called for a `Promise.race` or a `Promise.any`, another member decided it, ' +
      'and when the grace period was over the loser was still at work: it was seen to run on, or it held ' +
      'a scope open. Nobody waited for it, then or later. Not reported: a loser that only waits and then ' +
      'ends, such as a timer or an event; a promise that somebody else waits for too, or that was there ' +
      'before the race; a loser that is raced or awaited again; one whose signal was aborted in time, ' +
      'and that only cleans up; what an installed package starts for itself. A loser that also outlived its scope is reported here and not by leaked-task.',
    why:
      'A race decides who is listened to. It stops nobody: the loser goes on with its requests, its ' +
      'timers and its open scopes, and its errors reach nobody.',
    cause:
      '`Promise.race([work(), timeout(100)])` as a time limit; `Promise.any` over several servers, of which ' +
      'one answer is enough.',
    remedy:
      'Give the work a signal, abort that when the race is decided, and wait until the work has ended. ' +
      '`AbortSignal.timeout` makes a time limit without a race.',
    bad: `await Promise.race([work(), timeout(100)]);`,
    good: `const stop = new AbortController();
const working = work({ signal: stop.signal });
try {
  await Promise.race([working, timeout(100)]);
} finally {
  stop.abort();
  await working.catch(() => {});
}`,
  },
  *check(trace, context) {
    for (const task of trace.tasks) {
      const loss = context.judged.loss(task);
      if (loss === undefined || isInside(task, context)) continue;
      if (loss.certain) yield reportLoss(task, loss, trace, context);
      else yield 'undecided';
    }
  },
};

/** Work that a loser has started, and that lost a race of its own, is part of that. */
function isInside(task: Task, { judged }: RuleContext): boolean {
  const { spawner } = task;
  const outer = spawner === undefined ? undefined : judged.loss(spawner);
  return outer?.certain === true;
}

function reportLoss(task: Task, loss: Loss, trace: ProgramTrace, context: RuleContext): Finding {
  const { describe } = context;
  const { race, holds } = loss;
  const name = `Promise.${race.how}`;
  const scope = holds[0];
  return describe.finding({
    rule: raceLoser,
    message: `${capital(describe.mention(task))} lost a ${name} and ${wentOn(task, loss, trace)}${holding(holds, task)}.`,
    advice:
      `A race stops nobody: abort a signal that ${describe.again(task)} listens to when the race is decided, ` +
      'and wait until it has ended.',
    task: describe.reference(task),
    expectedTask: describe.reference(race.task, race.certain),
    roles: { task: 'loser', expectedTask: 'raced by' },
    places: placesOf(task, loss, context),
    ...(scope === undefined ? {} : { scope }),
  });
}

function wentOn(task: Task, { race }: Loss, trace: ProgramTrace): string {
  if (task.ended !== undefined) return `went on for ${span(task.ended.atMs - race.atMs)} after it was decided`;
  const when = trace.ended === undefined ? 'the recording stopped' : 'the program ended';
  return `was still going on when ${when}, ${span(trace.lastAtMs - race.atMs)} after it was decided`;
}

function holding([scope, ...others]: readonly Scope[], task: Task): string {
  if (scope === undefined) return '';
  const more = others.length === 0 ? '' : ` and ${others.length} more ${others.length === 1 ? 'scope' : 'scopes'}`;
  const open = scope.exits.length === 0 && task.ended !== undefined ? 'left open' : 'held open';
  return `; scope "${scope.name}"${more} was ${open} meanwhile`;
}

function span(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}

function placesOf(task: Task, { race, holds }: Loss, { describe, places }: RuleContext): FindingPlace[] {
  const started = places.user([task.from, task.site].filter((site) => site !== undefined));
  const [scope] = holds;
  return [
    describe.place('started here', race.task, started),
    describe.event('raced here', race),
    ...(scope === undefined ? [] : [describe.event('scope entered here', scope.entered)]),
    ...describe.suspended(task),
  ];
}
