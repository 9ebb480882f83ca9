import type { Profile } from './profile.ts';

/**
 * A browser context that one task makes and an unrelated one closes takes the other's pages away.
 *
 * The browser closes all of its contexts, so that one that is never closed is ordinary, and a second
 * close changes nothing. playwright keeps its classes to itself: they are found at the first browser, in
 * the moment in which it is made, and where that is private to a version, when it has been launched.
 */
export const playwright: Profile = {
  name: 'playwright',
  format: 'commonjs',
  scopes: [
    {
      name: 'browser context',
      package: 'playwright-core',
      enter: [
        '_connection._createRemoteObject().newContext',
        'Browser.prototype.newContext',
        'chromium.launch().newContext',
        'chromium.connect().newContext',
        'chromium.connectOverCDP().newContext',
      ],
      carrier: 'result',
      exit: ['close'],
      expect: { once: false, exit: false },
    },
  ],
};
