/** What nobody waits for becomes a task of a group, which ends before the scope does. */
import type { ScopeKind } from '../../tracker/protocol.ts';
import type { Case, Cure, RuleCure } from './cure.ts';
import { membersInGroup } from './shapes/members-in-group.ts';
import { raceAsDeadline } from './shapes/race-as-deadline.ts';
import { taskInGroup } from './shapes/task-in-group.ts';

export const leakedTask: RuleCure = {
  general: {
    remedies: ['taskGroup'],
    before: `await withScope('request', async () => {
  void audit(request);
  return await answer(request);
});`,
    after: `await withScope('request', () => taskGroup(async ({ start }) => {
  start('audit', ({ signal }) => audit(request, { signal }));
  return await answer(request);              // the group ends when both have ended
}));`,
  },
  rewrite,
};

/** They end with a block, or at a line, of the program. */
const OWN: ReadonlySet<ScopeKind> = new Set(['explicit', 'stack', 'declared', 'test']);

function rewrite({ spot, edges, scope }: Case): Cure | undefined {
  const started = spot('started here');
  // Where it ends has to be known: a group that ends after it cures nothing.
  if (started === undefined || scope === undefined || !OWN.has(scope.kind) || scope.entered.stack.length === 0) return undefined;
  return raceAsDeadline(started) ?? membersInGroup(started, 'all') ?? membersInGroup(started, 'race') ?? taskInGroup(started, edges(started.code));
}
