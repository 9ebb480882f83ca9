/** A wait that may never end gets a deadline, whose signal ends it. */
import type { RuleCure } from './cure.ts';
import { waitAsDeadline } from './shapes/wait-as-deadline.ts';

export const vanishedTask: RuleCure = {
  general: {
    remedies: ['deadline'],
    before: `const [reply] = await once(socket, 'data');    // the socket closes instead`,
    after: `const [reply] = await deadline(5000, ({ signal }) => once(socket, 'data', { signal }));`,
  },
  rewrite: ({ spot }) => {
    const suspended = spot('suspended here');
    return suspended === undefined ? undefined : waitAsDeadline(suspended);
  },
};
