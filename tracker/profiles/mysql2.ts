import type { Profile } from './profile.ts';

/**
 * A connection that was taken from a pool must go back: a pool without connections waits for ever.
 *
 * A connection that is destroyed after an error and then released, too, is ordinary code.
 */
export const mysql2: Profile = {
  name: 'mysql2',
  format: 'commonjs',
  scopes: [
    {
      name: 'mysql2 pooled connection',
      package: 'mysql2',
      enter: 'prototype.getConnection',
      carrier: 'result',
      exit: ['prototype.release', 'prototype.destroy', { method: 'prototype.releaseConnection', carrier: 'argument 0' }],
      use: ['query', 'execute', 'beginTransaction', 'commit', 'rollback'],
      expect: { once: false },
    },
  ],
};
