import { findStandstill, findVictim, lengthOf } from '../stalls.ts';
import type { Rule } from '../rule.ts';

export const microtaskStarvation: Rule = {
  id: 'microtask-starvation',
  family: 'hangs',
  severity: 'leak',
  title: 'promises and ticks kept the event loop from turning while somebody waited',
  undecidedNoun: 'starved loops',
  readsStack: true,
  standsAtOnce: true,
  help: {
    what:
      'Code went on through promises, `queueMicrotask` or `process.nextTick` for so long that something else had to ' +
      'wait for it for longer than `--block-after`: a timer that was due, a connection to one of the program\'s ' +
      'servers; or it had not ended when somebody ended the program.',
    why:
      'The event loop turns only when no microtask and no tick is left. An `await` of something that is settled ' +
      'already gives way to other microtasks, and to nothing else: timers, requests and signals wait for ever.',
    cause:
      'A loop that waits for values that are there already: retrying a call that fails at once, polling a flag with ' +
      '`await null`, a recursive `nextTick`, a queue that is filled as fast as it is emptied.',
    remedy:
      'Wait for something that lets the loop turn: `await setImmediate()` or `await setTimeout(ms)` of ' +
      '`node:timers/promises` between the attempts, or the event itself.',
    bad: `while (!ready) {
  await check();                  // returns at once: no timer ever runs
}`,
    good: `while (!ready) {
  await check();
  await setTimeout(100, undefined, { signal });
}`,
  },
  *check(trace, context) {
    for (const stall of trace.hangs.stalls) {
      const victim = stall.fresh ? findVictim(stall, trace, context) : undefined;
      const standstill = victim && findStandstill(stall, context);
      if (victim === undefined || standstill === undefined) continue;
      yield context.describe.finding({
        rule: microtaskStarvation,
        message:
          `Promises and ticks kept the event loop from turning for ${lengthOf(stall, trace)}, again and again in ` +
          `${standstill.name}, and ${victim.text}.`,
        advice: 'Let the loop turn in between with `await setImmediate()`, or wait for the event instead of asking again.',
        task: context.describe.reference(stall.task, stall.certain),
        roles: { task: 'ran' },
        places: [...standstill.places, ...victim.places],
      });
    }
  },
};
