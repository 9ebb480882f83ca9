/** How many tasks are alive, and how many scopes are open. */
import type { TimelineProgram } from '../../timeline/model.ts';
import { toMicroseconds, type TraceEvent } from './events.ts';

export function countersOf({ tasks, scopes }: TimelineProgram, pid: number): TraceEvent[] {
  const alive = tasks.map(({ startMs, endMs }) => [startMs, endMs] as const);
  const open = scopes.map(({ enteredMs, exitedMs }) => [enteredMs, exitedMs] as const);
  return [...counter('tasks alive', 'alive', alive, pid), ...counter('scopes open', 'open', open, pid)];
}

function counter(name: string, unit: string, spans: readonly (readonly [number, number | undefined])[], pid: number): TraceEvent[] {
  const changes = new Map<number, number>();
  const change = (ms: number, by: number): void => void changes.set(toMicroseconds(ms), (changes.get(toMicroseconds(ms)) ?? 0) + by);
  for (const [start, end] of spans) {
    change(start, 1);
    if (end !== undefined) change(Math.max(start, end), -1);
  }
  let value = 0;
  return [...changes].sort(([a], [b]) => a - b).flatMap(([ts, by]): TraceEvent[] => {
    if (by === 0) return [];
    value += by;
    return [{ ph: 'C', name, pid, ts, args: { [unit]: value } }];
  });
}
