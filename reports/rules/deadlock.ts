import { describeWaiters, mentionHeld, placesOf, subjectOf, type WaiterWords } from '../describe/waiters.ts';
import { capital, count } from '../describe/words.ts';
import type { Finding, FindingPlace } from '../finding.ts';
import type { ProvedWait } from '../fold/families/dumps.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const deadlock: Rule = {
  id: 'deadlock',
  family: 'hangs',
  severity: 'violation',
  title: 'tasks waited for each other, or for what only they themselves could do',
  undecidedNoun: 'waits for each other',
  undecidedBecause: 'they are loops without an end, which may be meant to wait for their next job',
  readsStack: true,
  help: {
    what:
      'A dump of the program (`--timeout`, `--hang-after`, Ctrl-C, `scope-trace dump`) has proved from its heap that these tasks can ' +
      'never go on: whoever could settle what they wait for waits for it too, directly or over others, and no code that may ' +
      'still run reaches it. That is certain. Two tasks that running code could still tell apart are no finding.',
    why: 'They wait for ever, and so does everybody who waits for them. No error is raised, and no timer runs out.',
    cause:
      'Two locks taken in opposite order, a pool whose holders all wait for one more connection, a semaphore that a finished ' +
      'task did not release, a job that waits for another job of its own queue, an async function that awaits its own promise.',
    remedy:
      'Take locks in one order everywhere. Take all that is needed at once, before work begins. Release in a `finally`. Do not wait ' +
      'for a queue from inside its jobs.',
    bad: `async function transfer(from, to) {
  const one = await from.lock();
  const two = await to.lock();        // another transfer holds it and waits for ours
  ...
}`,
    good: `async function transfer(from, to) {
  const [first, second] = [from, to].sort((a, b) => a.id - b.id);
  const one = await first.lock();
  const two = await second.lock();
  ...
}`,
  },
  *check(_trace, context) {
    for (const wait of context.waits.deadlocks) {
      yield wait.circular && wait.waiters.length > 0 ? reportCircle(wait, context) : reportCrowd(wait, context);
    }
    for (let left = context.waits.undecided.deadlocks; left > 0; left--) yield 'undecided';
  },
};

const MOST_TOLD = 4;

function reportCircle(wait: ProvedWait, context: RuleContext): Finding {
  const members = describeWaiters(wait, context);
  const [first, second] = members as [WaiterWords, ...WaiterWords[]];
  const locks = members.some(({ waiter }) => waiter.held !== undefined);
  return context.describe.finding({
    rule: deadlock,
    message: `${tellCircle(members)}.`,
    advice:
      second === undefined
        ? 'Do not await, inside an async function, the promise of that very call.'
        : locks
          ? 'Take these in the same order everywhere, or give back what is held before waiting for the next.'
          : 'Do not let tasks wait for each other\'s end: hand over a value, or let one of them go on without waiting.',
    task: first.reference,
    ...(second === undefined ? {} : { expectedTask: second.reference }),
    roles: second === undefined ? { task: 'waits' } : { task: 'waits', expectedTask: 'for' },
    places: placesOfCircle(members),
    seenAtOnce: true,
  });
}

function tellCircle(members: readonly WaiterWords[]): string {
  const [first] = members;
  if (members.length === 1) return `${capital(first?.mention ?? 'a task')} waited for its own end`;
  const clauses = members.map(({ mention, waiter: { held } }, at) => {
    const next = members[(at + 1) % members.length]?.mention ?? 'another';
    const alike = next === mention;
    const who = alike ? 'each' : mention;
    const whom = alike ? (members.length === 2 ? 'the other' : 'the next') : next;
    return held === undefined ? `${who} for the end of ${whom}` : `${who} for ${mentionHeld(held)}, which only ${whom} could release`;
  });
  const different = [...new Set(clauses)];
  const rest = different.length > MOST_TOLD ? '; and so on' : '';
  return `${count(members.length, 'task')} waited for each other: ${different.slice(0, MOST_TOLD).join('; ')}${rest}`;
}

function placesOfCircle(members: readonly WaiterWords[]): FindingPlace[] {
  const lines = new Map(members.map((each) => [`${each.place?.file}:${each.place?.line}:${each.place?.column} ${each.waiter.held}`, each]));
  return [...lines.values()].slice(0, MOST_TOLD).map(({ reference, place, waiter: { held } }) => ({
    label: held === undefined ? (members.length === 1 ? 'awaits itself here' : 'waits here for the next') : `waits here for ${mentionHeld(held)}`,
    task: reference,
    ...(place === undefined ? {} : { place }),
  }));
}

function reportCrowd(wait: ProvedWait, context: RuleContext): Finding {
  const waiters = describeWaiters(wait, context);
  const [first] = waiters as [WaiterWords, ...WaiterWords[]];
  const who = wait.waiting === 1 ? 'itself' : 'those that waited';
  return context.describe.finding({
    rule: deadlock,
    message: `${subjectOf(wait, waiters)} waited for ${mentionHeld(wait.held ?? 'something')}, which nobody but ${who} could release.`,
    advice: 'Release in a `finally` whatever was taken, and do not wait for more of the same, or for the own queue, while holding it.',
    task: first.reference,
    roles: { task: 'waits' },
    places: placesOf(wait, waiters),
    seenAtOnce: true,
  });
}
