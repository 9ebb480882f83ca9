import { span } from '../cancellation/words.ts';
import { findSwallowed, type Swallowed } from '../cancellation/swallowed.ts';
import { capital } from '../describe/words.ts';
import type { Finding } from '../finding.ts';
import type { Rule, RuleContext } from '../rule.ts';
import type { Place } from '../sources.ts';

export const swallowedCancellation: Rule = {
  id: 'swallowed-cancellation',
  family: 'cancellation',
  severity: 'leak',
  title: 'a task was cancelled and tried again and again',
  undecidedNoun: 'cancellations that may have been swallowed',
  standsAtOnce: true,
  help: {
    what:
      'A task worked under a signal, the signal was aborted, and the task started the same thing under the ' +
      'same signal at least three more times, the last time after the grace period (`--abort-grace`). Not ' +
      'reported: clean-up after an abort, a loop that asks `signal.aborted` by itself, and whoever goes on ' +
      'with other work under another signal.',
    why:
      'An aborted signal stays aborted, so each attempt fails at once. The loop keeps the program busy, ' +
      'delays its end, and whoever cancelled waits for nothing.',
    cause:
      'A `catch` around the attempt takes the `AbortError` for a failure like any other: a loop that retries, ' +
      'or that goes on with the next item.',
    remedy: 'In the `catch`, throw the error again when the signal is aborted, or let the loop ask `signal.aborted`.',
    bad: `for (let attempt = 1; attempt <= 10; attempt++) {
  try {
    return await request(url, { signal });
  } catch {
    await delay(1000 * attempt);
  }
}`,
    good: `for (let attempt = 1; attempt <= 10; attempt++) {
  try {
    return await request(url, { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    await delay(1000 * attempt, { signal });
  }
}`,
  },
  *check(trace, context) {
    for (const swallowed of findSwallowed(trace, context.places, context)) {
      if (swallowed.certain) yield report(swallowed, context);
      else yield 'undecided';
    }
  },
};

function report({ abort, attempts, loop }: Swallowed, context: RuleContext): Finding {
  const { describe, places } = context;
  const [first, last] = [attempts[0], attempts.at(-1)];
  const name = describe.mention(loop.task);
  const holder = places.of(loop.site)?.function;
  const where = holder === undefined || name.endsWith(holder) ? '' : `, in ${holder}`;
  const reason = abort.reason === undefined ? '' : ` (${abort.reason})`;
  return describe.finding({
    rule: swallowedCancellation,
    message:
      `${capital(name)} was told that its signal had been aborted${reason}, and tried again at least ` +
      `${attempts.length} times${where}, the last time ${span((last?.atMs ?? 0) - abort.atMs)} after the abort.`,
    advice: `Let ${holder ?? 'the loop'} end when the signal is aborted: throw the error again in its \`catch\` if \`signal.aborted\`.`,
    task: describe.reference(loop.task),
    ...(abort.call === undefined ? {} : { expectedTask: describe.reference(abort.call.task, abort.call.certain) }),
    roles: { task: 'tried again', ...(abort.call === undefined ? {} : { expectedTask: 'aborted by' }) },
    places: [
      describe.place('tried again here', loop.task, placeIn(loop, first?.stack ?? [], context)),
      ...(abort.call === undefined || abort.stack.length === 0
        ? []
        : [describe.place('aborted here', abort.call.task, places.user(abort.stack))]),
    ],
  });
}

/** The frame of the loop itself, where the stack still shows it. */
function placeIn(loop: Swallowed['loop'], stack: Swallowed['attempts'][number]['stack'], { places }: RuleContext): Place | undefined {
  const body = places.of(loop.site);
  const frame = stack.map((site) => places.of(site)).find((place) => body !== undefined && place?.file === body.file && place.function === body.function);
  return frame ?? places.user(stack);
}
