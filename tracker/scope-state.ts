import type { PromiseNode } from './promise-node.ts';

/** A scope as the tracker knows it. Dropped by the tracker once nothing of the program holds it. */
export class ScopeState {
  readonly id: number;
  readonly name: string;
  readonly parent: ScopeState | null;
  /** The call that entered it. */
  host: PromiseNode | null;
  open = true;
  /** Calls spawned while it was the innermost one, some of them ended by now. */
  tasks: PromiseNode[] = [];
  /** When `tasks` reaches this length, the ended ones are taken out. */
  pruneAt = 64;

  constructor(id: number, name: string, parent: ScopeState | null, host: PromiseNode) {
    this.id = id;
    this.name = name;
    this.parent = parent;
    this.host = host;
  }
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
