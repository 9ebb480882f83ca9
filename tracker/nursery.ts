/**
 * Tasks that are alive. Most end soon, so they are kept strongly in a list that is swept now and
 * then; the few that survive are watched weakly, which shows when one can never end.
 */
import { countLost } from './counts.ts';
import { ENDED, type PromiseNode } from './promise-node.ts';
import { nowMs } from './running.ts';

/** A task that has lived for long; `promise` is its result. */
export interface Elder {
  readonly node: PromiseNode;
  readonly promise: WeakRef<object>;
}

/** Small: what has ended and stands here still is copied by each collection of young objects. */
const SWEEP_AT = 512;
/** The same for those that are old. */
const PRUNE_AT = 512;
const OLD_AFTER_MS = 1000;
/** Held strongly; beyond it the older ones are watched weakly at once. */
const MOST_STRONG = 8192;

/** Tasks of late, and those that were alive when these began. */
let young: PromiseNode[] = [];
let grown: PromiseNode[] = [];
let grownAtMs = 0;
let elders: Elder[] = [];
let mostElders = 100_000;
let pruneAt = PRUNE_AT;
/** The latest of those that vanished. */
const vanished: PromiseNode[] = [];
const MOST_VANISHED = 100;
let onVanished: (node: PromiseNode) => void = () => undefined;
let sweepAt = SWEEP_AT;

/** `tasks`: how many may be watched for long; further ones are only counted. */
export function setNurseryBound(tasks: number): void {
  mostElders = tasks;
}

/** Who is told of a task that was collected while it was suspended. */
export function setOnVanished(tell: (node: PromiseNode) => void): void {
  onVanished = tell;
}

export function keep(node: PromiseNode): void {
  young.push(node);
  if (young.length >= sweepAt) sweep();
}

/** Nothing of what was there is known any more. */
export function forgetTasks(): void {
  young = [];
  grown = [];
  elders = [];
}

/** Lets go of what has ended, and only weakly holds what is old. */
export function sweep(): void {
  young = young.filter(isAlive);
  if (nowMs - grownAtMs > OLD_AFTER_MS || young.length + grown.length > MOST_STRONG) {
    if (elders.length >= Math.min(pruneAt, mostElders)) pruneElders();
    for (const node of grown) ageOne(node);
    grown = young;
    grownAtMs = nowMs;
    young = [];
  }
  sweepAt = Math.max(SWEEP_AT, young.length * 2);
}

function isAlive(node: PromiseNode): boolean {
  return (node.bits & ENDED) === 0;
}

/** Tasks that were started and have not ended, young or old. */
export function forEachLiving(tell: (node: PromiseNode) => void): void {
  for (const node of young) if (isAlive(node)) tell(node);
  for (const node of grown) if (isAlive(node)) tell(node);
  for (const { node } of elders) if (isAlive(node)) tell(node);
}

/** Drops elders that have ended or vanished; the rest is what is still pending. */
export function pruneElders(): void {
  elders = elders.filter(isPending);
  pruneAt = Math.max(PRUNE_AT, elders.length * 2);
}

/** Tasks that were collected while they were suspended, as far as that is known by now: the latest of them. */
export function listVanished(): readonly PromiseNode[] {
  return vanished;
}

function isPending({ node, promise }: Elder): boolean {
  if (!isAlive(node)) return false;
  if (promise.deref() !== undefined) return true;
  if (vanished.push(node) > MOST_VANISHED) vanished.shift();
  onVanished(node);
  return false;
}

function ageOne(node: PromiseNode): void {
  if (!isAlive(node)) return;
  const promise = node.subject;
  node.subject = null;
  if (promise === null) return;
  if (elders.length >= mostElders) countLost();
  else elders.push({ node, promise: new WeakRef(promise) });
}

/**
 * Holds everything that is pending only weakly. To be called in a turn before the one that looks
 * for what vanished: V8 keeps the target of a new `WeakRef` to the end of the turn.
 */
export function ageAll(): void {
  for (const node of grown) ageOne(node);
  for (const node of young) ageOne(node);
  grown = [];
  young = [];
}

/** Everything that is still pending. Called once, at the end. */
export function takePending(): readonly Elder[] {
  ageAll();
  // Asking for what vanished would keep the rest alive for the collection that follows.
  return elders.filter(({ node }) => isAlive(node));
}
