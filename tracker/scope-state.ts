import type { Handle } from './handles/handle.ts';
import type { PromiseNode } from './promise-node.ts';
import type { ScopeKind } from './protocol.ts';

/** A scope as the tracker knows it. Dropped by the tracker once nothing of the program holds it. */
export class ScopeState {
  /** 0: a group that was not announced yet, see {@link idOfScope}. */
  id: number;
  readonly name: string;
  readonly parent: ScopeState | null;
  /** The call that entered it. */
  host: PromiseNode | null;
  open = true;
  /** Calls spawned while it was the innermost one, some of them ended by now. */
  tasks: PromiseNode[] = [];
  /** When `tasks` reaches this length, the ended ones are taken out. */
  pruneAt = 64;
  /** Set: nothing is expected of what goes on inside, it is only grouped. */
  readonly group: Group | null;
  /** Handles made while it was the innermost one, some of them closed by now. */
  handles: Handle[] | null = null;
  pruneHandlesAt = 64;

  constructor(id: number, name: string, parent: ScopeState | null, host: PromiseNode, group: Group | null = null) {
    this.id = id;
    this.name = name;
    this.parent = parent;
    this.host = host;
    this.group = group;
  }
}

/** A scope that becomes a record when something inside does: a server has a million, and most are of no interest. */
export interface Group {
  readonly kind: ScopeKind;
  readonly enteredAtMs: number;
  /** -1: it is open. */
  exitedAtMs: number;
  /** Of a test. */
  readonly test?: TestCase | undefined;
  /** Of a request. */
  readonly traceparent?: string | undefined;
}

/** What a test runner says of one of its tests. */
export interface TestCase {
  /** From the outermost suite to the test. */
  readonly titles: readonly string[];
  /** As the runner names it. Absent: it does not say. */
  readonly file?: string | undefined;
  /** Its own name for the test. */
  readonly id?: string | undefined;
}

let announceGroup: (scope: ScopeState, group: Group) => void = () => undefined;

export function setAnnounceGroup(announce: typeof announceGroup): void {
  announceGroup = announce;
}

/** The id by which records name the scope; announces a group. 0 for none. */
export function idOfScope(scope: ScopeState | null): number {
  if (scope === null) return 0;
  if (scope.id === 0 && scope.group !== null) announceGroup(scope, scope.group);
  return scope.id;
}

/** Whoever received a scope does not learn of its exit: its innermost open one is looked up when it matters. */
export function refreshScope(call: PromiseNode): void {
  if (call.scope !== null && !call.scope.open) call.scope = innermostOpen(call.scope);
}

/** The innermost scope of the chain that is still open. */
export function innermostOpen(scope: ScopeState | null): ScopeState | null {
  let innermost = scope;
  while (innermost !== null && !innermost.open) innermost = innermost.parent;
  return innermost;
}

/** The innermost open scope of the chain that only groups: what a callback takes over from who scheduled it. */
export function groupAround(scope: ScopeState | null): ScopeState | null {
  let group = innermostOpen(scope);
  while (group !== null && group.group === null) group = innermostOpen(group.parent);
  return group;
}
