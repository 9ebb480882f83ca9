import { AsyncResource } from 'node:async_hooks';
import { task } from '../library/task.ts';
import { checkGroup, type TaskGroupOptions } from './group-options.ts';
import { runGroup, type TaskFunction } from './task-group.ts';

/**
 * Runs `fn` in a task and a scope of its own. Returns what it returns when everything that was started in its
 * group has ended; whatever is left when it fails or time is up is cancelled and waited for. A context that
 * `fn` enters (`AsyncLocalStorage.enterWith`) does not leak out of it.
 *
 * @throws as `taskGroup`
 */
export async function isolate<Result>(
  name: string, fn: TaskFunction<Result>, options: Omit<TaskGroupOptions, 'name'> = {},
): Promise<Result> {
  checkGroup('isolate', fn, options);
  return await new AsyncResource('isolate').runInAsyncScope(() => task(name, () => runGroup(name, fn, options)));
}
