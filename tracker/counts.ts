/** Running totals of what is not written one by one. */
import { droppedRecords, emit } from './channel.ts';
import { atMs } from './clock.ts';
import { COUNTED, INFERRED, type PromiseNode } from './promise-node.ts';

let tasks = 1;
let inferredTasks = 0;
let scopes = 0;
let lost = 0;
let written = '';

/** Counts the node as a task of its own. */
export function countOnce(node: PromiseNode): void {
  if ((node.bits & COUNTED) !== 0) return;
  node.bits |= COUNTED;
  tasks++;
  if ((node.bits & INFERRED) !== 0) inferredTasks++;
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
