/** The timer of a race belongs to a deadline, which takes it with it. */
import type { RuleCure } from './cure.ts';
import { raceAsDeadline } from './shapes/race-as-deadline.ts';

export const leakedTimer: RuleCure = {
  general: {
    remedies: ['deadline'],
    before: `await Promise.race([work(), new Promise((_, reject) => setTimeout(reject, 30_000))]);`,
    after: `await deadline(30_000, ({ signal }) => work({ signal }));`,
  },
  rewrite: ({ spot }) => {
    const timer = spot('timer started here');
    return timer === undefined ? undefined : raceAsDeadline(timer);
  },
};
