import type { Finding } from '../finding.ts';
import type { ContextUse, LeftContext } from '../fold/families/contexts.ts';
import type { ProgramTrace } from '../model.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { isUserCode } from '../sources.ts';

export const contextLeak: Rule = {
  id: 'context-leak',
  family: 'structure',
  // Whether the caller wanted the context to stay cannot be seen: it outlived its operation, that is certain.
  severity: 'leak',
  title: 'a call read the context of an earlier call of the same function',
  undecidedNoun: 'reads',
  standsAtOnce: true,
  help: {
    what:
      'An async function called `AsyncLocalStorage.enterWith` before its first `await`. That context is the ' +
      'context of its caller, too, and stayed there when the function had ended. The same function was then called ' +
      'again, by the same caller or from the same place in what the caller went on to do, as in a queue of jobs. This ' +
      'later call entered no context of its own, and what it read by `getStore` was the context of the earlier, ' +
      'finished call. A context that the caller, a hook or another function set on purpose is none of this: only two ' +
      'calls of one function are compared, one after the other, and not when the earlier one had looked for a context ' +
      'before it entered one.',
    why:
      'The later call works under the user, the request id, the transaction or the deadline of somebody else, and ' +
      'logs, queries and cancels in that name. Moving `enterWith` behind an `await` changes who sees it, so the ' +
      'code works by accident until somebody adds one.',
    cause:
      'The context is entered on one path through the function and not on another: only for requests with a user, ' +
      'only for jobs that are traced.',
    remedy:
      'Use `storage.run(store, fn)`, which ends with the function. Where `enterWith` must stay, call it on every ' +
      'path, also with `undefined`.',
    bad: `async function handle(job) {
  if (job.user) storage.enterWith({ user: job.user });
  await work(storage.getStore());
}
for (const job of jobs) await handle(job);`,
    good: `async function handle(job) {
  const context = job.user ? { user: job.user } : undefined;
  await storage.run(context, () => work(storage.getStore()));
}
for (const job of jobs) await handle(job);`,
  },
  *check(trace, context) {
    for (const left of trace.contexts) {
      if (!isEnteredByUser(left, context)) continue;
      for (const read of left.reads) {
        yield isSure(left, read, trace) ? report(left, read, context) : 'undecided';
      }
    }
  },
};

/** What installed code does with contexts is its own affair. */
function isEnteredByUser({ entered, fn }: LeftContext, { places }: RuleContext): boolean {
  return [entered.stack[0], fn].every((site) => {
    const place = places.of(site);
    return place !== undefined && isUserCode(place);
  });
}

function isSure({ entered }: LeftContext, read: ContextUse, trace: ProgramTrace): boolean {
  return entered.certain && read.certain && read.order <= (trace.losses.since ?? Number.POSITIVE_INFINITY);
}

function report({ entered, fn }: LeftContext, read: ContextUse, { describe, places }: RuleContext): Finding {
  const name = places.of(fn)?.function;
  const one = name === undefined ? 'an async function' : `\`${name}\``;
  const it = name === undefined ? 'the function' : `\`${name}\``;
  const isSame = read.task === entered.task;
  return describe.finding({
    rule: contextLeak,
    message: `A call of ${one} read the context of an earlier call of it, which had ended before this one began.`,
    advice: `Enter the context with \`run\` instead of \`enterWith\`, so that it ends with ${it}, or enter one on every path.`,
    task: describe.reference(read.task, read.certain),
    ...(isSame ? {} : { expectedTask: describe.reference(entered.task, entered.certain) }),
    roles: { task: 'read by', ...(isSame ? {} : { expectedTask: 'entered by' }) },
    places: [describe.event('context entered here', entered), describe.event('read by the later call here', read)],
    decidedMs: read.atMs,
  });
}
