/** What never heard of the signal becomes a task of a group that obeys it. */
import type { RuleCure } from './cure.ts';
import { raceAsDeadline } from './shapes/race-as-deadline.ts';
import { taskInGroup } from './shapes/task-in-group.ts';

export const ignoredCancellation: RuleCure = {
  general: {
    remedies: ['taskGroup'],
    before: `async function exportAll(files, { signal }) {
  for (const file of files) {
    void upload(file);
    await delay(100, undefined, { signal });
  }
}`,
    after: `async function exportAll(files, { signal }) {
  await taskGroup(async ({ start }) => {
    for (const file of files) {
      start('upload', ({ signal }) => upload(file, { signal }));
      await delay(100, undefined, { signal });
    }
  }, { signal });
}`,
  },
  rewrite: ({ spot, edges }) => {
    const started = spot('started here');
    return started === undefined ? undefined : raceAsDeadline(started) ?? taskInGroup(started, edges(started.code));
  },
};
