import type { Profile } from './profile.ts';

/**
 * A session that is started must be ended: the server keeps it, and a transaction in it keeps its
 * locks. Ending it twice changes nothing.
 */
export const mongodb: Profile = {
  name: 'mongodb',
  format: 'commonjs',
  scopes: [
    {
      name: 'mongodb session',
      package: 'mongodb',
      enter: 'MongoClient.prototype.startSession',
      carrier: 'result',
      exit: ['ClientSession.prototype.endSession'],
      expect: { once: false },
    },
  ],
};
