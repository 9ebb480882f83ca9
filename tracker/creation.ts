/** Nodes as the running call makes them. */
import { EXACT, FLAGS, INFERRED, ONE_HOP, PromiseNode } from './promise-node.ts';
import { main, runner } from './running.ts';
import { refreshScope } from './scope-state.ts';

/** An owner further away than this is forgotten, so that endless lines of work stay bounded. */
const MOST_HOPS_BITS = 2000 * ONE_HOP;

/** A promise made by the running call. */
export function createNode(kind: number): PromiseNode {
  const owner = runner();
  const { bits } = owner;
  refreshScope(owner);
  if (bits >= MOST_HOPS_BITS) return new PromiseNode(kind | INFERRED | (bits & EXACT), main, null);
  return new PromiseNode(kind | (bits & ~FLAGS) + ONE_HOP | (bits & EXACT), owner, owner.scope);
}
