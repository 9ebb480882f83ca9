import type { Profile } from './profile.ts';

/**
 * A transaction without a callback must be committed or rolled back: it holds a connection and its
 * locks. One that is rolled back because its commit failed is ordinary code.
 *
 * knex keeps the class of its transactions to itself, and each instance has methods of its own. One that
 * is given a callback is a thenable of knex's, and closes by itself. Savepoints end with their transaction.
 */
export const knex: Profile = {
  name: 'knex',
  format: 'commonjs',
  scopes: [
    {
      name: 'knex transaction',
      package: 'knex',
      module: 'lib/knex-builder/Knex.js',
      enter: 'default().transaction',
      carrier: 'result',
      exit: ['commit', 'rollback'],
      expect: { once: false },
    },
  ],
};
