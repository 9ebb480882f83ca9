/** A background task belongs to a group, which is cancelled before the program ends. */
import type { RuleCure } from './cure.ts';
import { taskUntilEnd } from './shapes/task-until-end.ts';
import { waitAsDeadline } from './shapes/wait-as-deadline.ts';

export const unfinishedAtExit: RuleCure = {
  general: {
    remedies: ['taskGroup'],
    before: `void poll();
await main();
process.exit(0);`,
    after: `await taskGroup(async ({ start, cancel }) => {
  start('poll', ({ signal }) => poll({ signal }));
  await main();
  cancel();                                  // the group ends when poll has cleaned up
});`,
  },
  rewrite: ({ spot, started }) => {
    const suspended = spot('suspended here');
    return (suspended === undefined ? undefined : waitAsDeadline(suspended)) ?? (started === undefined ? undefined : taskUntilEnd(started));
  },
};
