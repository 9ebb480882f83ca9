/** The records of handles. */
import { announce } from '../announce.ts';
import { emit } from '../channel.ts';
import { atMs } from '../clock.ts';
import { idOfScope } from '../scope-state.ts';
import { announceSite } from '../sites.ts';
import type { Handle } from './handle.ts';

let lastId = 0;

/** Says that it is there, and when it was not announced yet, what it is. */
export function writeStanding(handle: Handle, refd: boolean): void {
  if (handle.id === 0) announceHandle(handle);
  handle.openMs = atMs();
  handle.told();
  emit({ kind: 'handle-standing', handle: handle.id, refd, atMs: handle.openMs });
}

/** For announced ones. */
export function writeClosed(handle: Handle, how: 'fired' | 'closed'): void {
  if (handle.said) return;
  handle.said = true;
  const now = atMs();
  emit({ kind: 'handle-closed', handle: handle.id, how, openAtMs: how === 'fired' ? now : handle.openMs, atMs: now });
}

function announceHandle(handle: Handle): void {
  const { type, owner, scope, making } = handle;
  const call = announce(owner);
  const stack = making.sites.map(announceSite);
  handle.id = ++lastId;
  emit({
    kind: 'handle-opened',
    handle: handle.id,
    type,
    call,
    ...(scope === null ? {} : { scope: idOfScope(scope) }),
    stack,
    ...(making.by === '' ? {} : { by: making.by }),
    ...(making.local && { local: true }),
    ...(handle.lostRace && { lostRace: true }),
    ...(!making.certain && { inferred: true }),
    atMs: handle.startMs,
  });
}
