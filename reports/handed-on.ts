/**
 * Declared scopes are resources of a library's, and programs hand these on: to a task that is started
 * for them, to whoever clears up behind the tasks that opened them, to an event.
 */
import type { Scope, ScopeEvent, Task } from './model.ts';

/** Callbacks that begin something new. All others go on with something: a stream ends, a file is read. */
const BEGINNINGS: ReadonlySet<string> = new Set(['Timeout', 'Immediate', 'HTTPINCOMINGMESSAGE', 'HTTP2SESSION', 'HTTP2STREAM', 'MESSAGEPORT', 'Microtask']);

/** Ancestors are looked for this far. */
const FAR = 1000;

/** Whether a declared scope was most likely handed on to the task that exited it. */
export function isHandedOn(scope: Scope, exit: ScopeEvent): boolean {
  if (scope.kind !== 'declared') return false;
  if (exit.byCallback === true) return true;
  const { task } = exit;
  if (task.origin === 'callback' && !BEGINNINGS.has(task.resource ?? '')) return true;
  return scope.owners.some((owner) => isAncestor(owner.task, task) || isAncestor(task, owner.task));
}

function isAncestor(older: Task, younger: Task): boolean {
  let at = younger.spawner;
  for (let steps = 0; at !== undefined && steps < FAR; at = at.spawner, steps++) {
    if (at === older) return true;
  }
  return false;
}
