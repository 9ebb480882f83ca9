/** A dump by ids. */
import type { Dump, Leaf, ObjectId, PendingPromise, WaitingTask } from '../model.ts';

export interface LookUp {
  readonly dump: Dump;
  readonly task: (id: ObjectId) => WaitingTask | undefined;
  readonly promise: (id: ObjectId) => PendingPromise | undefined;
  readonly leaf: (id: ObjectId) => Leaf | undefined;
  /** The task that alone awaits the end of this one. */
  readonly caller: (task: WaitingTask) => WaitingTask | undefined;
}

export function lookUp(dump: Dump): LookUp {
  const tasks = new Map(dump.tasks.map((task) => [task.id, task]));
  const promises = new Map(dump.promises.map((promise) => [promise.id, promise]));
  const leaves = new Map([...dump.handles, ...dump.leaves].map((leaf) => [leaf.id, leaf]));
  const awaiting = new Map<ObjectId, WaitingTask | undefined>();
  for (const task of dump.tasks) awaiting.set(task.awaits, awaiting.has(task.awaits) ? undefined : task);
  return {
    dump,
    task: (id) => tasks.get(id),
    promise: (id) => promises.get(id),
    leaf: (id) => leaves.get(id),
    caller: ({ result }) => (result === undefined ? undefined : awaiting.get(result)),
  };
}
