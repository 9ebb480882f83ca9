/** What following one promise costs on this machine. */
import { PLAIN, PromiseNode } from './promise-node.ts';

const { performance } = globalThis;

const NODES = 512;
const ROUNDS = 400;
/**
 * How many times as long one promise takes, with all its events and what V8 does more when there are
 * hooks, as a node that is made and kept.
 */
const TIMES = 12;
/** Milliseconds. No machine that Node runs on lies beyond; what was measured in a bad moment may. */
const LEAST = 0.000_02;
const MOST = 0.002;

/** Milliseconds for one promise. Takes about one itself. */
export function measurePromise(): number {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) least = Math.min(least, measureNodes());
  return Math.min(MOST, Math.max(LEAST, (least / NODES) * TIMES));
}

/** The best of some rounds counts: the first is not compiled yet, and the machine may be busy with others. */
function measureNodes(): number {
  const nodes: PromiseNode[] = [];
  const start = performance.now();
  for (let made = 0; made < NODES; made++) nodes.push(new PromiseNode(PLAIN, nodes[made >> 1] ?? null, null));
  const passed = performance.now() - start;
  return nodes.length === NODES ? passed : Infinity;
}
