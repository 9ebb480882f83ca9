/** What a call enters ends with it when it is isolated. */
import type { RuleCure } from './cure.ts';
import { bodyIsolated } from './shapes/body-isolated.ts';

export const contextLeak: RuleCure = {
  general: {
    remedies: ['isolate'],
    before: `for (const job of jobs) await handle(job);   // enters the context of its user, if it has one`,
    after: `for (const job of jobs) await isolate('job', () => handle(job));   // the context ends with it`,
  },
  rewrite: ({ spot }) => {
    const entered = spot('context entered here');
    return entered === undefined ? undefined : bodyIsolated(entered);
  },
};
