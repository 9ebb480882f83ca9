import type { Profile } from './profile.ts';

/** A resource that is borrowed must go back: a pool without resources waits for ever. */
export const genericPool: Profile = {
  name: 'generic-pool',
  format: 'commonjs',
  scopes: [
    {
      name: 'borrowed resource',
      package: 'generic-pool',
      enter: 'Pool.prototype.acquire',
      carrier: 'result',
      exit: [
        { method: 'Pool.prototype.release', carrier: 'argument 0' },
        { method: 'Pool.prototype.destroy', carrier: 'argument 0' },
      ],
    },
  ],
};
