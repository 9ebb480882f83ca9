/**
 * The recording: records in, lines in this program's file out.
 *
 * Written at once while records come slowly, so that a killed process leaves what it did; in
 * blocks when they come fast. What cannot be kept or written is counted, never waited for.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { atMs } from './clock.ts';
import type { TraceRecord } from './protocol.ts';

const BLOCK_CHARACTERS = 64 * 1024;
const AT_ONCE_EVERY_MS = 2;

let descriptor = -1;
let pending = '';
let pendingRecords = 0;
let writtenAtMs = -AT_ONCE_EVERY_MS;
let dropped = 0;
let broken = false;
let mostCharacters = 16 * 1024 * 1024;
let scheduleFlush: () => void = () => undefined;

/** Opens the file for appending. Throws what `openSync` throws. */
export function openChannel(file: string, memoryBytes: number, schedule: () => void): void {
  descriptor = openSync(file, 'a', 0o600);
  mostCharacters = Math.max(BLOCK_CHARACTERS, memoryBytes / 4);
  scheduleFlush = schedule;
}

export function emit(record: TraceRecord): void {
  if (descriptor === -1) return;
  if (pending.length > mostCharacters) {
    dropped++;
    return;
  }
  pending += `${JSON.stringify(record)}\n`;
  pendingRecords++;
  if (pending.length >= BLOCK_CHARACTERS) flush();
  else if (pendingRecords === 1) scheduleFlush();
}

/** Writes now when the last write is long enough ago. Called where a record matters by itself. */
export function flushSoon(nowMs: number): void {
  if (pendingRecords > 0 && nowMs - writtenAtMs >= AT_ONCE_EVERY_MS) flush();
}

/** Writes what is pending. Never throws: what cannot be written is dropped and counted. */
export function flush(): void {
  if (descriptor === -1 || pendingRecords === 0) return;
  const block = Buffer.from(broken ? `\n${pending}` : pending);
  const records = pendingRecords;
  pending = '';
  pendingRecords = 0;
  writtenAtMs = atMs();
  let done = 0;
  try {
    while (done < block.length) done += writeSync(descriptor, block, done);
    broken = false;
  } catch {
    if (done > 0) broken = true;
    dropped += records;
  }
}

/** Records that were not kept or not written so far. */
export function droppedRecords(): number {
  return dropped;
}

export function closeChannel(): void {
  flush();
  if (descriptor !== -1) closeSync(descriptor);
  descriptor = -1;
}
