/** Joins the diagnostics channels to what they announce. Messages are checked: anyone may publish. */
import diagnostics_channel from 'node:diagnostics_channel';
import type { Subject } from './announce.ts';
import { announce } from './announce.ts';
import { flush } from './channel.ts';
import { fail } from './failure.ts';
import { startTask, taskReturned } from './named-tasks.ts';
import { declareScope } from './declared/declare.ts';
import { CHANNELS, findFault, type ScopeDeclaration } from './protocol.ts';
import { functionOf, type PromiseNode, SPAWNED } from './promise-node.ts';
import { main, runner } from './running.ts';
import { residueOf } from './residue.ts';
import { idOfScope, type ScopeState } from './scope-state.ts';
import { scopeOf } from './scope-tokens.ts';
import { cancelScope, enterScope, exitScope, openScopesOf, useScope } from './scopes.ts';

type Message = Readonly<Record<string, unknown>>;
type Handle = (message: Message) => void;

const handlers: readonly (readonly [string, Handle])[] = [
  [CHANNELS.enter, (message) => isToken(message.scope) && enterScope(message.scope, text(message.name))],
  [CHANNELS.exit, (message) => isToken(message.scope) && exitScope(message.scope)],
  [CHANNELS.cancel, (message) => isToken(message.scope) && cancelScope(message.scope, message.reason)],
  [CHANNELS.use, (message) => isToken(message.scope) && useScope(message.scope, text(message.use))],
  [CHANNELS.declare, (message) => findFault(message.declaration, isToken(message.exports)) === undefined && declare(message)],
  [CHANNELS.taskStarted, (message) => isToken(message.task) && startTask(message.task, text(message.name))],
  [CHANNELS.taskReturned, (message) => isToken(message.task) && taskReturned(message.task, message.result)],
  [CHANNELS.query, answer],
];

/** It has been checked. */
function declare({ declaration, exports }: Message): void {
  declareScope(declaration as ScopeDeclaration, isToken(exports) ? { exports } : {});
}

function isToken(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Longer names are cut: each is written down once for every scope and task. */
const LONGEST_NAME = 1000;

function text(value: unknown): string {
  const name = typeof value === 'string' ? value : typeof value === 'undefined' ? 'unnamed' : String(value);
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;
}

/** Subscribes, and returns what takes the subscriptions back. */
export function subscribe(): () => void {
  const undone: (() => void)[] = [];
  for (const [name, handle] of handlers) {
    const listener = (message: unknown): void => {
      try {
        if (isToken(message)) handle(message as Message);
      } catch (error) {
        fail(error);
      }
    };
    diagnostics_channel.subscribe(name, listener);
    undone.push(() => diagnostics_channel.unsubscribe(name, listener));
  }
  return () => undone.forEach((undo) => { undo(); });
}

function answer(message: Message): void {
  // Whoever reads the recording while the program runs.
  if (message.flush === true) {
    flush();
    return;
  }
  const call = runner();
  const root = rootOf(call);
  Object.assign(message, {
    task: { id: announce(root), name: nameOf(root) },
    scopes: openScopesFor(call, message.except).map((scope) => ({ id: idOfScope(scope), name: scope.name })),
    ...(message.residue === true ? residueOf(call, root, nameOf) : {}),
  });
}

/** A program under test sees the scopes that it has entered, and not those of its runner. */
function openScopesFor(call: PromiseNode, except: unknown): ScopeState[] {
  const known = Array.isArray(except) ? except.filter(isToken).map(scopeOf) : [];
  return openScopesOf(call).filter((scope) => scope.group?.kind !== 'test' && !known.includes(scope));
}

/** The call by which the running task began, as far as it is known now. */
function rootOf(call: PromiseNode): PromiseNode {
  let root = call;
  while ((root.bits & SPAWNED) === 0 && root.owner !== null) root = root.owner;
  return root;
}

function nameOf(root: PromiseNode): string {
  if (root === main) return 'main';
  const subject = root.subject as Partial<Subject> | null;
  return subject?.name ?? functionOf(root)?.name ?? 'anonymous';
}
