/**
 * What happened when: every task as a lane, every scope as a bar, and what went from one task to another. Formats that
 * draw time read this. Times are milliseconds since the first program of the session started.
 */
import type { ProgramId, ScopeId, ScopeKind } from '../../tracker/protocol.ts';
import type { TaskId, TaskOrigin } from '../model.ts';
import type { Ending } from '../report.ts';
import type { Place } from '../sources.ts';

export interface Timeline {
  /** `report`: made of a JSON report alone, which holds fewer tasks and no aborts, times of joins, starts of programs or dumps. */
  readonly source: 'recording' | 'report';
  /** In the order they were started, parents first. */
  readonly programs: readonly TimelineProgram[];
  /** Tasks and scopes of the session that are left out. */
  readonly omitted: { readonly tasks: number; readonly scopes: number };
}

export interface TimelineProgram {
  readonly id: ProgramId;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly ended: Ending;
  /** In order of their ids. */
  readonly tasks: readonly TimelineTask[];
  /** In the order they were entered. */
  readonly scopes: readonly TimelineScope[];
  readonly aborts: readonly TimelineAbort[];
  /** Of the last dump. Absent: the recording has none. */
  readonly waits?: readonly TimelineWait[];
}

export interface TimelineTask {
  readonly id: TaskId;
  readonly label: string;
  readonly origin: TaskOrigin;
  /** Absent for the main task, and when that is not known. */
  readonly spawner?: TaskId;
  /** The innermost scope that was open for the spawner. */
  readonly scope?: ScopeId;
  readonly startMs: number;
  /** Absent: still alive when the recording stops. */
  readonly endMs?: number;
  readonly certain: boolean;
  readonly state: 'ended' | 'pending' | 'vanished';
  readonly place?: Place;
  /** Where a pending task waits. */
  readonly suspended?: Place;
  readonly joins: readonly TimelineJoin[];
}

export interface TimelineJoin {
  readonly by: TaskId;
  /** Absent: not known when. */
  readonly atMs?: number;
}

export interface TimelineScope {
  readonly id: ScopeId;
  readonly name: string;
  readonly kind: ScopeKind;
  readonly parent?: ScopeId;
  /** The task that entered it. */
  readonly host: TaskId;
  readonly enteredMs: number;
  /** The first exit. Absent: never exited. */
  readonly exitedMs?: number;
  readonly exitedBy?: TaskId;
  readonly cancelledMs?: number;
  readonly entered?: Place;
  readonly exited?: Place;
}

/** A signal was aborted under which somebody worked. */
export interface TimelineAbort {
  readonly atMs: number;
  /** Absent: not seen. */
  readonly by?: TaskId;
  readonly reason?: string;
  /** Those that worked under it. */
  readonly tasks: readonly TaskId[];
  readonly place?: Place;
}

/** What a dump found out about promises that tasks wait for. */
export interface TimelineWait {
  readonly outcome: 'deadlock' | 'never' | 'only';
  readonly certain: boolean;
  /** Each waits for what only the next could do. */
  readonly circular: boolean;
  /** What holds the resolver. */
  readonly held?: string;
  /** Of `only`: whose code could still settle it. */
  readonly by?: string;
  readonly waiting: number;
  readonly waiters: readonly TimelineWaiter[];
}

export interface TimelineWaiter {
  readonly name: string;
  /** Absent: the tracker did not follow it. */
  readonly task?: TaskId;
  /** What the task is called. Absent with it. */
  readonly label?: string;
  /** Suspended lines, its own first. */
  readonly stack: readonly Place[];
  readonly held?: string;
}
