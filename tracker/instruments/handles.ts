/**
 * Timers, servers, sockets, child processes, workers, file watchers and message ports: followed by
 * the hooks that see callbacks anyway. Only that a server is told to listen comes over a channel of
 * Node's, where there is one: its handle may be made later, by Node alone.
 */
import diagnostics_channel from 'node:diagnostics_channel';
import { guarded } from '../failure.ts';
import { watchHandles } from '../handles/index.ts';
import { noteListen } from '../handles/listening.ts';
import type { Instrument } from './instrument.ts';

/** https://nodejs.org/api/diagnostics_channel.html#built-in-channels */
const LISTEN = 'tracing:net.server.listen:asyncStart';

export const handles: Instrument = {
  id: 'handles',
  install: () => {
    watchHandles(true);
    const listener = guarded(noteListen);
    diagnostics_channel.subscribe(LISTEN, listener);
    return () => {
      diagnostics_channel.unsubscribe(LISTEN, listener);
      watchHandles(false);
    };
  },
};
