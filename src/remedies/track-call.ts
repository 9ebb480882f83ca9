/** A call that one can ask how it went: whether a cancellation came before its result, or after it. */
import { task } from '../library/task.ts';
import { checkGroup, type BodyOutcome, type TaskGroupOptions } from './group-options.ts';
import { TaskGroup, type TaskFunction } from './task-group.ts';
import { ambient, describeBody } from './ambient.ts';
import { checkTime } from './checks.ts';
import { StillRunningError, type RunningTask } from './errors.ts';
import { callAt } from './timer.ts';
import { isStillRunning } from './values.ts';

/**
 * `running`; `finished`: it has its result; `cancelled-before-result`: it has none, because it was cancelled;
 * `cancelled-after-result`: it has its result, and was cancelled while it cleaned up; `failed`.
 */
export type CallState = 'running' | 'finished' | 'cancelled-before-result' | 'cancelled-after-result' | 'failed';

export interface SafeToProceedOptions {
  /** Milliseconds to wait. Default: as long as it takes. */
  readonly timeout?: number | undefined;
}

const nothing = (): void => undefined;

/** Made by {@link trackCall}. */
export class TrackedCall<Result> {
  readonly name: string;
  /**
   * Resolves as soon as the function has returned, however the clean-up goes on: a late cancellation takes
   * nothing of it back. Rejects with what the function failed with.
   */
  readonly result: Promise<Result>;
  readonly #group: TaskGroup;
  readonly #over: Promise<{ readonly error?: unknown }>;
  #state: CallState = 'running';
  #ended = false;

  /** Not to be called by programs: see {@link trackCall}. */
  constructor(name: string, fn: TaskFunction<Result>, options: Omit<TaskGroupOptions, 'name'>) {
    this.name = name;
    let settle: (outcome: BodyOutcome) => void = nothing;
    this.result = resultOf(new Promise((resolve) => { settle = resolve; }));
    const ways = {
      keepsResult: true,
      onBodyEnd: (outcome: BodyOutcome) => {
        this.#note(outcome);
        settle(outcome);
      },
    };
    this.#group = new TaskGroup(name, options, ways);
    this.#group.onCancel(() => {
      if (this.#state === 'finished' && !this.#group.hasFailed) this.#state = 'cancelled-after-result';
    });
    this.#over = this.#run(fn, ways);
  }

  get state(): CallState {
    return this.#state;
  }

  /** Whether there is a result, whatever came after it. */
  get hasResult(): boolean {
    return this.#state === 'finished' || this.#state === 'cancelled-after-result';
  }

  /** What it has started and has not ended yet. */
  get running(): readonly RunningTask[] {
    return this.#group.running;
  }

  /** Cancels it. Whether that comes before the result or after it is told by {@link state}. */
  cancel(reason?: unknown): void {
    // Whoever cancels it does not need to be told.
    this.result.catch(nothing);
    if (reason === undefined) this.#group.cancel();
    else this.#group.cancel(reason);
  }

  /**
   * Resolves when the tasks, scopes and guarded iterators of the call are gone, so that the next one meets
   * nothing of it. Does not reject with what the call failed with: see {@link result}.
   *
   * @throws {StillRunningError} when something is left after `timeout`
   * @throws what the clean-up failed with, when the call itself had succeeded
   */
  async safeToProceed({ timeout = Infinity }: SafeToProceedOptions = {}): Promise<void> {
    checkTime('safeToProceed', 'timeout', timeout);
    if (this.#isInside()) throw new Error(`${this.name} cannot wait for its own end: call safeToProceed outside of it.`);
    this.result.catch(nothing);
    const over = await this.#overWithin(timeout);
    if ('error' in over && (this.hasResult || isStillRunning(over.error))) throw over.error as Error;
  }

  async #run(fn: TaskFunction<Result>, ways: object): Promise<{ readonly error?: unknown }> {
    try {
      await task(this.name, () => this.#group.host(fn, ways));
      return {};
    } catch (error) {
      return { error };
    } finally {
      this.#ended = true;
    }
  }

  #isInside(): boolean {
    for (let group = ambient()?.group; group !== undefined; group = group.outer) if (group === this.#group) return true;
    return false;
  }

  #note({ fulfilled, cancelled }: BodyOutcome): void {
    if (fulfilled) this.#state = 'finished';
    else this.#state = cancelled ? 'cancelled-before-result' : 'failed';
  }

  #overWithin(timeout: number): Promise<{ readonly error?: unknown }> {
    if (timeout === Infinity || this.#ended) return this.#over;
    return new Promise((resolve, reject) => {
      const forget = callAt(performance.now() + timeout, () => {
        reject(new StillRunningError(`It is not safe to proceed after ${this.name}`, this.#left()));
      });
      void this.#over.then((over) => {
        forget();
        resolve(over);
      });
    });
  }

  #left(): readonly RunningTask[] {
    const { running } = this.#group;
    return running.length > 0 ? running : [describeBody(this.#group)];
  }
}

async function resultOf<Result>(body: Promise<BodyOutcome>): Promise<Result> {
  const { fulfilled, value, error } = await body;
  if (!fulfilled) throw error as Error;
  return value as Result;
}

/**
 * Calls `fn` at once, in a task and a scope of its own, and tracks how it goes.
 *
 * @example
 * const call = trackCall('query', ({ signal }) => query(sql, { signal }))
 * const rows = await call.result
 * await call.safeToProceed({ timeout: 1000 })
 */
export function trackCall<Result>(
  name: string, fn: TaskFunction<Result>, options: Omit<TaskGroupOptions, 'name'> = {},
): TrackedCall<Result> {
  checkGroup('trackCall', fn, options);
  return new TrackedCall(name, fn, options);
}
