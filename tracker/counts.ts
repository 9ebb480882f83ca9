/** Running totals of what is not written one by one. */
import { droppedRecords, emit } from './channel.ts';
import { atMs } from './clock.ts';

let tasks = 1;
let inferredTasks = 0;
let scopes = 0;
let lost = 0;
let written = '';

export function countTask(inferred: boolean): void {
  tasks++;
  if (inferred) inferredTasks++;
}

export function countScope(): void {
  scopes++;
}

/** Something that should have been recorded was not kept. */
export function countLost(): void {
  lost++;
}

/** Writes the totals when they changed since they were last written. */
export function emitCounts(): void {
  const dropped = droppedRecords() + lost;
  const now = `${tasks} ${inferredTasks} ${scopes} ${dropped}`;
  if (now === written) return;
  written = now;
  emit({ kind: 'counted', tasks, inferredTasks, scopes, dropped, atMs: atMs() });
}
