/** Where the program stood and did not get on. */
import type { CallId, HandleType, SiteId, TopLevelAwaitLeft, WaitedFor, WaitFollowed } from '../../../tracker/protocol.ts';
import type { Moment, Task } from '../../model.ts';
import type { FamilyFold, FoldContext } from '../family.ts';

export interface Hangs {
  /** Absent: Node did not end the program for it. */
  readonly topLevelAwait?: TopLevelAwait;
}

export interface TopLevelAwait extends Moment {
  readonly task: Task;
  readonly certain: boolean;
  readonly at?: SiteId;
  /** From what is awaited to what it finally waits for, as far as that was seen. */
  readonly waits: readonly Wait[];
}

export interface Wait {
  readonly what: WaitedFor;
  /** The task that the awaited call is a part of; of a promise, the task that made it. */
  readonly task: Task;
  /** That call's function. Absent: it has none, or it was not seen. */
  readonly fn?: SiteId;
  /** Where the call is suspended, or the promise was made. */
  readonly at?: SiteId;
  readonly pending?: number;
  readonly handle?: HandleType;
}

interface Left extends TopLevelAwaitLeft {
  readonly order: number;
  readonly waits: WaitFollowed[];
}

export function hangs(): FamilyFold<Hangs> {
  let left: Left | undefined;
  return {
    add: (record, order) => {
      switch (record.kind) {
        case 'top-level-await-left':
          left = { ...record, order, waits: [] };
          return true;
        case 'wait-followed':
          left?.waits.push(record);
          return true;
        default:
          return false;
      }
    },
    finish: (context) => (left === undefined ? {} : { topLevelAwait: finishAwait(left, context) }),
  };
}

function finishAwait({ call, at, inferred, order, atMs, waits }: Left, context: FoldContext): TopLevelAwait {
  // What follows from a guess is one.
  const guess = waits.findIndex((wait) => wait.inferred === true);
  const seen = guess === -1 ? waits : waits.slice(0, guess);
  return {
    task: context.index.of(call).task,
    certain: inferred !== true,
    ...(at === undefined ? {} : { at }),
    waits: seen.map((wait) => finishWait(wait, context)),
    order,
    atMs,
  };
}

const MAIN: CallId = 1;

function finishWait({ what, call, at, pending, handle }: WaitFollowed, { index, calls }: FoldContext): Wait {
  const fn = call === undefined || what === 'promise' ? undefined : calls.get(call)?.started?.site;
  return {
    what,
    task: index.of(call ?? MAIN).task,
    ...(fn === undefined ? {} : { fn }),
    ...(at === undefined ? {} : { at }),
    ...(pending === undefined ? {} : { pending }),
    ...(handle === undefined ? {} : { handle }),
  };
}
