import { span } from '../cancellation/words.ts';
import type { Finding } from '../finding.ts';
import { forgotten, leftBehind, type LeftBehind } from '../left-behind.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const leakedTimer: Rule = {
  id: 'leaked-timer',
  family: 'leaks',
  severity: 'leak',
  title: 'a timer was left armed when its scope was exited',
  undecidedNoun: 'timers that outlived a scope',
  help: {
    what:
      'A timer was started inside a scope and was still armed when the grace period after the ' +
      'scope\'s exit was over. Reported are the timer of a promise that lost a `Promise.race` or ' +
      '`Promise.any`, and an interval that the scope\'s own function started and nobody ever cleared. ' +
      'Not reported: other timers, which may be a debounce, an expiry or a retry on purpose; what was ' +
      'unref\'d; what installed packages and Node start for themselves; an interval that was cleared ' +
      'later, or that runs since the program\'s start.',
    why:
      'The timer keeps the program alive and holds what its callback refers to. When it comes due, it ' +
      'acts on behalf of an operation that is long over: it may abort the next one.',
    cause:
      '`Promise.race` against a timeout does not stop the timer of the timeout when the work wins. An ' +
      'early return or an error skips `clearInterval`.',
    remedy:
      'Clear the timer in a `finally`. Instead of racing, give the work `AbortSignal.timeout(ms)`, or ' +
      'give the `setTimeout` of `node:timers/promises` a signal and abort that.',
    bad: `await withScope('request', async () => {
  await Promise.race([work(), new Promise((_, reject) => setTimeout(reject, 30_000))]);
});`,
    good: `await withScope('request', async () => {
  const late = Promise.withResolvers();
  const timer = setTimeout(late.reject, 30_000);
  try {
    await Promise.race([work(), late.promise]);
  } finally {
    clearTimeout(timer);
  }
});`,
  },
  *check(trace, context) {
    const left = [...leftBehind(trace, context)];
    const raced = left.filter(({ handle }) => handle.type === 'timer' && handle.lostRace);
    const intervals = forgotten(trace, left).filter(({ handle }) => handle.type === 'interval');
    for (const one of [...raced, ...intervals]) {
      if (one.handle.certain && trace.losses.since === undefined) yield reportTimer(one, context);
      else yield 'undecided';
    }
  },
};

function reportTimer({ handle, scope, pastMs }: LeftBehind, { describe, places }: RuleContext): Finding {
  const interval = handle.type === 'interval';
  return describe.finding({
    rule: leakedTimer,
    message: interval
      ? `An interval was started in scope "${scope.name}" and never cleared: it still ran ${span(pastMs)} after the scope had been exited.`
      : `A timer was started in scope "${scope.name}" for a race that was decided without it, and it ` +
        `${handle.closed?.how === 'fired' ? 'came due' : 'was still armed'} ${span(pastMs)} after the scope had been exited.`,
    advice: interval
      ? `Clear the interval in a \`finally\` before "${scope.name}" exits.`
      : 'Clear the timer in a `finally` once the race is decided, or give the work `AbortSignal.timeout` instead of racing it.',
    task: describe.reference(handle.task),
    roles: { task: 'started by' },
    places: [
      describe.place(interval ? 'interval started here' : 'timer started here', handle.task, places.user(handle.stack)),
      ...describe.exit(scope, {
        here: 'scope exited here',
        block: 'scope entered here, exited at the end of its block',
      }),
    ],
    scope,
  });
}
