/**
 * What the tracker keeps for one promise, and how it finds it again.
 *
 * The node is stamped on the promise as a private field: as fast as a symbol property, invisible
 * to the program (`Object.getOwnPropertySymbols`, `util.inspect`, freezing) and freed with it.
 */
import type { Handle } from './handles/handle.ts';
import type { GeneratorState, LoopLink } from './generator-state.ts';
import type { ScopeState } from './scope-state.ts';
import type { Site } from './sites.ts';
import type { Work } from './work.ts';

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
/** The hidden promise of an `await`: see {@link Waiting}. A bit that no other kind has. */
export const AWAIT = 8;
export const KIND = 15;
/** With {@link AWAIT}: the promise that wraps a plain value which is awaited. */
export const WRAPPER = AWAIT | 1;

/** The caller waits for it at once. */
export const AWAITED = 1 << 4;
/** The caller went on: a task of its own. */
export const SPAWNED = 1 << 5;
export const DECIDED = AWAITED | SPAWNED;
/** Settled, or returned for good: none of its code runs again. */
export const ENDED = 1 << 6;
/** It has been suspended at least once: until then it is nothing but a function call. */
export const SUSPENDED = 1 << 7;
/** Its identity follows from the order of events alone, and might be otherwise. */
export const INFERRED = 1 << 8;
/** Its events are classified by the stack, not by their order. */
export const EXACT = 1 << 9;
/** Its code is Node's own. */
export const INTERNAL = 1 << 10;
/** Its callback has run (THEN), or it was returned from (CALL): it waits for another promise. */
export const LOCKED = 1 << 11;
/** It stands in its caller's list of undecided calls. */
export const LISTED = 1 << 12;
/** It is the body of a named task: `owner` is that task, and ends with it. */
export const BODY = 1 << 13;
/** It was counted as a task. */
export const COUNTED = 1 << 14;

/** A callback registered inside an executor; `subject` is the promise that is constructed. */
export const IN_EXECUTOR = 1 << 15;
/** It worked under a signal, and the moment of its end is kept: see `work.ts`. */
export const WATCHED = 1 << 16;
/** Somebody waits for it, or has a callback on it. */
export const USED = 1 << 17;
/** More than one does. An INPUT: its member was not started for the race. */
export const SHARED = 1 << 18;
/** A COLLECT: the first member decides. Anything else: it has lost a race, or works for what has. */
export const RACED = 1 << 19;
/** Bits above the flags hold the distance from a call without an owner: see {@link hopsOf}. */
const HOPS_SHIFT = 20;
export const ONE_HOP = 1 << HOPS_SHIFT;
/** Kinds and flags without the distance. */
export const FLAGS = ONE_HOP - 1;

/**
 * The stretch of time that a node belongs to. Odd: promises are not followed just now, see
 * `following.ts`. What is of an earlier era is never spoken of again as if it had been seen since.
 */
export let era = 0;

export function beginEra(): void {
  era++;
}

/** Whether promises are not followed just now. */
export function isPaused(): boolean {
  return (era & 1) !== 0;
}

export class PromiseNode {
  /** Kind, flags and distance, see above. */
  bits: number;
  era: number;
  /** The call that ran when this was made. */
  owner: PromiseNode | null;
  /** THEN and INPUT: the source. A suspended call: what it awaits. */
  from: PromiseNode | null;
  /** A call: the undecided calls it started since it last ran. COLLECT: its inputs. */
  child: PromiseNode | null;
  /** Next in the list that this node stands in. */
  sibling: PromiseNode | null;
  /** A call: its promise, while that may be needed to see whether it vanished. ROOT: what it is. */
  subject: object | null;
  /** Innermost scope, possibly exited by now. */
  scope: ScopeState | null;
  /** What is only known of calls that were looked at closely. */
  details: Details | null;

  constructor(bits: number, owner: PromiseNode | null, scope: ScopeState | null) {
    // Assigned here, in one shape: class fields cost this class a third more.
    this.bits = bits;
    this.era = era;
    this.owner = owner;
    this.from = null;
    this.child = null;
    this.sibling = null;
    this.subject = null;
    this.scope = scope;
    this.details = null;
  }
}

export class Details {
  /** Announced call id, 0 when not announced. */
  id = 0;
  /** The function that runs. */
  fn: Site | null = null;
  /** Where it was called from. */
  place: Site | null = null;
  /** Called from an unnamed function that was handed to a builtin, such as `map`: where that was called from. */
  around: Site | null = null;
  /** Where it is suspended. */
  at: Site | null = null;
  /** What it did under signals, where that was seen. */
  work: Work | null = null;
  /** The handle that it stands for, or the timer that a promise waits for. */
  handle: Handle | null = null;
  /** What it was last told to wait for, while somebody watches: see `standing.ts`. */
  told: PromiseNode | null = null;
  /** Whether it is suspended at a plain value, which cannot be rejected. */
  plain = false;
  /** GENERATOR: the generator whose body runs. */
  generator: GeneratorState | null = null;
  /** The generators that this call advances, the latest one first. */
  loops: LoopLink | null = null;
  /** Coarse clock at its start, whole milliseconds. */
  startMs: number;

  constructor(startMs: number) {
    this.startMs = startMs;
  }
}

/** Stamped on the hidden promises that an `await` makes: who is suspended there. */
export class Waiting {
  readonly bits: number;
  readonly owner: PromiseNode;
  /** `bits`: {@link AWAIT} or {@link WRAPPER}. */
  constructor(bits: number, owner: PromiseNode) {
    this.bits = bits;
    this.owner = owner;
  }
}

/** How far away the nearest call without an owner is; bounds how long owners are kept. */
export function hopsOf(node: PromiseNode): number {
  return node.bits >> HOPS_SHIFT;
}

export function idOf(node: PromiseNode): number {
  return node.details === null ? 0 : node.details.id;
}

export function functionOf(node: PromiseNode): Site | null {
  return node.details === null ? null : node.details.fn;
}

/** Its subclasses put private fields on whatever they are given. */
export class Identity {
  constructor(target: object) {
    return target;
  }
}

/**
 * Puts a node, or who waits, on a promise. On nothing else: V8 optimizes the access for the few
 * shapes that it has seen, and the many of other objects made every `await` a quarter slower.
 */
export class Stamp extends Identity {
  #node: PromiseNode | Waiting;
  constructor(promise: object, node: PromiseNode | Waiting) {
    super(promise);
    this.#node = node;
  }
  static read(promise: object): PromiseNode | Waiting | undefined {
    return #node in promise ? promise.#node : undefined;
  }
  /** For whatever the program has handed over. */
  static readAny(value: object): PromiseNode | Waiting | undefined {
    return #node in value ? value.#node : undefined;
  }
}

/** Puts a node on the object that stands for an async resource. */
export class ResourceStamp extends Identity {
  #node: PromiseNode;
  constructor(resource: object, node: PromiseNode) {
    super(resource);
    this.#node = node;
  }
  static read(resource: object): PromiseNode | undefined {
    return #node in resource ? resource.#node : undefined;
  }
}

/** The node on a promise that the program can hold. Absent when it was made before tracking. */
export function nodeOf(value: object): PromiseNode | undefined {
  const stamp = Stamp.readAny(value);
  return stamp === undefined || (stamp.bits & AWAIT) !== 0 ? undefined : (stamp as PromiseNode);
}
