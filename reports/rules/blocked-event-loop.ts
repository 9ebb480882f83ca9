import { findStandstill, findVictim, lengthOf } from '../stalls.ts';
import type { Rule } from '../rule.ts';

export const blockedEventLoop: Rule = {
  id: 'blocked-event-loop',
  family: 'hangs',
  severity: 'leak',
  title: 'synchronous code kept the event loop from turning while somebody waited',
  undecidedNoun: 'blocked loops',
  readsStack: true,
  standsAtOnce: true,
  help: {
    what:
      'One synchronous stretch of code ran for so long that something else had to wait for it for longer than ' +
      '`--block-after`: a timer that was due, a connection to one of the program\'s servers; or it had not ended when ' +
      'somebody ended the program. Computing for long is no finding by itself: where nobody waits, as in a ' +
      'compiler, a linter or a script, nothing is reported.',
    why:
      'Node runs all JavaScript of a program on one thread. While it computes, no request is answered, no deadline ' +
      'fires, no signal\'s handler runs and no health check succeeds.',
    cause:
      'An endless loop, a regular expression that backtracks without end, a large `JSON.parse` or sort, ' +
      '`Atomics.wait`, or a synchronous call such as `execSync` or `readFileSync` in a server.',
    remedy:
      'Move the work to a worker thread or another process, split it with `await setImmediate()` of ' +
      '`node:timers/promises`, or use the asynchronous function.',
    bad: `server.on('request', (request, response) => {
  response.end(render(readFileSync(report)));      // everybody else waits
});`,
    good: `server.on('request', async (request, response) => {
  response.end(await pool.run({ render: report }));
});`,
  },
  *check(trace, context) {
    for (const stall of trace.hangs.stalls) {
      const victim = stall.fresh ? undefined : findVictim(stall, trace, context);
      const standstill = victim && findStandstill(stall, context);
      if (victim === undefined || standstill === undefined) continue;
      const { name, inside, places } = standstill;
      const within = inside === undefined ? '' : ` in \`${inside}\``;
      yield context.describe.finding({
        rule: blockedEventLoop,
        message: `${name.replace(/^the /, 'The ')} kept the event loop from turning for ${lengthOf(stall, trace)}${within}, and ${victim.text}.`,
        advice: adviceFor(inside),
        task: context.describe.reference(stall.task, stall.certain),
        roles: { task: 'ran' },
        places: [...places, ...victim.places],
      });
    }
  },
};

function adviceFor(inside = ''): string {
  if (inside.endsWith('Sync')) return `Use the asynchronous form of \`${inside}\`, or call it in a worker thread.`;
  if (inside.startsWith('RegExp.')) return 'Write that regular expression without nested repetition, or bound the length of what it is given.';
  if (inside === 'Atomics.wait') return 'Use `Atomics.waitAsync`, or wait in a worker thread.';
  return 'Move that work to a worker thread, or let the loop turn in between with `await setImmediate()`.';
}
