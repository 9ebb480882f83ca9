/** Servers: their handles are made by `listen`, or later by Node alone when a host's name was given. */
import { capture, mayCaptureLine } from '../frames.ts';
import type { PromiseNode } from '../promise-node.ts';
import { exact, runner } from '../running.ts';
import { innermostOpen } from '../scope-state.ts';
import type { Making } from './handle.ts';
import { readMaking } from './making.ts';

/** Servers that were told to listen, until their handles are made: with a host's name, that is later. */
let listening: { readonly owner: PromiseNode; readonly making: Making }[] = [];
const MOST_LISTENING = 16;

/** A server's `listen` runs. */
export function noteListen(): void {
  if (!exact || !mayCaptureLine()) return;
  const owner = runner();
  const making = readMaking(capture(20, noteListen), owner, innermostOpen(owner.scope));
  if (making.sites.length === 0) return;
  if (listening.length === MOST_LISTENING) listening.shift();
  listening.push({ owner, making: { ...making, by: 'node:net' } });
}

/** Where the server was told to listen that `owner` now makes the handle of. */
export function takeListening(owner: PromiseNode): Making | undefined {
  const first = listening.find((one) => one.owner === owner);
  if (first !== undefined) listening = listening.filter((one) => one !== first);
  return first?.making;
}
