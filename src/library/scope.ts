import { isHeard, publish } from './announcements.ts';

/**
 * A scope: a stretch of work with one beginning and one end, both in the same task. The tracker
 * records who enters and who exits it. Without the tracker it is an object with a name and a flag.
 */
export class Scope implements Disposable, AsyncDisposable {
  /** As given; need not be unique. */
  readonly name: string;
  #exited = false;
  #cancelled = false;

  /** Enters at once: see {@link enterScope}. */
  constructor(name: string) {
    this.name = name;
    if (isHeard('enter')) publish('enter', { scope: this, name });
  }

  /** Whether `exit` was called at least once. */
  get exited(): boolean {
    return this.#exited;
  }

  /** Whether `cancel` was called at least once. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Ends the scope. A second call changes nothing, and is a finding of the rule `double-exit`. */
  exit(): void {
    this.#exited = true;
    if (isHeard('exit')) publish('exit', { scope: this });
  }

  /** Records that the scope's work is to stop, and why. It stops nothing by itself. */
  cancel(reason?: unknown): void {
    this.#cancelled = true;
    if (isHeard('cancel')) publish('cancel', { scope: this, reason });
  }

  /**
   * Says that something the scope guards is used now: a session, a connection, a lock. After the
   * exit that is a finding of the rule `use-after-exit`.
   */
  use(what = 'use'): void {
    if (isHeard('use')) publish('use', { scope: this, use: what });
  }

  /** Calls `fn` and returns what it returns; {@link use} as far as the tracker is concerned. */
  run<Result>(fn: () => Result): Result {
    this.use('run');
    return fn();
  }

  /** For `using scope = enterScope(name)`. Exits unless it has exited. */
  [Symbol.dispose](): void {
    if (!this.#exited) this.exit();
  }

  /** For `await using scope = enterScope(name)`. Exits unless it has exited. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#exited) this.exit();
  }
}

/**
 * Enters a scope by hand. It must be exited by the task that entered it, or by one that received
 * it along `await`; prefer {@link withScope}, which cannot be left open.
 */
export function enterScope(name: string): Scope {
  return new Scope(name);
}

/**
 * Runs `fn` inside a scope that is exited when `fn`'s promise settles, either way. Resolves or
 * rejects as `fn` does.
 */
export async function withScope<Result>(
  name: string, fn: (scope: Scope) => Result | PromiseLike<Result>,
): Promise<Result> {
  const scope = new Scope(name);
  try {
    return await fn(scope);
  } finally {
    if (!scope.exited) scope.exit();
  }
}

/** The same for a function that returns a value at once; a promise it returns is not waited for. */
export function withScopeSync<Result>(name: string, fn: (scope: Scope) => Result): Result {
  const scope = new Scope(name);
  try {
    return fn(scope);
  } finally {
    if (!scope.exited) scope.exit();
  }
}
