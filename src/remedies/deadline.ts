import { checkTime } from './checks.ts';
import { checkGroup, type TaskGroupOptions } from './group-options.ts';
import { runGroup, type TaskFunction } from './task-group.ts';
import type { TimeoutError } from './errors.ts';

/** What became of work that time may have been up for. */
export type Outcome<Result> = { readonly timedOut: false; readonly value: Result } | { readonly timedOut: true };

export type DeadlineOptions = Omit<TaskGroupOptions, 'timeout'>;

/**
 * Runs `fn` for at most `ms` milliseconds. When time is up it is cancelled and waited for, not abandoned.
 * A value that it returns nevertheless counts.
 *
 * @throws {TimeoutError} when it was cancelled because time was up; otherwise as `taskGroup`
 */
export async function deadline<Result>(ms: number, fn: TaskFunction<Result>, options: DeadlineOptions = {}): Promise<Result> {
  return run('deadline', ms, fn, options);
}

/**
 * The same, and goes on when time is up: says whether it was, instead of throwing. The deadline of an outer
 * group is thrown all the same.
 */
export async function moveOnAfter<Result>(ms: number, fn: TaskFunction<Result>, options: DeadlineOptions = {}): Promise<Outcome<Result>> {
  let own: TimeoutError | undefined;
  const note = (error: TimeoutError): void => { own = error; };
  try {
    return { timedOut: false, value: await run('moveOnAfter', ms, fn, options, note) };
  } catch (error) {
    if (own === undefined || error !== own) throw error;
    return { timedOut: true };
  }
}

function run<Result>(
  of: string, ms: number, fn: TaskFunction<Result>, options: DeadlineOptions, onTimeout?: (error: TimeoutError) => void,
): Promise<Result> {
  const { name, signal, closeTimeout } = options;
  const bounds = { signal, closeTimeout, timeout: ms };
  checkTime(of, 'its limit', ms, true);
  checkGroup(of, fn, bounds);
  const scopeName = name ?? `deadline of ${ms} ms`;
  return runGroup(name ?? 'deadline', fn, bounds, onTimeout === undefined ? { scopeName } : { scopeName, onTimeout });
}
