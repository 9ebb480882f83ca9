import type { Profile } from './profile.ts';

/**
 * A lock that is taken must be given back.
 *
 * The function that gives it back calls `release` of the semaphore that the mutex stands on, once. A
 * semaphore with several places has several holders at a time and cannot tell them apart: it is left out.
 */
export const asyncMutex: Profile = {
  name: 'async-mutex',
  scopes: [
    {
      name: 'lock of a mutex',
      package: 'async-mutex',
      enter: 'Mutex.prototype.acquire',
      carrier: 'this._semaphore',
      exit: ['Semaphore.prototype.release'],
    },
  ],
};
