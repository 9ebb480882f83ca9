/** A race with a time limit becomes a deadline: the loser is cancelled and waited for. */
import type { RuleCure } from './cure.ts';
import { helperAsDeadline } from './shapes/helper-as-deadline.ts';
import { membersInGroup } from './shapes/members-in-group.ts';
import { raceAsDeadline } from './shapes/race-as-deadline.ts';

export const raceLoser: RuleCure = {
  general: {
    remedies: ['deadline'],
    before: `const rows = await Promise.race([query(sql), timeout(100)]);`,
    after: `const rows = await deadline(100, ({ signal }) => query(sql, { signal }));`,
  },
  rewrite: ({ spot }) => {
    const [raced, started] = [spot('raced here'), spot('started here')];
    if (raced === undefined) return undefined;
    return raceAsDeadline(raced) ?? (started === undefined ? undefined : helperAsDeadline(started, raced)) ?? membersInGroup(raced, 'race');
  },
};
