/** What the tracker keeps of a timer, a server, a socket and the like while it may be of interest. */
import type { HandleType } from '../protocol.ts';
import { ENDED, type PromiseNode } from '../promise-node.ts';
import type { ScopeState } from '../scope-state.ts';
import type { Site } from '../sites.ts';
import { isOver, readDueMs, readState } from './state.ts';
import { turn } from '../turns.ts';

/** Where and by whom it was made, as the stack showed it. */
export interface Making {
  /** The program's own places, innermost first. Empty: not seen, or none. */
  readonly sites: readonly Site[];
  /** The module of Node that the program called. Empty: none. */
  readonly by: string;
  readonly local: boolean;
  readonly certain: boolean;
}

/** Between two words that it stands, the first time. */
const FIRST_GAP_MS = 50;

export class Handle {
  readonly type: HandleType;
  readonly owner: PromiseNode;
  readonly scope: ScopeState | null;
  readonly making: Making;
  /** Whole milliseconds. */
  readonly startMs: number;
  /** The turn of the event loop in which it was made. */
  readonly turn = turn;
  /** Announced id, 0 when not announced. */
  id = 0;
  /** When it was last known to be there. */
  openMs: number;
  /** It came due, was cleared, closed or collected. */
  over = false;
  /** It was said that it is over. */
  said = false;
  /** The latest race that the promise which waits for this timer takes part in. */
  race: PromiseNode | null = null;
  /** That promise. Null: none is known. */
  promise: PromiseNode | null = null;
  /** Strongly while it is young: most are gone before a weak reference would pay. */
  #held: object | null;
  #weak: WeakRef<object> | null = null;
  #waiter: PromiseNode | null = null;
  #followed = false;
  #dueMs = 0;
  #gapMs = FIRST_GAP_MS;

  constructor(type: HandleType, resource: object, owner: PromiseNode, scope: ScopeState | null, making: Making, startMs: number) {
    this.type = type;
    this.owner = owner;
    this.scope = scope;
    this.making = making;
    this.startMs = startMs;
    this.openMs = startMs;
    this.#held = resource;
  }

  /** Cheaper than {@link state}. */
  get isThere(): boolean {
    if (this.over) return false;
    const resource = this.#held ?? this.#weak?.deref();
    if (resource === undefined || isOver(resource)) this.end();
    return !this.over;
  }

  /** `refd`: it keeps the program alive. `unrefd`: it is there and does not. */
  get state(): 'refd' | 'unrefd' | 'over' {
    if (this.over) return 'over';
    const resource = this.#held ?? this.#weak?.deref();
    const state = resource === undefined ? 'over' : readState(resource);
    if (state === 'over') this.end();
    return state;
  }

  /** When it comes due, if it is a timer that stands. */
  get dueMs(): number | undefined {
    const resource = this.over ? undefined : (this.#held ?? this.#weak?.deref());
    return resource === undefined ? undefined : readDueMs(resource);
  }

  /** Whether it is time to say again that it stands: ever more seldom. */
  isDue(nowMs: number): boolean {
    return nowMs >= this.#dueMs;
  }

  told(): void {
    this.#dueMs = this.openMs + this.#gapMs;
    this.#gapMs *= 4;
  }

  /** The promise that waits for it takes part in a race. */
  enterRace(race: PromiseNode): void {
    this.race = race;
    this.#need();
  }

  /** `call` waits for that promise. */
  awaitedBy(call: PromiseNode): void {
    this.#waiter = call;
    this.#need();
  }

  /** A callback was given to that promise. */
  followed(): void {
    this.#followed = true;
    this.#need();
  }

  /** After its scope's exit: then somebody needs it still, and it is looked at no more. */
  #need(): void {
    if (this.id !== 0) this.end();
  }

  /** That promise is pending while a race that it takes part in is decided, and nothing else waits for it. */
  get lostRace(): boolean {
    const { race, promise } = this;
    if (race === null || promise === null || this.#followed) return false;
    return (race.bits & ENDED) !== 0 && (promise.bits & ENDED) === 0 && this.#waiter?.from !== promise;
  }

  end(): void {
    this.over = true;
    this.#held = null;
    this.#weak = null;
  }

  /** From now on the program alone decides how long it lives. */
  letGo(): void {
    if (this.#held === null) return;
    this.#weak = new WeakRef(this.#held);
    this.#held = null;
  }
}
