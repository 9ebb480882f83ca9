import type { Profile } from './profile.ts';

/** A list that every span has for itself, and those have not that record nothing. */
const END = [{ method: 'SentrySpan.prototype.end', carrier: 'this._events' }];

/**
 * `pushScope` and `popScope` of version 7 share one stack with everything that runs meanwhile: a task
 * that goes on while another has pushed its own pops that one. What a callback gets ends by itself.
 *
 * A span that is started without a callback is never sent unless it is ended, by whichever task.
 */
export const sentry: Profile = {
  name: 'sentry',
  scopes: [
    {
      name: 'Sentry scope',
      package: '@sentry/core',
      enter: 'Hub.prototype.pushScope',
      carrier: 'result',
      exit: [{ method: 'Hub.prototype.popScope', carrier: 'this._stack.at(-1).scope' }],
    },
    {
      name: 'Sentry span',
      package: '@sentry/core',
      enter: 'startInactiveSpan',
      carrier: 'result._events',
      exit: END,
      expect: { owner: false, once: false },
    },
    {
      name: 'Sentry span',
      package: '@sentry/core',
      enter: 'startSpanManual',
      carrier: 'given 0._events',
      exit: END,
      expect: { owner: false, once: false },
    },
    {
      name: 'Sentry scope',
      package: '@sentry/core',
      enter: ['withScope', 'withIsolationScope', 'startSpan'],
      exit: 'settled',
    },
  ],
};
