/** What several requests use gets a task of its own, which opens it and closes it. */
import type { RuleCure } from './cure.ts';
import { exitByOwner } from './shapes/exit-by-owner.ts';

export const crossTaskExit: RuleCure = {
  general: {
    remedies: ['trackCall'],
    before: `clients.set(user, await connect(user));      // opened by one request
// …
await clients.get(user).close();             // closed by another one`,
    after: `clients.set(user, trackCall('client', async ({ signal }) => {
  const client = await connect(user);
  try {
    await serve(client, { signal });         // until it is told to stop
  } finally {
    await client.close();                    // by the task that opened it
  }
}));
// …
clients.get(user).cancel();
await clients.get(user).safeToProceed();`,
  },
  rewrite: ({ spot, scope }) => {
    const [entered, exited] = [spot('entered here'), spot('exited here')];
    return entered === undefined || exited === undefined || scope === undefined ? undefined : exitByOwner(entered, exited, scope.name);
  },
};
