/**
 * What the tracker keeps for one promise, and how it finds it again.
 *
 * The node is stamped on the promise as a private field: as fast as a symbol property, invisible
 * to the program (`Object.getOwnPropertySymbols`, `util.inspect`, freezing) and freed with it.
 */
import type { ScopeState } from './scope-state.ts';
import type { Site } from './sites.ts';

/** What made the promise. Low bits of {@link PromiseNode.bits}. */
export const PLAIN = 0;
/** The result of an async function that was called. */
export const CALL = 1;
/** What `next`, `return` or `throw` of an async generator gave: the body runs for it. */
export const GENERATOR = 2;
/** Derived by `then`, `catch` or `finally`: its callback runs for it. */
export const THEN = 3;
/** The result of `Promise.all`, `race`, `any` or `allSettled`. */
export const COLLECT = 4;
/** A member's derived promise inside a {@link COLLECT}. */
export const INPUT = 5;
/** Node's own module loader, which stands between the main call and the program's modules. */
export const LOADER = 6;
/** No promise: the main call, a callback, a named task. */
export const ROOT = 7;
export const KIND = 7;

/** The caller waits for it at once. */
export const AWAITED = 1 << 3;
/** The caller went on: a task of its own. */
export const SPAWNED = 1 << 4;
export const DECIDED = AWAITED | SPAWNED;
/** Settled, or returned for good: none of its code runs again. */
export const ENDED = 1 << 5;
/** It has been suspended at least once: until then it is nothing but a function call. */
export const SUSPENDED = 1 << 6;
/** Its identity follows from the order of events alone, and might be otherwise. */
export const INFERRED = 1 << 7;
/** Its events are classified by the stack, not by their order. */
export const EXACT = 1 << 8;
/** Its code is Node's own. */
export const INTERNAL = 1 << 9;
/** Its callback has run (THEN), or it was returned from (CALL): it waits for another promise. */
export const LOCKED = 1 << 10;
/** It stands in its caller's list of undecided calls. */
export const LISTED = 1 << 12;
/** It is the body of a named task: `owner` is that task, and ends with it. */
export const BODY = 1 << 13;
/** It was counted as a task. */
export const COUNTED = 1 << 14;

export class PromiseNode {
  /** Kind and flags, see above. */
  bits: number;
  /** The call that ran when this was made. */
  owner: PromiseNode | null;
  /** THEN and INPUT: the source. A suspended call: what it awaits. */
  from: PromiseNode | null = null;
  /** A call: the undecided calls it started since it last ran. COLLECT: its inputs. */
  child: PromiseNode | null = null;
  /** Next in the list that this node stands in. */
  sibling: PromiseNode | null = null;
  /** A call: its promise, while that may be needed to see whether it vanished. ROOT: what it is. */
  subject: object | null = null;
  /** Innermost scope, possibly exited by now. */
  scope: ScopeState | null;
  /** The function that runs. */
  fn: Site | null = null;
  /** Where it was called from. */
  place: Site | null = null;
  /** Where it is suspended. */
  at: Site | null = null;
  /** Announced call id, 0 when not announced. */
  id = 0;
  /** Distance from a call without an owner; bounds how long an owner is kept. */
  hops: number;
  /** Coarse clock at its start, whole milliseconds. */
  startMs: number;

  constructor(bits: number, owner: PromiseNode | null, scope: ScopeState | null, hops: number, startMs: number) {
    this.bits = bits;
    this.owner = owner;
    this.scope = scope;
    this.hops = hops;
    this.startMs = startMs;
  }
}

class Identity {
  constructor(target: object) {
    return target;
  }
}

/** Puts a node on a promise of its own, for example an async function's result. */
export class NodeStamp extends Identity {
  #node: PromiseNode;
  constructor(target: object, node: PromiseNode) {
    super(target);
    this.#node = node;
  }
  static read(target: object): PromiseNode | undefined {
    return #node in target ? target.#node : undefined;
  }
}

/** Puts the suspended call on the hidden promise that an `await` makes. */
export class AwaitStamp extends Identity {
  #waiter: PromiseNode;
  constructor(target: object, waiter: PromiseNode) {
    super(target);
    this.#waiter = waiter;
  }
  static read(target: object): PromiseNode | undefined {
    return #waiter in target ? target.#waiter : undefined;
  }
}
