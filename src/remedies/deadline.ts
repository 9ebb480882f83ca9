import { checkGroup, runGroup, type TaskFunction, type TaskGroupOptions } from './task-group.ts';
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
  checkGroup('deadline', fn, { ...options, timeout: ms });
  return runGroup(options.name ?? 'deadline', fn, { ...options, timeout: ms }, wayOf(ms, options));
}

/**
 * The same, and goes on when time is up: says whether it was, instead of throwing. The deadline of an outer
 * group is thrown all the same.
 */
export async function moveOnAfter<Result>(ms: number, fn: TaskFunction<Result>, options: DeadlineOptions = {}): Promise<Outcome<Result>> {
  checkGroup('moveOnAfter', fn, { ...options, timeout: ms });
  let own: TimeoutError | undefined;
  const ways = { ...wayOf(ms, options), onTimeout: (error: TimeoutError) => { own = error; } };
  try {
    return { timedOut: false, value: await runGroup(options.name ?? 'deadline', fn, { ...options, timeout: ms }, ways) };
  } catch (error) {
    if (own === undefined || error !== own) throw error;
    return { timedOut: true };
  }
}

const wayOf = (ms: number, { name }: DeadlineOptions): { scopeName: string } => ({ scopeName: name ?? `deadline of ${ms} ms` });
