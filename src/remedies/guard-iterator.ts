/**
 * An iterator that is closed exactly once, by the task that iterates it.
 *
 * `return()` of an async generator waits in line behind a `next()` that is still pending, and a generator
 * that nobody closes never runs its `finally`. So whoever stops here tells the reader, and the reader closes.
 */
import { ambient, type Closable, type Unit } from './ambient.ts';
import { checkSignal, checkTime } from './checks.ts';
import { StillRunningError } from './errors.ts';
import { callAt } from './timer.ts';

export interface GuardOptions {
  /** When it is aborted, a pending `next()` closes the iterator and rejects with the reason, as does each later one. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait for the iterator's own clean-up, in which it may hang. Default: 5000. */
  readonly closeTimeout?: number | undefined;
}

/** An iterator and iterable whose `return` and `throw` are always there. */
export interface GuardedIterator<Value> extends AsyncIterableIterator<Value, undefined, undefined>, AsyncDisposable {
  next(): Promise<IteratorResult<Value, undefined>>;
  return(): Promise<IteratorResult<Value, undefined>>;
  throw(error?: unknown): Promise<IteratorResult<Value, undefined>>;
  [Symbol.asyncIterator](): this;
}

const CLOSE_TIMEOUT_MS = 5000;
const nothing = (): void => undefined;
const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

type Inner<Value> = AsyncIterator<Value> | Iterator<Value>;
type Stop = { readonly reason: unknown } | 'closed';

class Guard<Value> implements GuardedIterator<Value>, Closable {
  readonly what = 'guarded iterator';
  readonly #inner: Inner<Value>;
  readonly #signal: AbortSignal | undefined;
  readonly #closeTimeout: number;
  #open: Set<Closable> | undefined;
  #reader: Unit | undefined;
  #reading: Promise<unknown> | undefined;
  /** Ends a pending read early. */
  #stop: ((how: Stop) => void) | undefined;
  #closing: Promise<void> | undefined;
  #finished = false;

  constructor(inner: Inner<Value>, { signal, closeTimeout = CLOSE_TIMEOUT_MS }: GuardOptions) {
    this.#inner = inner;
    this.#signal = signal;
    this.#closeTimeout = closeTimeout;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** One after the other, as those of an async generator are. */
  async next(): Promise<IteratorResult<Value, undefined>> {
    while (this.#reading !== undefined) await this.#reading;
    if (this.#isOver) {
      await this.#closing;
      return DONE;
    }
    const reading = this.#read();
    this.#reading = reading.then(nothing, nothing);
    try {
      return await reading;
    } finally {
      this.#reading = undefined;
    }
  }

  /** Closes it. When another task is just reading, that one does, and this waits for it. */
  async return(): Promise<IteratorResult<Value, undefined>> {
    if (this.#finished) return DONE;
    if (this.#stop !== undefined) {
      this.#stop('closed');
      await this.#reading;
    }
    await this.close();
    return DONE;
  }

  /** Closes it, and rejects with `error`. */
  async throw(error?: unknown): Promise<IteratorResult<Value, undefined>> {
    await this.return();
    throw error;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** The first call closes it, all others wait for that. */
  readonly close = (): Promise<void> => (this.#closing ??= this.#finished ? Promise.resolve() : this.#closeInner());

  get #isOver(): boolean {
    return this.#finished || this.#closing !== undefined;
  }

  async #read(): Promise<IteratorResult<Value, undefined>> {
    this.#enter();
    if (this.#signal?.aborted === true) return await this.#leave({ reason: this.#signal.reason });
    let how: IteratorResult<Value> | Stop;
    try {
      how = await this.#nextOrStop();
    } catch (error) {
      // What throws has closed itself.
      this.#finish();
      throw error;
    }
    if (how === 'closed' || 'reason' in how) return await this.#leave(how);
    if (how.done !== true) return how;
    this.#finish();
    return DONE;
  }

  /** The reader itself closes it. */
  async #leave(how: Stop): Promise<IteratorResult<Value, undefined>> {
    await this.close();
    if (how === 'closed') return DONE;
    throw how.reason;
  }

  #nextOrStop(): Promise<IteratorResult<Value> | Stop> {
    return new Promise((resolve, reject) => {
      const signal = this.#signal;
      const abort = (): void => this.#stop?.({ reason: signal?.reason });
      const before = <Settled>(settle: (value: Settled) => void) => (value: Settled): void => {
        this.#stop = undefined;
        signal?.removeEventListener('abort', abort);
        settle(value);
      };
      this.#stop = before<Stop>(resolve);
      signal?.addEventListener('abort', abort, { once: true });
      // Called here and now, not by an async function of ours: the reader's own task advances it.
      ask(() => this.#inner.next(), before<IteratorResult<Value>>(resolve), before(reject));
    });
  }

  /** From now on the group closes it, if nobody else has by the group's end. */
  #enter(): void {
    if (this.#open !== undefined) return;
    const within = ambient();
    this.#reader = within?.unit;
    this.#open = within?.group.open ?? new Set();
    this.#open.add(this);
  }

  #closeInner(): Promise<void> {
    this.#finish();
    return new Promise((resolve, reject) => {
      const forget = callAt(performance.now() + this.#closeTimeout, () => { reject(this.#overdue()); });
      const before = <Settled>(settle: (value: Settled) => void) => (value: Settled): void => {
        forget();
        settle(value);
      };
      ask(() => this.#inner.return?.(), before(() => { resolve(); }), before(reject));
    });
  }

  #overdue(): StillRunningError {
    const name = this.#reader?.name ?? 'its reader';
    const running = [{ name: 'clean-up', path: `${name} › clean-up of an iterator`, forMs: this.#closeTimeout, shielded: false }];
    return new StillRunningError(`An iterator did not close within ${this.#closeTimeout} ms`, running, this.#signal?.reason);
  }

  #finish(): void {
    this.#finished = true;
    this.#open?.delete(this);
  }
}

/** What it returns or throws, now or later. */
function ask<Answer>(fn: () => Answer | PromiseLike<Answer>, resolve: (answer: Answer) => void, reject: (error: unknown) => void): void {
  try {
    Promise.resolve(fn()).then(resolve, reject);
  } catch (error) {
    reject(error);
  }
}

/**
 * Guards an async generator, or any other iterable: it is closed exactly once, by the task that iterates it,
 * whether the loop is left by `break`, by an exception, by an abort or because another task calls `return()`.
 * One that was begun and dropped is closed when the group in which it was begun ends.
 *
 * @throws {StillRunningError} from `next` or `return`, when the clean-up takes longer than `closeTimeout`
 */
export function guardIterator<Value>(
  iterable: AsyncIterable<Value> | Iterable<Value>, options: GuardOptions = {},
): GuardedIterator<Value> {
  checkSignal('guardIterator', options.signal);
  checkTime('guardIterator', 'closeTimeout', options.closeTimeout);
  return new Guard(iteratorOf(iterable), options);
}

function iteratorOf<Value>(iterable: AsyncIterable<Value> | Iterable<Value>): Inner<Value> {
  const given = iterable as Partial<AsyncIterable<Value> & Iterable<Value>> | null | undefined;
  if (typeof given?.[Symbol.asyncIterator] === 'function') return (given as AsyncIterable<Value>)[Symbol.asyncIterator]();
  if (typeof given?.[Symbol.iterator] === 'function') return (given as Iterable<Value>)[Symbol.iterator]();
  throw new TypeError('guardIterator needs something to iterate: an async generator, or an object with Symbol.asyncIterator or Symbol.iterator');
}
