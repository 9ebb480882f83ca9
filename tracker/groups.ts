/**
 * Scopes that only group what goes on inside, such as the requests of a server. Node's own code enters
 * and exits them, so no stack is captured. They are announced when something inside is, like calls.
 */
import { announce } from './announce.ts';
import { emit, flushSoon } from './channel.ts';
import { atMs } from './clock.ts';
import { writeEntered, writeExited } from './lines.ts';
import { admitScope, dismissScope, nextScopeId } from './open-scopes.ts';
import type { PromiseNode } from './promise-node.ts';
import type { ScopeKind } from './protocol.ts';
import { type Group, idOfScope, innermostOpen, ScopeState, setAnnounceGroup, type TestCase } from './scope-state.ts';

const NO_STACK: readonly number[] = [];
const NO_MORE = {};

/** Entered in the callback `call`. Absent: too many scopes are open. */
export function enterGroup(
  call: PromiseNode, name: string, kind: ScopeKind, { test, traceparent }: Pick<Group, 'test' | 'traceparent'> = NO_MORE,
): ScopeState | undefined {
  if (!admitScope()) return undefined;
  const group = { kind, enteredAtMs: atMs(), exitedAtMs: -1, test, traceparent };
  const scope = new ScopeState(0, name, innermostOpen(call.scope), call, group);
  call.scope = scope;
  return scope;
}

/** It is over, whoever runs now. `cut`: why it did not come to its end. Absent: it did. */
export function exitGroup(scope: ScopeState, cut?: string): void {
  const { group, host } = scope;
  if (!scope.open || group === null || host === null) return;
  if (cut !== undefined) {
    emit({ kind: 'scope-cancelled', scope: idOfScope(scope), call: announce(host), reason: cut, stack: [], atMs: atMs() });
  }
  scope.open = false;
  dismissScope();
  group.exitedAtMs = atMs();
  if (scope.id === 0) return;
  scope.host = null;
  writeExited(scope.id, announce(host), false, NO_STACK);
  flushSoon(group.exitedAtMs);
}

function announceGroup(scope: ScopeState, { kind, enteredAtMs, exitedAtMs, test, traceparent }: Group): void {
  const { host, name } = scope;
  if (host === null) return;
  scope.id = nextScopeId();
  const parent = idOfScope(scope.parent);
  const call = announce(host);
  writeEntered({ scope: scope.id, call, kind, name, parent, traceparent, stack: NO_STACK }, enteredAtMs);
  if (test !== undefined) emitTest(scope.id, test);
  if (scope.open) return;
  scope.host = null;
  writeExited(scope.id, call, false, NO_STACK, exitedAtMs);
}

/** Longer titles are cut: those of parametrised tests may hold whole documents. */
const LONGEST_TITLE = 500;

function emitTest(scope: number, { titles, file, id }: TestCase): void {
  const cut = titles.map((title) => (title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE - 1)}…`));
  emit({ kind: 'test-seen', scope, titles: cut, ...(file === undefined ? {} : { file }), ...(id === undefined ? {} : { id }), atMs: atMs() });
}

setAnnounceGroup(announceGroup);
