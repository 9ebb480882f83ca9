import type { Profile } from './profile.ts';

/**
 * A client that was checked out of a pool must go back: a pool without clients waits for ever.
 *
 * `release` is a new function for each checkout; all of them call the pool's `_release`, and only the
 * first call of each does. A second one throws by itself; a query of a client that went back does not,
 * and becomes part of whatever its next holder does.
 * https://github.com/brianc/node-postgres/blob/master/packages/pg-pool/index.js
 */
export const pg: Profile = {
  name: 'pg',
  format: 'commonjs',
  scopes: [
    {
      name: 'pg pooled client',
      package: 'pg-pool',
      enter: 'prototype.connect',
      carrier: 'result',
      exit: [{ method: 'prototype._release', carrier: 'argument 0' }],
      use: ['query'],
    },
  ],
};
