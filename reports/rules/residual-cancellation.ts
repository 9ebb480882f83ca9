import { isArmedOnce } from '../armed-once.ts';
import { span } from '../cancellation/words.ts';
import { nameResource } from '../describe/resources.ts';
import { capital } from '../describe/words.ts';
import type { Finding } from '../finding.ts';
import type { Call } from '../fold/calls.ts';
import { findResiduals, type LateUse, type StaleAbort } from '../residual.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const residualCancellation: Rule = {
  id: 'residual-cancellation',
  family: 'cancellation',
  severity: 'violation',
  title: 'the cancellation of a finished operation hit another one',
  undecidedNoun: 'aborts',
  standsAtOnce: true,
  help: {
    what:
      'A call scheduled something that aborts a signal, worked under that signal and ended; then the ' +
      'abort came and hit a later run of the same function. Or: a task made a signal, aborted it and ' +
      'ended, and another task was given that signal for work of its own. Not reported: an overall ' +
      'deadline that somebody who still runs has set, one that the first call sets for all (`timer ??=`), ' +
      'a deadline set by a helper that made the signal, ' +
      'a signal that a program aborts to shut down, and a loop that notices the abort at its next step.',
    why:
      'An operation that did nothing wrong fails, with the reason of another one that succeeded long ' +
      'ago. It happens now and then, under load, and a pause between the two does not prevent it.',
    cause:
      'A timer that is not cleared when the operation is over, on a controller that serves several ' +
      'operations; a controller or a signal that is kept in a cache or a field after it was aborted.',
    remedy:
      'Make a controller for each operation, and tie longer ones in with `AbortSignal.any`. Clear the ' +
      'timer in a `finally`, or use `AbortSignal.timeout`, which belongs to one operation alone.',
    bad: `const controller = new AbortController();
async function call(url) {
  setTimeout(() => controller.abort(), 3000);
  return fetch(url, { signal: controller.signal });
}`,
    good: `async function call(url) {
  return fetch(url, { signal: AbortSignal.timeout(3000) });
}`,
  },
  *check(trace, context) {
    for (const residual of findResiduals(trace)) {
      if (residual === 'undecided') yield residual;
      else if (residual.kind === 'stale' && isArmedOnce(context.places, residual.trigger.from)) continue;
      else yield residual.kind === 'stale' ? reportStale(residual, context) : reportLate(residual, context);
    }
  },
};

function reportStale({ abort, trigger, earlier, hit, use }: StaleAbort, { describe, places }: RuleContext): Finding {
  const name = nameOf(earlier, places);
  const one = hit.task.origin === 'named' ? describe.mention(hit.task) : `a call of ${name}`;
  const other = earlier.task.origin === 'named' ? describe.mention(earlier.task) : `an earlier call of ${name}`;
  const what = trigger.task.origin === 'callback' ? `the ${nameResource(trigger.task.resource)}` : 'a background task';
  const before = span(abort.atMs - (earlier.endedAtMs ?? abort.atMs));
  return describe.finding({
    rule: residualCancellation,
    message:
      `${capital(one)} was aborted by ${what} of ${one === other ? 'an earlier run of it' : other}, ` +
      `which had finished ${before} before.`,
    advice:
      `Make a new AbortController in each call of ${name}, and stop what is to abort it before the call ends: ` +
      'clear the timer in a `finally`.',
    task: describe.reference(trigger.task),
    expectedTask: describe.reference(hit.task),
    roles: { task: 'aborted by', expectedTask: 'hit' },
    places: [
      describe.place('scheduled here', earlier.task, places.user([trigger.from, trigger.site].filter((site) => site !== undefined))),
      describe.place('aborted here', abort.call?.task ?? trigger.task, places.user(abort.stack)),
      describe.place('hit the call here', hit.task, places.user(hit.from === undefined ? (use?.stack ?? []) : [hit.from])),
    ],
  });
}

function reportLate({ abort, maker, use }: LateUse, { describe, places }: RuleContext): Finding {
  const one = describe.mention(use.call.task);
  const other = describe.mention(maker.task);
  const by = one === other ? 'an earlier run of it' : other;
  const aborter = abort.call ?? maker;
  const aborted = [...abort.stack, aborter.from, aborter.site].filter((site) => site !== undefined);
  return describe.finding({
    rule: residualCancellation,
    message:
      `${capital(one)} began to work under a signal that had been aborted ${span(use.atMs - abort.atMs)} before, ` +
      `for ${by}, which had ended.`,
    advice: 'Make a new AbortController for each operation: do not keep one beyond the operation that it was made for.',
    task: describe.reference(use.call.task),
    expectedTask: describe.reference(maker.task),
    roles: { task: 'used by', expectedTask: 'aborted for' },
    places: [
      describe.place('aborted here', aborter.task, places.user(aborted)),
      describe.place('used here', use.call.task, places.user(use.stack)),
    ],
  });
}

function nameOf(call: Call, places: RuleContext['places']): string {
  return places.of(call.site)?.function ?? 'the function';
}
