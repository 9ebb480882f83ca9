/**
 * Who may exit a scope. The host task may; and when an owner has ended and another task joins it,
 * what it still had open passes to the one that waited.
 */
import type { Meeting, ScopeExit, Task } from '../model.ts';
import { traitsOf } from '../scope-kinds.ts';
import type { GrowingScope } from './scopes.ts';
import type { GrowingTask } from './tasks.ts';

export interface Ownership {
  /** Orders of the joins whose waiting task was inferred, so far. */
  readonly inferredJoins: readonly number[];
  enter(scope: GrowingScope): void;
  exit(scope: GrowingScope, event: ScopeExit): void;
  end(task: GrowingTask, order: number, atMs: number): void;
  join(task: GrowingTask, by: Meeting): void;
}

/** How far to look for an open scope inside one that is exited, before giving up. */
const NEAR = 64;

export function createOwnership(): Ownership {
  /** What each task owns and has still open, and whether every join on the way was seen. */
  const held = new Map<Task, Map<GrowingScope, boolean>>();
  const ended = new Set<Task>();
  const waiting = new Map<Task, Meeting[]>();
  const nesting = createNesting();
  const inferredJoins: number[] = [];

  const hold = (task: Task, scope: GrowingScope, certain: boolean): void => {
    const scopes = held.get(task);
    if (scopes === undefined) held.set(task, new Map([[scope, certain]]));
    else scopes.set(scope, certain);
  };

  const pass = (from: Task, by: Meeting): void => {
    for (const [scope, sure] of held.get(from) ?? []) {
      if (held.get(by.task)?.has(scope) === true) continue;
      const certain = by.certain && sure;
      const since = { order: by.order, atMs: by.atMs };
      scope.owners.push({ task: by.task, certain, since, received: from });
      hold(by.task, scope, certain);
    }
  };

  return {
    inferredJoins,
    enter(scope) {
      const { task, certain, order, atMs } = scope.entered;
      scope.owners.push({ task, certain, since: { order, atMs } });
      hold(task, scope, certain);
      if (traitsOf(scope).bounds) nesting.push(scope);
    },
    exit(scope, event) {
      scope.exits.push(event);
      if (scope.exits.length > 1) return;
      for (const owner of scope.owners) held.get(owner.task)?.delete(scope);
      const inner = nesting.remove(scope);
      if (inner !== undefined) scope.openInside = inner;
    },
    end(task, order, atMs) {
      ended.add(task);
      for (const by of waiting.get(task) ?? []) pass(task, { ...by, order, atMs });
      waiting.delete(task);
    },
    join(task, by) {
      task.joins.push(by);
      (by.task as GrowingTask).joined ??= { order: by.order, atMs: by.atMs };
      if (!by.certain) inferredJoins.push(by.order);
      if (ended.has(task)) {
        pass(task, by);
        return;
      }
      const others = waiting.get(task);
      if (others === undefined) waiting.set(task, [by]);
      else others.push(by);
    },
  };
}

interface Nesting {
  push(scope: GrowingScope): void;
  /** Returns a scope that the same task entered inside this one and that is still open. */
  remove(scope: GrowingScope): GrowingScope | undefined;
}

interface Link {
  readonly scope: GrowingScope;
  outer: Link | undefined;
  inner: Link | undefined;
}

/** The open scopes of each host task as a linked list, so that ten thousand of them cost no more. */
function createNesting(): Nesting {
  const innermost = new Map<Task, Link>();
  const links = new Map<GrowingScope, Link>();
  return {
    push(scope) {
      const host = scope.entered.task;
      const outer = innermost.get(host);
      const link: Link = { scope, outer, inner: undefined };
      if (outer !== undefined) outer.inner = link;
      innermost.set(host, link);
      links.set(scope, link);
    },
    remove(scope) {
      const link = links.get(scope);
      if (link === undefined) return undefined;
      links.delete(scope);
      if (link.outer !== undefined) link.outer.inner = link.inner;
      if (link.inner !== undefined) link.inner.outer = link.outer;
      else if (link.outer !== undefined) innermost.set(scope.entered.task, link.outer);
      else innermost.delete(scope.entered.task);
      return findInside(scope, link.inner);
    },
  };
}

function findInside(outer: GrowingScope, from: Link | undefined): GrowingScope | undefined {
  let steps = 0;
  for (let link = from; link !== undefined && steps < NEAR; link = link.inner, steps++) {
    if (isInside(link.scope, outer)) return link.scope;
  }
  return undefined;
}

function isInside(scope: GrowingScope, outer: GrowingScope): boolean {
  let steps = 0;
  for (let at = scope.parent; at !== undefined && steps < NEAR; at = at.parent, steps++) {
    if (at === outer) return true;
  }
  return false;
}
