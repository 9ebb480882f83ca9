import type { Profile } from './profile.ts';

/**
 * A browser context that one task makes and an unrelated one closes takes the other's pages away.
 *
 * The browser closes all of its contexts, so that one that is never closed is ordinary; and puppeteer
 * itself refuses to close one twice.
 */
export const puppeteer: Profile = {
  name: 'puppeteer',
  scopes: [
    {
      name: 'browser context',
      package: 'puppeteer-core',
      enter: 'CdpBrowser.prototype.createBrowserContext',
      carrier: 'result',
      exit: ['CdpBrowserContext.prototype.close'],
      expect: { once: false, exit: false },
    },
  ],
};
