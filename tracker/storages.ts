/** What is known of each `AsyncLocalStorage`, and how its store is read without being noticed. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { types } from 'node:util';
import type { PromiseNode } from './promise-node.ts';

type Storage = AsyncLocalStorage<unknown>;

/** Node's own, whatever is put in its place later. */
const { getStore } = AsyncLocalStorage.prototype;
const { isPrototypeOf } = Object.prototype;
const { apply } = Reflect;

/** Whether Node's methods work on it without running any of the program's code: it may be a proxy. */
function isStorage(value: object): value is Storage {
  if (types.isProxy(value)) return false;
  const inherits: boolean = apply(isPrototypeOf, AsyncLocalStorage.prototype, [value]);
  return inherits;
}

/** The storage itself is not kept alive. */
export class StorageState {
  readonly #storage: WeakRef<object>;
  /** The latest call that read it before that call was suspended for the first time. */
  reader: PromiseNode | null = null;

  constructor(storage: object) {
    this.#storage = new WeakRef(storage);
  }

  /** The store that is current for whoever runs now. Absent: there is none. */
  current(): unknown {
    const storage = this.#storage.deref();
    if (storage === undefined) return undefined;
    try {
      return apply(getStore, storage as Storage, []);
    } catch {
      // It inherits from a storage and is none.
      return undefined;
    }
  }
}

class Identity {
  constructor(target: object) {
    return target;
  }
}

/** Stamped on the storage, invisible to the program. */
class StateStamp extends Identity {
  #state = new StorageState(this);
  static read(storage: object): StorageState | undefined {
    return #state in storage ? storage.#state : undefined;
  }
}

/** Absent: it is no storage of Node's. */
export function stateOf(storage: unknown): StorageState | undefined {
  if (typeof storage !== 'object' || storage === null) return undefined;
  const known = StateStamp.read(storage);
  if (known !== undefined || !isStorage(storage)) return known;
  new StateStamp(storage);
  return StateStamp.read(storage);
}

/** A store remembered without being kept alive. Primitive ones are compared by value. */
export class StoreReference {
  readonly #store: unknown;
  readonly #isWeak: boolean;

  constructor(store: unknown) {
    this.#isWeak = (typeof store === 'object' && store !== null) || typeof store === 'function';
    this.#store = this.#isWeak ? new WeakRef(store as object) : store;
  }

  /** Whether `store` is this very one. Never true for none. */
  is(store: unknown): boolean {
    if (store === undefined || store === null) return false;
    return Object.is(this.#isWeak ? (this.#store as WeakRef<object>).deref() : this.#store, store);
  }
}
