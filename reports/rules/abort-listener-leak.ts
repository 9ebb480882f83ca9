import type { Finding } from '../finding.ts';
import { waitingFor } from '../fold/calls.ts';
import type { Leftover } from '../fold/families/signals.ts';
import type { Rule, RuleContext } from '../rule.ts';
import type { Place } from '../sources.ts';

/** They let the collector take their listeners away with the request that these belong to. */
const REMOVED_BY_COLLECTOR = /(?:^|[\\/])node_modules[\\/](?:.*[\\/])?undici[\\/]/;

export const abortListenerLeak: Rule = {
  id: 'abort-listener-leak',
  family: 'leaks',
  severity: 'leak',
  title: 'finished calls left their abort listeners on a lasting signal',
  undecidedNoun: 'groups of abort listeners',
  help: {
    what:
      'Calls added a listener for `abort` to one signal, always in the same place, and ended without ' +
      'removing it, and the signal was not aborted. Reported from as many such calls as ' +
      '`--listener-growth` says. Not reported: listeners that were removed, also later, those of calls that still ' +
      'run, those that a synchronous callback or the maker of the signal added, and those of signals ' +
      'that were collected.',
    why:
      'A signal keeps its listeners, and they keep what they refer to: a request, its body, its ' +
      'connection. A program that runs for long grows, and the abort at its end runs all of them.',
    cause:
      'A listener on the signal of a server or of a whole program that is not removed when the ' +
      'operation is done. `once: true` does not help: it removes the listener at the abort.',
    remedy:
      'Remove the listener in a `finally`, or dispose of what `events.addAbortListener` returns. Or ' +
      'give each operation a signal of its own by `AbortSignal.any`, which the collector takes.',
    bad: `async function handle(job) {
  shutdown.addEventListener('abort', () => job.cancel(), { once: true });
  await job.run();
}`,
    good: `async function handle(job) {
  const stop = () => job.cancel();
  shutdown.addEventListener('abort', stop, { once: true });
  try { await job.run(); }
  finally { shutdown.removeEventListener('abort', stop); }
}`,
  },
  *check(trace, context) {
    for (const { leftovers } of trace.signals) {
      for (const leftover of leftovers) {
        if (leftover.calls < context.listenerGrowth) continue;
        const places = placesOf(leftover, context);
        if (places === undefined) continue;
        if (leftover.call.certain) yield report(leftover, places, context);
        else yield 'undecided';
      }
    }
  },
};

interface LeakPlaces {
  /** Where the listener is added, also in a package. */
  readonly adder: Place;
  /** Where the user's own code comes to that. */
  readonly user: Place;
}

/** Absent: nothing of the user's code leads there, or nothing is to be mended. */
function placesOf({ api, stack, call }: Leftover, { places }: RuleContext): LeakPlaces | undefined {
  // What Node's own functions add, they remove; `addAbortListener` leaves that to its caller.
  if (api !== undefined && api !== 'addAbortListener') return undefined;
  const adder = places.of(stack[0]);
  if (adder === undefined || REMOVED_BY_COLLECTOR.test(adder.file)) return undefined;
  const outer = [...waitingFor(call)].flatMap(({ from }) => (from === undefined ? [] : [from]));
  const user = places.user([...stack, ...outer]);
  return user === undefined || user.library || user.internal ? undefined : { adder, user };
}

function report({ call, calls }: Leftover, { adder, user }: LeakPlaces, { describe, places }: RuleContext): Finding {
  const name = places.of(call.site)?.function;
  const who = name === undefined ? 'calls' : `calls of ${name}`;
  return describe.finding({
    rule: abortListenerLeak,
    message: `${calls} ${who} have ended and left an abort listener each on one signal that was not aborted.`,
    advice: adder.library
      ? 'The package does not remove its listener: give each call a signal of its own, made by `AbortSignal.any` of the lasting one.'
      : 'Remove the listener when the call is done, in a `finally`, also when it was added with `once`.',
    task: describe.reference(call.task),
    roles: { task: 'left by' },
    places: [
      describe.place('added here', call.task, adder),
      ...(adder === user ? [] : [describe.place('called here', call.task, user)]),
    ],
  });
}
