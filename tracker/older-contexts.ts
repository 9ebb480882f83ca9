/**
 * Node 22 and older keep contexts by async hooks, which a program switches on by its first use of a
 * storage. What already waits by then has no context of its own there and sees what was entered
 * last. The tracker's hooks are on from the start, so that with it each such `await` goes on in the
 * context it began in, as on Node 24. https://github.com/nodejs/node/issues/45848
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { emit } from './channel.ts';
import { atMs } from './clock.ts';
import { guarded } from './failure.ts';
import { KIND, LOADER, SUSPENDED } from './promise-node.ts';
import { base, bottom, main, stack, top } from './running.ts';

const CAVEAT =
  'On this version of Node.js a trace can change what AsyncLocalStorage.enterWith leaves visible: code that was already ' +
  'waiting when the program first used a storage goes on in the context it began in, as on Node.js 24, and not in the one entered last.';

/** Hooks keep the contexts, and nothing was entered so far. */
let isOpen = '_enable' in AsyncLocalStorage.prototype;

/** Before `enterWith`: says so when something waits already that will see the difference. */
export function noteFirstEntering(): void {
  if (isOpen) noteDifference();
}

const noteDifference = guarded((): void => {
  isOpen = false;
  if (!mayWait()) return;
  emit({ kind: 'caveat-noted', caveat: CAVEAT, atMs: atMs() });
});

/** Whether something may wait already: all but the main script in its first stretch. */
function mayWait(): boolean {
  const first = bottom();
  const isMain = first === main || (first.bits & KIND) === LOADER;
  if (!isMain || (main.bits & SUSPENDED) !== 0 || main.child !== null) return true;
  return stack.slice(base, top + 1).some((call) => call.child !== null);
}
