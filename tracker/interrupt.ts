/**
 * Ctrl-C on a run that is watched for hangs: a program that does not handle SIGINT would be gone before
 * anybody could look at it. So the signal is caught here, the command dumps the program, and sends
 * the signal again, which then ends it. A program that handles SIGINT never notices.
 *
 * Node watches a signal as long as it has a listener, and calls `process.emit` for it. The listener
 * that makes it watch is taken away again unseen, before the program starts.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INTERRUPTED } from './protocol.ts';

/** Node's own bookkeeping of listeners. */
interface Emitter {
  _events: Record<string, unknown>;
  _eventsCount: number;
}

let session = '';
let command = 0;
let holding = false;

/** @param directory - the session's folder @param pid - the command's process */
export function holdInterrupts(directory: string, pid: number): void {
  if (process.listenerCount('SIGINT') > 0) return;
  const emitter = process as unknown as Emitter;
  process.on('SIGINT', nothing);
  if (emitter._events['SIGINT'] !== nothing) {
    process.off('SIGINT', nothing);
    return;
  }
  Reflect.deleteProperty(emitter._events, 'SIGINT');
  emitter._eventsCount--;
  session = directory;
  command = pid;
  holding = true;
}

/** To be called before the program's own listeners for the signal are. */
export function noteInterrupt(): void {
  if (!holding || process.listenerCount('SIGINT') > 0) return;
  holding = false;
  letGo();
  try {
    process.kill(command, 0);
    writeFileSync(join(session, `${process.pid}${INTERRUPTED}`), '');
  } catch {
    // Nobody is there to dump it.
    process.kill(process.pid, 'SIGINT');
  }
}

/** Node stops watching with the last listener, and the signal means to the system what it did before. */
function letGo(): void {
  process.on('SIGINT', nothing);
  process.off('SIGINT', nothing);
}

function nothing(): void {
  // Never called.
}
