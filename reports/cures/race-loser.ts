/** A race with a time limit becomes a deadline: the loser is cancelled and waited for. */
import type { RuleCure } from './cure.ts';
import { raceAsDeadline } from './shapes/race-as-deadline.ts';

export const raceLoser: RuleCure = {
  general: {
    remedies: ['deadline'],
    before: `const rows = await Promise.race([query(sql), timeout(100)]);`,
    after: `const rows = await deadline(100, ({ signal }) => query(sql, { signal }));`,
  },
  rewrite: ({ spot }) => {
    const raced = spot('raced here');
    return raced === undefined ? undefined : raceAsDeadline(raced);
  },
};
