import type { Profile } from './profile.ts';

/**
 * A middleware that does not wait for `next()` lets koa answer 404, and what the next one sets on the
 * response then is lost without a word.
 * https://github.com/koajs/koa/issues/940
 */
export const koa: Profile = {
  name: 'koa',
  format: 'commonjs',
  scopes: [],
  responses: [{ package: 'koa', module: 'lib/response.js', property: 'body', response: 'res' }],
};
