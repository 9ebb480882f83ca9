/** Races that were decided while calls started for them still ran. */
import type { CallId, RaceDecided } from '../../../tracker/protocol.ts';
import type { Moment, ScopeEvent, Task } from '../../model.ts';
import type { FamilyFold, FoldContext } from '../family.ts';

/** The decision of a race, by the task that made it; `stack` is where that was. */
export interface LostRace extends ScopeEvent {
  readonly how: RaceDecided['how'];
  /** Those that are tasks of their own. */
  readonly losers: readonly RaceLoser[];
}

export interface RaceLoser {
  readonly task: Task;
  /** Callbacks between it and the race, which are no one else that waits for it. */
  readonly through: readonly Task[];
  /** When it was last seen to go on. Absent: it was not. */
  readonly worked?: Moment;
  /** Somebody waited for it after all, while it ran. */
  readonly awaited: boolean;
}

interface Facts {
  readonly record: RaceDecided;
  readonly order: number;
  readonly worked: Map<CallId, Moment>;
  readonly awaited: Set<CallId>;
}

export function races(): FamilyFold<readonly LostRace[]> {
  const known = new Map<number, Facts>();
  return {
    add: (record, order) => {
      switch (record.kind) {
        case 'race-decided':
          if (!known.has(record.race)) known.set(record.race, { record, order, worked: new Map(), awaited: new Set() });
          return true;
        case 'loser-worked':
          known.get(record.race)?.worked.set(record.call, { order, atMs: record.atMs });
          return true;
        case 'loser-awaited':
          known.get(record.race)?.awaited.add(record.call);
          return true;
        default:
          return false;
      }
    },
    finish: (context) => [...known.values()].map((facts) => finish(facts, context)),
  };
}

function finish({ record, order, worked, awaited }: Facts, { index }: FoldContext): LostRace {
  const through = record.through.flatMap((call) => index.startedBy(call) ?? []);
  const losers = record.losers.flatMap((call): RaceLoser[] => {
    const task = index.startedBy(call);
    const last = worked.get(call);
    if (task === undefined) return [];
    return [{ task, through, ...(last === undefined ? {} : { worked: last }), awaited: awaited.has(call) }];
  });
  return { how: record.how, ...index.of(record.call), stack: record.stack, order, atMs: record.atMs, losers };
}
