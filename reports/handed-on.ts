/**
 * Declared scopes are resources of a library's, and programs hand these on: to a task that is started
 * for them, to whoever clears up behind the tasks that opened them, to an event.
 */
import type { ProgramTrace, Scope, ScopeEvent, Task } from './model.ts';
import type { SiteId } from '../tracker/protocol.ts';

/** Callbacks that begin something new. All others go on with something: a stream ends, a file is read. */
const BEGINNINGS: ReadonlySet<string> = new Set(['Timeout', 'Immediate', 'HTTPINCOMINGMESSAGE', 'HTTP2SESSION', 'HTTP2STREAM', 'MESSAGEPORT', 'Microtask']);

/** Ancestors are looked for this far. */
const FAR = 1000;

/** Whether a declared scope was most likely handed on to the task that exited it. */
export function isHandedOn(scope: Scope, exit: ScopeEvent, trace: ProgramTrace): boolean {
  if (scope.kind !== 'declared') return false;
  if (exit.byCallback === true || isBySignal(exit.task)) return true;
  const { task } = exit;
  if (task.origin === 'callback' && !BEGINNINGS.has(task.resource ?? '')) return true;
  if (scope.owners.some((owner) => isRelated(owner.task, task))) return true;
  // A framework calls the hooks that open and close, a tick after it was told to.
  const driver = driverOf(task, trace);
  return driver.byTick && scope.owners.some((owner) => isRelated(driverOf(owner.task, trace).task, driver.task));
}

/** Names of the resources whose callbacks are a signal's handlers. */
export const SIGNAL = 'SIGNALWRAP';

/** Whether it is a signal's handler, or was started by one. */
export function isBySignal(task: Task): boolean {
  let at: Task | undefined = task;
  for (let steps = 0; at !== undefined && steps < FAR; at = at.spawner, steps++) {
    if (at.resource === SIGNAL) return true;
  }
  return false;
}

function isRelated(one: Task, other: Task): boolean {
  return one === other || isAncestor(one, other) || isAncestor(other, one);
}

function isAncestor(older: Task, younger: Task): boolean {
  let at = younger.spawner;
  for (let steps = 0; at !== undefined && steps < FAR; at = at.spawner, steps++) {
    if (at === older) return true;
  }
  return false;
}

/** On whose behalf packages have called the task's code. `byTick`: they did so later, in a callback that goes on with something. */
function driverOf(task: Task, trace: ProgramTrace): { readonly task: Task; readonly byTick: boolean } {
  let at = task;
  let byTick = false;
  for (let steps = 0; at.spawner !== undefined && isOnBehalf(at, trace) && steps < FAR; steps++) {
    byTick ||= at.origin === 'callback';
    at = at.spawner;
  }
  return { task: at, byTick };
}

function isOnBehalf({ origin, resource, from }: Task, trace: ProgramTrace): boolean {
  if (origin === 'callback' && resource !== 'Microtask') return !BEGINNINGS.has(resource ?? '');
  return isInstalled(from, trace);
}

function isInstalled(site: SiteId | undefined, { sites }: ProgramTrace): boolean {
  return site !== undefined && /[/\\]node_modules[/\\]/.test(sites.get(site)?.file ?? '');
}
