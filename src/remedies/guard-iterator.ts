/**
 * An iterator that is closed exactly once, by the task that iterates it.
 *
 * `return()` of an async generator waits in line behind a `next()` that is still pending, and a generator
 * that nobody closes never runs its `finally`. So whoever stops here tells the reader, and the reader closes.
 */
import { ambient, type Closable, type Unit } from './ambient.ts';
import { checkSignal, checkTime } from './checks.ts';
import { StillRunningError } from './errors.ts';
import { onAbort } from './on-abort.ts';
import { callAt } from './timer.ts';
import { say } from './values.ts';

export interface GuardOptions {
  /** When it is aborted, a pending `next()`, or else the next one, closes the iterator and rejects with the reason. */
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

/** Ends a read before the iterator has answered: because of a signal, or because it is to be closed. */
class Stop {
  readonly cause: { readonly reason: unknown } | undefined;

  constructor(cause?: { readonly reason: unknown }) {
    this.cause = cause;
  }
}

class Guard<Value> implements GuardedIterator<Value>, Closable {
  readonly what = 'guarded iterator';
  readonly #inner: AsyncIterator<Value>;
  readonly #signal: AbortSignal | undefined;
  readonly #closeTimeout: number;
  #open: Set<Closable> | undefined;
  #reader: Unit | undefined;
  #reading: Promise<unknown> | undefined;
  /** Ends a pending read early. */
  #stop: ((how: Stop) => void) | undefined;
  #closing: Promise<void> | undefined;
  #finished = false;

  constructor(inner: AsyncIterator<Value>, { signal, closeTimeout = CLOSE_TIMEOUT_MS }: GuardOptions) {
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
      this.#stop(new Stop());
      await this.#reading;
    }
    await this.close();
    return DONE;
  }

  /** Closes it, and rejects with `error`. */
  async throw(error?: unknown): Promise<IteratorResult<Value, undefined>> {
    await closing(this.return(), error);
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
    const signal = this.#signal;
    if (signal?.aborted === true) return await this.#leave(new Stop({ reason: signal.reason }));
    const how = await this.#nextOrStop();
    if (how instanceof Stop) return await this.#leave(how);
    return how.done === true ? DONE : how;
  }

  /** The reader itself closes it. */
  async #leave({ cause }: Stop): Promise<IteratorResult<Value, undefined>> {
    if (cause === undefined) {
      await this.close();
      return DONE;
    }
    await closing(this.close(), cause.reason);
    throw cause.reason;
  }

  #nextOrStop(): Promise<IteratorResult<Value> | Stop> {
    return new Promise((resolve, reject) => {
      const signal = this.#signal;
      let release = nothing;
      const before = <Settled>(settle: (value: Settled) => void) => (value: Settled): void => {
        this.#stop = undefined;
        release();
        settle(value);
      };
      const stop = before<Stop>(resolve);
      this.#stop = stop;
      if (signal !== undefined) release = onAbort(signal, () => { stop(new Stop({ reason: signal.reason })); });
      const answer = before<IteratorResult<Value>>((result) => {
        if (result.done === true) this.#finish();
        resolve(result);
      });
      const refuse: (error: unknown) => void = reject;
      const fail = before<unknown>((error) => {
        // What throws has closed itself.
        this.#finish();
        refuse(error);
      });
      // Called here and now, not by an async function of ours: the reader's own task advances it.
      ask(() => this.#inner.next(), answer, fail);
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
    this.#finished = true;
    return new Promise((resolve, reject) => {
      const forget = callAt(performance.now() + this.#closeTimeout, () => { fail(this.#overdue()); });
      const before = <Settled>(settle: (value: Settled) => void) => (value: Settled): void => {
        forget();
        this.#finish();
        settle(value);
      };
      const fail = before(reject);
      ask(() => this.#inner.return?.(), before(() => { resolve(); }), fail);
    });
  }

  #overdue(): StillRunningError {
    const name = this.#reader?.name ?? 'its reader';
    const running = [{ name: 'clean-up', path: `${name} › clean-up of an iterator`, forMs: this.#closeTimeout, shielded: false }];
    return new StillRunningError(`An iterator did not close within ${this.#closeTimeout} ms`, running, this.#signal?.reason);
  }

  /** To the group it is open until its clean-up is over. */
  #finish(): void {
    this.#finished = true;
    this.#open?.delete(this);
  }
}

/** Waits for the clean-up. When that fails as well, both arrive, the first cause first. */
async function closing(closed: Promise<unknown>, reason: unknown): Promise<void> {
  try {
    await closed;
  } catch (error) {
    if (error instanceof StillRunningError) throw error;
    // eslint-disable-next-line preserve-caught-error -- both are there; the cause is what came first
    throw new AggregateError([reason, error], `An iterator was left because of: ${say(reason)}. Its clean-up failed with: ${say(error)}`, { cause: reason });
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

function iteratorOf<Value>(iterable: AsyncIterable<Value> | Iterable<Value>): AsyncIterator<Value> {
  const given = iterable as Partial<AsyncIterable<Value> & Iterable<Value>> | null | undefined;
  if (typeof given?.[Symbol.asyncIterator] === 'function') return (given as AsyncIterable<Value>)[Symbol.asyncIterator]();
  if (typeof given?.[Symbol.iterator] === 'function') return waiting((given as Iterable<Value>)[Symbol.iterator]());
  throw new TypeError('guardIterator needs something to iterate: an async generator, or an object with Symbol.asyncIterator or Symbol.iterator');
}

/** Promises among its values are waited for, as `for await` does. One that rejects closes it. */
function waiting<Value>(inner: Iterator<Value>): AsyncIterator<Value> {
  return {
    next: async () => {
      const result: IteratorResult<Value, unknown> = inner.next();
      if (result.done === true) return DONE;
      try {
        return { done: false, value: await result.value };
      } catch (error) {
        inner.return?.();
        throw error;
      }
    },
    return: () => {
      inner.return?.();
      return Promise.resolve(DONE);
    },
  };
}
