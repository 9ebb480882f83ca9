/** When promises were followed, and when all that ran was. */
import type { Followed } from '../../../tracker/protocol.ts';
import type { FamilyFold } from '../family.ts';

/** A stretch of the program's time, in milliseconds since its start. */
export interface Stretch {
  readonly fromMs: number;
  /** Infinite: to the end of the recording. */
  readonly toMs: number;
}

export interface Following extends Followed {
  /** How often it was paused. 0: everything was followed. */
  readonly pauses: number;
  /** Pauses, and times in which something ran that was not followed since one. In order. */
  readonly gaps: readonly Stretch[];
}

export function following(): FamilyFold<Following> {
  const gaps: { fromMs: number; toMs: number }[] = [];
  let pauses = 0;
  let followed: Followed = { computedMs: 0, unfollowedMs: 0 };
  const add = (fromMs: number, toMs: number): void => {
    const last = gaps.at(-1);
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else gaps.push({ fromMs, toMs });
  };
  return {
    add: (record) => {
      switch (record.kind) {
        case 'following-paused':
          pauses++;
          followed = record;
          add(record.atMs, Number.POSITIVE_INFINITY);
          return true;
        case 'following-resumed': {
          followed = record;
          const last = gaps.at(-1);
          if (last !== undefined) last.toMs = Math.max(last.fromMs, record.atMs);
          return true;
        }
        case 'following-counted':
          followed = record;
          return true;
        case 'unfollowed-ran':
          add(record.atMs, record.untilMs);
          return true;
        default:
          return false;
      }
    },
    finish: () => ({ pauses, gaps, computedMs: followed.computedMs, unfollowedMs: followed.unfollowedMs }),
  };
}

/** Whether all that ran between two moments was followed. */
export function wasFollowed({ gaps }: Following, fromMs: number, toMs: number): boolean {
  return !gaps.some((gap) => fromMs < gap.toMs && gap.fromMs <= toMs);
}
