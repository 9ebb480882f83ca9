/** A generator that is advanced by hand is guarded, and closed at the end of the group. */
import type { RuleCure } from './cure.ts';
import { iteratorInGroup } from './shapes/iterator-in-group.ts';
import { standsAtYield } from './statements.ts';

export const abandonedGenerator: RuleCure = {
  general: {
    remedies: ['guardIterator', 'taskGroup'],
    before: `const rows = query();
const { value } = await rows.next();`,
    after: `const first = await taskGroup(async () => {
  const rows = guardIterator(query());      // closed at the end of the group
  const { value } = await rows.next();
  return value;
});`,
  },
  rewrite: ({ spot }) => {
    const advanced = spot('advanced here');
    const suspended = spot('suspended here');
    // One that was closed behind a `next()` that never ends cannot be closed by anybody.
    const isAtYield = suspended !== undefined && standsAtYield(suspended);
    return advanced === undefined || !isAtYield ? undefined : iteratorInGroup(advanced);
  },
};
