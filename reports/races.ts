/** Which losers of a race were left to go on: asked by more than one rule. */
import { waitingFor } from './fold/calls.ts';
import type { LostRace, RaceLoser } from './fold/families/races.ts';
import type { ProgramTrace, Scope, Task } from './model.ts';
import { traitsOf } from './scope-kinds.ts';

/** Spawner chains are walked this far. */
const FAR = 1000;

export interface Loss {
  readonly race: LostRace;
  readonly loser: RaceLoser;
  /** What the loser held open past the grace period, outermost first. */
  readonly holds: readonly Scope[];
  /** Whether the identities it rests on were seen. */
  readonly certain: boolean;
}

/** Losers that went on by themselves, or kept scopes open, when the grace period was over. */
export function findLosses(trace: ProgramTrace, graceMs: number): ReadonlyMap<Task, Loss> {
  const losses = new Map<Task, Loss>();
  if (trace.races.length === 0) return losses;
  const held = scopesByHolder(trace);
  for (const race of trace.races) {
    for (const loser of race.losers) {
      if (!wasAbandoned(race, loser, trace, graceMs) || wasStopped(race, loser, trace, graceMs)) continue;
      const until = race.atMs + graceMs;
      const holds = (held.get(loser.task) ?? []).filter((scope) => (scope.exits[0]?.atMs ?? Infinity) >= until);
      // What only waits and then ends is a timer, or an event that came too late to matter.
      if (holds.length === 0 && (loser.worked === undefined || loser.worked.atMs < until)) continue;
      losses.set(loser.task, { race, loser, holds, certain: loser.task.certain && race.certain });
    }
  }
  return losses;
}

/** Past the grace period, and nobody waited for it, then or later. */
function wasAbandoned(race: LostRace, { task, through, awaited }: RaceLoser, trace: ProgramTrace, graceMs: number): boolean {
  if (awaited || task.spawner !== race.task || task.vanished !== undefined || task.observers.length > 0) return false;
  if (task.joins.some((one) => !through.includes(one.task))) return false;
  if (through.some((one) => one.joins.some((join) => !through.includes(join.task)))) return false;
  if (task.ended === undefined && trace.losses.since !== undefined) return false;
  return (task.ended?.atMs ?? trace.lastAtMs) - race.atMs >= graceMs;
}

/**
 * It worked under a signal that somebody else made, and that was aborted by the end of the grace
 * period: what it still does is its clean-up, and no longer lost from sight.
 */
function wasStopped(race: LostRace, { task }: RaceLoser, trace: ProgramTrace, graceMs: number): boolean {
  return trace.signals.some(({ aborted, creator }) => {
    if (aborted === undefined || creator?.task === task || aborted.atMs > race.atMs + graceMs) return false;
    return aborted.users.some((user) => [...waitingFor(user)].some((call) => call.task === task));
  });
}

/** Scopes that somebody has to exit, by the tasks that owned them and by who had started those. */
function scopesByHolder(trace: ProgramTrace): Map<Task, Scope[]> {
  const held = new Map<Task, Scope[]>();
  for (const scope of trace.scopes) {
    if (!traitsOf(scope).mustExit) continue;
    const holders = new Set<Task>();
    for (const owner of scope.owners) {
      let at: Task | undefined = owner.task;
      for (let steps = 0; at !== undefined && steps < FAR && !holders.has(at); steps++, at = at.spawner) holders.add(at);
    }
    for (const task of holders) {
      const scopes = held.get(task);
      if (scopes === undefined) held.set(task, [scope]);
      else scopes.push(scope);
    }
  }
  return held;
}
