/** The timer of a race belongs to a deadline, which takes it with it. */
import type { RuleCure } from './cure.ts';
import { helperOfDeadline } from './shapes/helper-as-deadline.ts';
import { raceAsDeadline } from './shapes/race-as-deadline.ts';
import { timerInTry } from './shapes/timer-in-try.ts';

export const leakedTimer: RuleCure = {
  general: {
    remedies: ['deadline'],
    before: `await Promise.race([work(), new Promise((_, reject) => setTimeout(reject, 30_000))]);`,
    after: `await deadline(30_000, ({ signal }) => work({ signal }));`,
  },
  rewrite: ({ spot }) => {
    const [timer, interval] = [spot('timer started here'), spot('interval started here')];
    if (interval !== undefined) return timerInTry(interval);
    return timer === undefined ? undefined : raceAsDeadline(timer) ?? helperOfDeadline(timer);
  },
};
