import type { Profile } from './profile.ts';

/**
 * A transaction that is controlled by hand must be committed or rolled back: it holds a connection and
 * its locks. One that is rolled back because its commit failed is ordinary code.
 */
export const kysely: Profile = {
  name: 'kysely',
  scopes: [
    {
      name: 'kysely transaction',
      package: 'kysely',
      enter: 'ControlledTransactionBuilder.prototype.execute',
      carrier: 'result',
      exit: ['ControlledTransaction.prototype.commit', 'ControlledTransaction.prototype.rollback'],
      expect: { once: false },
    },
  ],
};
