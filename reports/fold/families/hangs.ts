/** Where the program stood and did not get on. */
import type {
  CallId, HandleType, SiteId, StallEnded, StallSampled, TopLevelAwaitLeft, WaitedFor, WaitFollowed,
} from '../../../tracker/protocol.ts';
import type { Moment, Task } from '../../model.ts';
import type { FamilyFold, FoldContext } from '../family.ts';

export interface Hangs {
  /** Absent: Node did not end the program for it. */
  readonly topLevelAwait?: TopLevelAwait;
  /** In the order in which they began. */
  readonly stalls: readonly Stall[];
}

/** The event loop did not turn, and was looked at. */
export interface Stall {
  /** Who ran at the last look. */
  readonly task: Task;
  readonly certain: boolean;
  readonly startMs: number;
  /** Never empty. */
  readonly looks: readonly Look[];
  /** Other code ran from one look to the next: microtasks and ticks. */
  readonly fresh: boolean;
  /** Absent: the loop had not turned again when the recording stopped. */
  readonly ended?: Moment;
}

export type Look = Pick<StallSampled, 'inside' | 'stack' | 'overdue' | 'dueMs' | 'due' | 'waiting' | 'waitingMs' | 'atMs'>;

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
  const stalls = new Map<number, StallFacts>();
  return {
    add: (record, order) => {
      switch (record.kind) {
        case 'top-level-await-left':
          left = { ...record, order, waits: [] };
          return true;
        case 'wait-followed':
          left?.waits.push(record);
          return true;
        case 'stall-sampled':
          factsOf(stalls, record.stall).looks.push(record);
          return true;
        case 'stall-ended':
          factsOf(stalls, record.stall).ended = { ...record, order };
          return true;
        default:
          return false;
      }
    },
    finish: (context) => ({
      ...(left === undefined ? {} : { topLevelAwait: finishAwait(left, context) }),
      stalls: [...stalls.values()].flatMap((facts) => finishStall(facts, context)),
    }),
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

interface StallFacts {
  readonly looks: StallSampled[];
  ended?: StallEnded & Moment;
}

function factsOf(stalls: Map<number, StallFacts>, id: number): StallFacts {
  let facts = stalls.get(id);
  if (facts === undefined) stalls.set(id, (facts = { looks: [] }));
  return facts;
}

/** After the last look, what a blocked turn still has to do is a few steps. */
const FEW_STEPS = 100;

function finishStall({ looks, ended }: StallFacts, { index }: FoldContext): Stall[] {
  const first = looks[0];
  const last = looks.at(-1);
  if (first === undefined || last === undefined) return [];
  const { task, certain } = index.of(last.call);
  const moved = looks.some((look) => look.ran !== first.ran);
  return [
    {
      task,
      certain: certain && last.inferred !== true,
      startMs: first.startMs,
      looks,
      fresh: moved || (ended !== undefined && ended.ran - last.ran > FEW_STEPS),
      ...(ended === undefined ? {} : { ended: { order: ended.order, atMs: ended.atMs } }),
    },
  ];
}
