/** Where the trees of a dump begin: with the tasks that no other task waits for. */
import type { ObjectId, PendingPromise, Verdict, WaitingTask } from '../model.ts';

/** Worst first; tasks of Node's own last. */
export function findRoots(tasks: readonly WaitingTask[], promises: readonly PendingPromise[], verdicts: readonly Verdict[]): ObjectId[] {
  const byId = new Map(promises.map((promise) => [promise.id, promise]));
  const taskIds = new Map(tasks.map((task) => [task.id, task]));
  const below = (task: WaitingTask): ObjectId[] => tasksBelow(task.awaits, byId);
  const awaited = new Set(tasks.flatMap(below));
  const roots = tasks.filter((task) => !awaited.has(task.id));
  const reached = new Set<ObjectId>();
  const mark = (start: WaitingTask): void => {
    const queue = [start];
    for (let task = queue.pop(); task !== undefined; task = queue.pop()) {
      if (reached.has(task.id)) continue;
      reached.add(task.id);
      for (const id of below(task)) {
        const next = taskIds.get(id);
        if (next !== undefined) queue.push(next);
      }
    }
  };
  roots.forEach(mark);
  for (const task of tasks) {
    if (reached.has(task.id)) continue;
    roots.push(task);
    mark(task);
  }
  const rank = rankTasks(verdicts);
  const ranks = new Map(roots.map((root) => [root.id, worstBelow(root)]));
  return roots.sort((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0)).map(({ id }) => id);

  function worstBelow(root: WaitingTask): number {
    let worst = verdicts.length;
    const seen = new Set<ObjectId>();
    const queue = [root];
    for (let task = queue.pop(); task !== undefined; task = queue.pop()) {
      if (seen.has(task.id)) continue;
      seen.add(task.id);
      worst = Math.min(worst, rank.get(task.id) ?? worst);
      for (const id of below(task)) {
        const next = taskIds.get(id);
        if (next !== undefined) queue.push(next);
      }
    }
    return worst + (root.internal ? 1e6 : 0);
  }
}

/** The tasks that a promise waits for, over other promises. */
export function tasksBelow(start: ObjectId, byId: ReadonlyMap<ObjectId, PendingPromise>): ObjectId[] {
  const found: ObjectId[] = [];
  const seen = new Set([start]);
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    const settler = byId.get(queue[at] ?? -1)?.settledBy;
    if (settler?.kind === 'task' || settler?.kind === 'step') found.push(settler.task);
    const next = settler?.kind === 'combinator' ? settler.members : settler?.kind === 'unread' ? settler.leads : settler?.kind === 'then' || settler?.kind === 'follows' ? [settler.source] : [];
    for (const id of next) {
      if (seen.has(id)) continue;
      seen.add(id);
      queue.push(id);
    }
  }
  return found;
}

/** The place of the first verdict that names a task. */
function rankTasks(verdicts: readonly Verdict[]): Map<ObjectId, number> {
  const rank = new Map<ObjectId, number>();
  verdicts.forEach((verdict, at) => {
    for (const task of verdict.tasks) if (!rank.has(task)) rank.set(task, at);
  });
  return rank;
}
