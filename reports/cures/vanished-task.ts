/** A wait that may never end gets a deadline, whose signal ends it. */
import type { RuleCure } from './cure.ts';

export const vanishedTask: RuleCure = {
  general: {
    remedies: ['deadline'],
    before: `const [reply] = await once(socket, 'data');    // the socket closes instead`,
    after: `const [reply] = await deadline(5000, ({ signal }) => once(socket, 'data', { signal }));`,
  },
};
