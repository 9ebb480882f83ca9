/** What a dump of the program has proved. */
import type { DumpOutcome, DumpReason, ProgramDumped, SiteId, VerdictReached, WaiterNamed } from '../../../tracker/protocol.ts';
import type { Moment, Task } from '../../model.ts';
import type { FamilyFold, FoldContext } from '../family.ts';

/** The last dump of the program. */
export interface Dumped extends Moment {
  readonly why: DumpReason;
  /** Worst first. */
  readonly verdicts: readonly ProvedWait[];
  /** How many there were beyond these. */
  readonly omitted: number;
}

export interface ProvedWait {
  readonly outcome: DumpOutcome;
  readonly certain: boolean;
  readonly circular: boolean;
  readonly waiting: number;
  readonly dependents: number;
  readonly held?: string;
  readonly heldBy?: string;
  readonly by?: string;
  /** Of a circle in its order. */
  readonly waiters: readonly Waiter[];
}

/** A function that waits in vain. */
export interface Waiter {
  /** Empty: it has none. */
  readonly name: string;
  readonly module: boolean;
  readonly iterates: boolean;
  /** Absent: the tracker did not follow it. */
  readonly task?: Task;
  /** Of the task's identity. */
  readonly certain: boolean;
  /** Suspended lines: its own first, then those of the functions that wait for it. */
  readonly stack: readonly SiteId[];
  readonly awaited: boolean;
  readonly held?: string;
}

interface Facts {
  readonly record: ProgramDumped;
  readonly order: number;
  readonly verdicts: VerdictReached[];
  readonly waiters: WaiterNamed[];
}

/** Absent: it was not dumped, or nobody kept what the dump said. */
export function dumps(): FamilyFold<Dumped | undefined> {
  let last: Facts | undefined;
  return {
    add: (record, order) => {
      switch (record.kind) {
        case 'program-dumped':
          last = { record, order, verdicts: [], waiters: [] };
          return true;
        case 'verdict-reached':
          last?.verdicts.push(record);
          return true;
        case 'waiter-named':
          last?.waiters.push(record);
          return true;
        default:
          return false;
      }
    },
    finish: (context) => (last === undefined ? undefined : finish(last, context)),
  };
}

function finish({ record, order, verdicts, waiters }: Facts, context: FoldContext): Dumped {
  return {
    why: record.why,
    verdicts: verdicts.map((verdict) => ({
      ...withoutIds(verdict),
      waiters: waiters.filter((each) => each.verdict === verdict.verdict).map((each) => finishWaiter(each, context)),
    })),
    omitted: Math.max(0, record.verdicts - verdicts.length),
    order,
    atMs: record.atMs,
  };
}

function withoutIds({ outcome, certain, circular, waiting, dependents, held, heldBy, by }: VerdictReached): Omit<ProvedWait, 'waiters'> {
  return {
    outcome,
    certain,
    circular,
    waiting,
    dependents,
    ...(held === undefined ? {} : { held }),
    ...(heldBy === undefined ? {} : { heldBy }),
    ...(by === undefined ? {} : { by }),
  };
}

function finishWaiter({ name, module, iterates, call, stack, awaited, held }: WaiterNamed, { index, calls }: FoldContext): Waiter {
  // The number of a call that was never announced says nothing.
  const known = call === undefined || calls.get(call)?.started === undefined ? undefined : index.of(call);
  return {
    name,
    module,
    iterates,
    ...(known === undefined ? {} : { task: known.task }),
    certain: known?.certain ?? true,
    stack,
    awaited,
    ...(held === undefined ? {} : { held }),
  };
}
