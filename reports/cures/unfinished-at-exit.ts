/** A background task belongs to a group, which is cancelled before the program ends. */
import type { RuleCure } from './cure.ts';

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
};
