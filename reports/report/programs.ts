import { isAlive } from '../judge.ts';
import type { ProgramTrace, Task } from '../model.ts';
import type { Ending, ReportLosses, ReportProgram } from '../report.ts';

export function reportProgram(trace: ProgramTrace): ReportProgram {
  const { started, ended, counts } = trace;
  return {
    id: trace.id,
    ...(started?.parent === undefined ? {} : { parent: started.parent }),
    ...(started === undefined ? {} : { pid: started.pid, thread: started.thread }),
    command: started?.argv ?? [],
    ...(started === undefined ? {} : { node: started.node }),
    ended: endingOf(trace),
    ...(ended?.exitCode === undefined ? {} : { exitCode: ended.exitCode }),
    ...(ended?.signal === undefined ? {} : { signal: ended.signal }),
    durationMs: ended?.atMs ?? trace.lastAtMs,
    tasks: counts.tasks,
    inferredTasks: counts.inferredTasks,
    scopes: counts.scopes,
    pendingTasks: countPending(trace),
    openWhenKilled: ended === undefined ? trace.scopes.filter((one) => one.exits.length === 0).length : 0,
    caveats: trace.caveats,
    ...followingOf(trace),
    losses: lossesOf(trace),
  };
}

function endingOf(trace: ProgramTrace): Ending {
  return trace.ended?.how ?? 'killed';
}

function followingOf({ following }: ProgramTrace): Pick<ReportProgram, 'following'> {
  const { pauses, computedMs, unfollowedMs } = following;
  return pauses === 0 ? {} : { following: { pauses, computedMs, unfollowedMs } };
}

function lossesOf({ losses }: ProgramTrace): ReportLosses {
  return {
    dropped: losses.dropped,
    ...(losses.stopped === undefined ? {} : { stopped: losses.stopped }),
    failures: losses.failures,
    unknownRecords: losses.unknownRecords,
    dangling: losses.dangling,
  };
}

function countPending(trace: ProgramTrace): number {
  if (trace.ended === undefined) return 0;
  const holding = new Set<Task>();
  for (const scope of trace.scopes) {
    if (scope.exits.length === 0) for (const owner of scope.owners) holding.add(owner.task);
  }
  const isIdle = (task: Task): boolean => task.pending !== undefined && isAlive(task) && !holding.has(task);
  return trace.tasks.filter(isIdle).length;
}
