/** Which handles outlived the scope that they were made in, for the rules that speak of them. */
import type { HandleType } from '../tracker/protocol.ts';
import type { Handle } from './fold/families/handles.ts';
import type { ProgramTrace, Scope, ScopeExit, Task } from './model.ts';
import { isAlive } from './judge.ts';
import type { RuleContext } from './rule.ts';
import { traitsOf } from './scope-kinds.ts';
import { isUserCode } from './sources.ts';

/**
 * What the program called in Node to make it. Made by anything else of Node, it is Node's own, such
 * as the sockets of an agent or the timer of `AbortSignal.timeout`.
 */
const MAKERS: Readonly<Record<HandleType, readonly (string | undefined)[]>> = {
  timer: ['node:timers', 'node:timers/promises'],
  interval: ['node:timers'],
  server: ['node:net'],
  socket: ['node:net', 'node:_tls_wrap'],
  'udp-socket': ['node:dgram'],
  'child-process': ['node:child_process'],
  worker: ['node:internal/worker'],
  watcher: ['node:fs'],
  'message-port': [undefined],
};

export interface LeftBehind {
  readonly handle: Handle;
  readonly scope: Scope;
  readonly exit: ScopeExit;
  /** For how long it was certainly there after the exit, in milliseconds. */
  readonly pastMs: number;
}

/**
 * The user's own handles that were there, and kept the program alive, when the grace period after
 * their scope's exit was over, while the task that made them was not at work any more.
 */
export function* leftBehind(trace: ProgramTrace, context: RuleContext): Generator<LeftBehind> {
  for (const handle of trace.handles) {
    const { scope } = handle;
    const exit = scope?.exits[0];
    if (scope === undefined || exit === undefined || exit.moved === true || !traitsOf(scope).bounds) continue;
    const pastMs = handle.openMs - exit.atMs;
    if (!handle.refd || pastMs < context.graceMs || !isUsers(handle, context)) continue;
    if (isAtWork(handle.task, scope, exit, context)) continue;
    yield { handle, scope, exit, pastMs };
  }
}

/** Made by a line of the user's own. */
function isUsers({ type, by, stack }: Handle, { places }: RuleContext): boolean {
  if (!Object.hasOwn(MAKERS, type) || !MAKERS[type].includes(by)) return false;
  const place = places.of(stack[0]);
  return place !== undefined && isUserCode(place);
}

/** Whether the task that made it outlived the scope, too: then that is what there is to say. */
function isAtWork(task: Task, scope: Scope, exit: ScopeExit, { graceMs, judged }: RuleContext): boolean {
  if (judged.leak(task) !== undefined) return true;
  if (scope.owners.some((owner) => owner.task === task)) return false;
  return task.ended === undefined ? isAlive(task) : task.ended.atMs - exit.atMs >= graceMs;
}

/**
 * Those that nobody closed before the program's end, and that belong to the scope's own work: made
 * by its body, and left behind by most runs of it. A scope that ran only once, on the main line, may
 * be the start of a program that then lives on what was opened there.
 */
export function forgotten(trace: ProgramTrace, left: readonly LeftBehind[]): LeftBehind[] {
  const runs = countRuns(trace);
  const candidates = left.filter(({ handle }) => handle.local && handle.closed === undefined);
  const by = new Map<string, Set<Scope>>();
  for (const { handle, scope } of candidates) {
    const key = keyOf(handle, scope);
    const scopes = by.get(key);
    if (scopes === undefined) by.set(key, new Set([scope]));
    else scopes.add(scope);
  }
  return candidates.filter(({ handle, scope }) => {
    const times = by.get(keyOf(handle, scope))?.size ?? 0;
    const ran = runs.get(entranceOf(scope)) ?? 0;
    return times > 1 ? times * 2 > ran : ran === 1 && !isMainLine(scope.entered.task) && handle.type !== 'server';
  });
}

/** How often each scope was entered, by the place of its entrance. */
function countRuns({ scopes }: ProgramTrace): Map<string, number> {
  const runs = new Map<string, number>();
  for (const scope of scopes) runs.set(entranceOf(scope), (runs.get(entranceOf(scope)) ?? 0) + 1);
  return runs;
}

function entranceOf({ kind, entered }: Scope): string {
  return `${kind} ${entered.stack[0] ?? 0}`;
}

function keyOf({ type, stack }: Handle, scope: Scope): string {
  return `${entranceOf(scope)} ${type} ${stack[0] ?? 0}`;
}

/** The main task, or the `main()` that it starts. */
function isMainLine(task: Task): boolean {
  return task.origin === 'main' || (task.origin === 'async' && task.spawner?.origin === 'main');
}
