/** What several requests use gets a task of its own, which opens it and closes it. */
import type { Case, Cure, RuleCure } from './cure.ts';
import { exitByOwner, isClosing } from './shapes/exit-by-owner.ts';

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
  rewrite,
};

/** Of each way to the scope: an exit inside a library of one's own is that of whoever calls it. */
const MOST_LINES = 6;

function rewrite({ spot, scope, ways }: Case): Cure | undefined {
  const [enteredHere, exitedHere] = [spot('entered here'), spot('exited here')];
  if (enteredHere === undefined || exitedHere === undefined || scope === undefined) return undefined;
  const inner = exitByOwner(enteredHere, exitedHere, scope.name);
  if (inner !== undefined) return inner;
  const { entered, exited } = ways();
  const closings = exited.slice(0, MOST_LINES).filter(isClosing);
  for (const opening of entered.slice(0, MOST_LINES)) {
    for (const closing of closings) {
      const cure = exitByOwner(opening, closing, scope.name);
      if (cure !== undefined) return cure;
    }
  }
  return undefined;
}
