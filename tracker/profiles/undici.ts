import type { Profile } from './profile.ts';

const REQUESTS = ['request', 'stream', 'pipeline', 'connect', 'upgrade', 'dispatch'];
const CLASSES = ['Agent', 'BalancedPool', 'Client', 'EnvHttpProxyAgent', 'Pool', 'ProxyAgent', 'RetryAgent', 'RoundRobinPool'];

/**
 * A pool that was closed refuses every request, and does not say who closed it.
 *
 * Pools outlive what made them, and are closed by whoever shuts down or replaces them, while their last
 * requests are still under way. One that is never closed ends with the program.
 */
export const undici: Profile = {
  name: 'undici',
  format: 'commonjs',
  scopes: [
    {
      name: 'undici pool',
      package: 'undici',
      enter: CLASSES.map((name) => `new ${name}`),
      carrier: 'this',
      exit: ['close', 'destroy'],
      use: REQUESTS,
      expect: { owner: false, once: false, exit: false },
    },
  ],
};
