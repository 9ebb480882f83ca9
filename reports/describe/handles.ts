/** Handles in plain words. */
import type { HandleType } from '../../tracker/protocol.ts';

const WORDS: Readonly<Record<HandleType, string>> = {
  timer: 'a timer',
  interval: 'an interval',
  server: 'a server',
  socket: 'a socket',
  'udp-socket': 'a UDP socket',
  'child-process': 'a child process',
  worker: 'a worker',
  watcher: 'a file watcher',
  'message-port': 'a message port',
};

/** With its article, as in a sentence. A type that this version does not know is a handle. */
export function nameHandle(type: HandleType): string {
  return Object.hasOwn(WORDS, type) ? WORDS[type] : 'a handle';
}
