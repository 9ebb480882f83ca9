/**
 * Which work went on after the signal of whoever started it had been aborted, without ever having
 * been told of the signal.
 */
import type { Signal, SignalAbort, StartedTask } from '../fold/families/signals.ts';
import type { ProgramTrace, Task } from '../model.ts';
import type { RuleSettings, UnheardSignal } from '../rule.ts';
import { isUserCode, type Places } from '../sources.ts';
import { lasts } from './scopes.ts';

const FAR = 1000;
const FEWEST_STEPS = 2;
/** Names of the resources whose callbacks are a signal's handlers. */
const SIGNAL = 'SIGNALWRAP';

/** By the task that went on. */
export function findUnheard(trace: ProgramTrace, places: Places, settings: RuleSettings): ReadonlyMap<Task, UnheardSignal> {
  const found = new Map<Task, UnheardSignal>();
  for (const signal of trace.signals) {
    const { aborted } = signal;
    if (aborted?.allUsers !== true || isShutdown(aborted)) continue;
    const candidates = aborted.started.filter((one) => isUnheard(one, aborted, signal, { trace, places, settings }));
    for (const { task, by } of candidates) {
      // A single one that never ends may be a loop that was meant to begin with its first use.
      const several = candidates.some((one) => one.task !== task && one.task.from === task.from);
      if ((task.ended !== undefined || several) && !found.has(task)) found.set(task, { by: 'signal', abort: aborted, starter: by });
    }
  }
  return found;
}

interface Means {
  readonly trace: ProgramTrace;
  readonly places: Places;
  readonly settings: RuleSettings;
}

function isUnheard({ task, by, direct, continued }: StartedTask, abort: SignalAbort, signal: Signal, means: Means): boolean {
  const { trace, places, settings } = means;
  if (task.origin !== 'async' || task.vanished !== undefined) return false;
  if (task.joins.length > 0 || task.observers.length > 0) return false;
  // Whoever made the signal gave it to those between; one that the main task made may be everybody's.
  if (!direct && (signal.creator === undefined || signal.creator.task.origin === 'main')) return false;
  if (by.endedAtMs === undefined || by.endedAtMs < Math.floor(abort.atMs) || by.endedAtMs - abort.atMs >= settings.abortGraceMs) return false;
  if (!lasts(task, abort, settings.abortGraceMs, trace) || !goesOn(continued, abort, settings)) return false;
  if (task.ended === undefined && trace.losses.since !== undefined) return false;
  return isCalledIn(by.site, task, places) && !hasHeard(task, abort, trace);
}

/** One that only finishes a step, or wakes up to see that it is to stop, is not suspended again and again. */
function goesOn(continued: readonly number[], { atMs }: SignalAbort, { abortGraceMs }: RuleSettings): boolean {
  return continued.length >= FEWEST_STEPS && (continued.at(-1) ?? 0) - atMs >= abortGraceMs;
}

/** The call stands in the code of whoever worked under the signal, and calls the user's code: no helper's background. */
function isCalledIn(site: StartedTask['by']['site'], task: Task, places: Places): boolean {
  const caller = places.of(site);
  const from = places.of(task.from);
  const body = places.of(task.site);
  if (caller === undefined || from === undefined || body === undefined) return false;
  if (!isUserCode(caller) || !isUserCode(body)) return false;
  return from.file === caller.file && from.function === caller.function;
}

/** The task, or something that it started, worked under some signal that was aborted then or later. */
function hasHeard(task: Task, { atMs }: SignalAbort, trace: ProgramTrace): boolean {
  return trace.signals.some(({ aborted, uses }) => {
    if (aborted === undefined || aborted.atMs < atMs - 1) return false;
    return [...aborted.users, ...uses.map((use) => use.call)].some((call) => isWithin(call.task, task));
  });
}

function isWithin(task: Task, outer: Task): boolean {
  let at: Task | undefined = task;
  for (let steps = 0; at !== undefined && steps < FAR; at = at.spawner, steps++) if (at === outer) return true;
  return false;
}

/** Aborted by the handler of a signal of the operating system: what runs may finish. */
function isShutdown({ call, by }: SignalAbort): boolean {
  let at = call?.task ?? by?.aborted?.call?.task;
  for (let steps = 0; at !== undefined && steps < FAR; at = at.spawner, steps++) if (at.resource === SIGNAL) return true;
  return false;
}
