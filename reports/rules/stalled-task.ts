import { describeWaiters, mentionHeld, placesOf, subjectOf, type WaiterWords } from '../describe/waiters.ts';
import type { Finding } from '../finding.ts';
import type { ProvedWait } from '../fold/families/dumps.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const stalledTask: Rule = {
  id: 'stalled-task',
  family: 'hangs',
  severity: 'leak',
  title: 'a task waited for something that nothing could settle',
  undecidedNoun: 'waits',
  undecidedBecause: 'other code may still end them, or they are loops without an end, which may be meant to wait for more',
  readsStack: true,
  help: {
    what:
      'A dump of the program (`--timeout`, `--hang-after`, Ctrl-C, `scope-trace dump`) has proved from its heap that nothing can settle what ' +
      'this task waits for: it has no resolving function, or no code that may still run reaches one. That is certain, however ' +
      'long it has waited. How long a task waits is no finding by itself: polling loops, workers without a job, servers and loops ' +
      'over events wait for as long as nothing comes. What only some other code can settle is told in the dump alone, but for a test of a ' +
      'test runner that has run for 5 s and has not ended when the time of the run is up (`--timeout`).',
    why: 'The task never ends: whoever waits for it hangs too, and its `finally` never runs.',
    cause:
      'A promise whose `resolve` was lost or is called on some paths only, an event that nobody emits, or whose emitter nobody ' +
      'uses any more, a request that was dropped without an answer.',
    remedy:
      'Settle the promise on every path. Give the wait an `AbortSignal` or a deadline that rejects it, so that the task ends and ' +
      'cleans up.',
    bad: `const server = createServer();
server.listen(0);
await once(server, 'listen');         // the event is called "listening"`,
    good: `const server = createServer();
server.listen(0);
await once(server, 'listening', { signal: AbortSignal.timeout(5000) });`,
  },
  *check(trace, context) {
    for (const wait of context.waits.stalled) yield report(wait, trace.dumps?.atMs ?? 0, context);
    for (const wait of context.waits.overdue) yield reportOverdue(wait, trace.dumps?.atMs ?? 0, context);
    for (let left = context.waits.undecided.stalled; left > 0; left--) yield 'undecided';
  },
};

function report(wait: ProvedWait, dumpedMs: number, context: RuleContext): Finding {
  const waiters = describeWaiters(wait, context);
  const [first] = waiters as [WaiterWords, ...WaiterWords[]];
  const { held } = wait;
  const what = held === undefined ? 'a promise that nothing could settle' : `${mentionHeld(held)}, which nothing could settle`;
  return context.describe.finding({
    rule: stalledTask,
    message: `${subjectOf(wait, waiters)} waited${sinceStart(wait, first, dumpedMs)} for ${what}.`,
    advice: `${adviceFor(wait)}, or give the wait a signal or a deadline that rejects it.`,
    task: first.reference,
    roles: { task: 'waits' },
    places: placesOf(wait, waiters),
    seenAtOnce: true,
  });
}

function reportOverdue(wait: ProvedWait, dumpedMs: number, context: RuleContext): Finding {
  const waiters = describeWaiters(wait, context);
  const [first] = waiters as [WaiterWords, ...WaiterWords[]];
  const { held, by } = wait;
  const only = by === undefined ? '' : `, which only ${withArticle(by)} could have settled`;
  return context.describe.finding({
    rule: stalledTask,
    message:
      `A test had not ended when the time of the run was up. ${subjectOf(wait, waiters)} waited${sinceStart(wait, first, dumpedMs)} for ` +
      `${held === undefined ? 'a promise' : mentionHeld(held)}${only}.`,
    advice: 'See that what it waits for comes, or give the wait a signal or a deadline that rejects it.',
    task: first.reference,
    roles: { task: 'waits' },
    places: placesOf(wait, waiters),
    seenAtOnce: true,
  });
}

/** `a pipe`, `an interval of 1 s`, `the event "ready" of EventEmitter`. */
function withArticle(what: string): string {
  if (!/^[a-z]/.test(what)) return what;
  return mentionHeld(what) === what ? `${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}` : mentionHeld(what);
}

/** The wait itself may have begun later. */
function sinceStart({ waiting }: ProvedWait, { waiter: { task } }: WaiterWords, dumpedMs: number): string {
  const startMs = task?.origin === 'main' ? undefined : task?.started?.atMs;
  if (waiting > 1 || startMs === undefined || dumpedMs < startMs) return '';
  return `, ${((dumpedMs - startMs) / 1000).toFixed(1)} s after its start,`;
}

function adviceFor({ held, heldBy }: ProvedWait): string {
  if (heldBy === 'event') return 'Wait for an event that is emitted by then at the latest';
  return held === undefined ? 'Settle that promise on every path' : 'Let somebody who still runs settle it on every path';
}
