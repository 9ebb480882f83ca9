/**
 * The recording: records in, lines in this program's file out.
 *
 * Written at once while records come slowly, so that a killed process leaves what it did; in
 * blocks when they come fast. What cannot be kept or written is counted, never waited for.
 */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { atMs } from './clock.ts';
import type { TraceRecord } from './protocol.ts';

const BLOCK_CHARACTERS = 64 * 1024;
const AT_ONCE_EVERY_MS = 2;
/** After a block of as many records, the next one is not written sooner than this: a write costs as much as they do. */
const MANY_RECORDS = 24;
const BLOCK_EVERY_MS = 15;

/** Room for the last words. */
const ROOM_BYTES = 4096;

interface Mark {
  readonly bytes: number;
  readonly records: number;
}

let descriptor = -1;
let pending = '';
let pendingRecords = 0;
let writtenAtMs = -AT_ONCE_EVERY_MS;
let gapMs = AT_ONCE_EVERY_MS;
let dropped = 0;
/** What could be written is written: from now on only the last words are. */
let full = false;
/** What is in the file. */
let written: Mark = { bytes: 0, records: 0 };
/** Places between records, each some way before the next and that before the end. */
let roomFrom: Mark = written;
let nextRoomFrom: Mark = written;
let mostCharacters = 16 * 1024 * 1024;
let scheduleFlush: () => void = () => undefined;

/** Opens the file for appending. Throws what `openSync` throws. */
export function openChannel(file: string, memoryBytes: number, schedule: () => void): void {
  descriptor = openSync(file, 'a', 0o600);
  mostCharacters = Math.max(BLOCK_CHARACTERS, memoryBytes / 4);
  scheduleFlush = schedule;
}

export function emit(record: TraceRecord): void {
  if (descriptor !== -1) emitLine(`${JSON.stringify(record)}\n`);
}

/** The same for a record that is a line of text already, with its end. */
export function emitLine(line: string): void {
  if (descriptor === -1) return;
  if (full || pending.length > mostCharacters) {
    dropped++;
    return;
  }
  pending += line;
  pendingRecords++;
  if (pending.length >= BLOCK_CHARACTERS) flush();
  else if (pendingRecords === 1) scheduleFlush();
}

/** Writes now when the last write is long enough ago. Called where a record matters by itself. */
export function flushSoon(nowMs: number): void {
  if (pendingRecords > 0 && nowMs - writtenAtMs >= gapMs) flush();
}

/** Writes what is pending. Never throws: what cannot be written is dropped and counted. */
export function flush(): void {
  if (descriptor === -1 || pendingRecords === 0) return;
  const block = Buffer.from(pending);
  const records = pendingRecords;
  pending = '';
  pendingRecords = 0;
  writtenAtMs = atMs();
  gapMs = records < MANY_RECORDS ? AT_ONCE_EVERY_MS : BLOCK_EVERY_MS;
  try {
    write(block);
    advance(block.length, records);
  } catch {
    dropped += records;
    if (!full) makeRoom();
  }
}

function write(block: Buffer): void {
  let done = 0;
  while (done < block.length) done += writeSync(descriptor, block, done);
}

function advance(bytes: number, records: number): void {
  const first = written.bytes === 0;
  written = { bytes: written.bytes + bytes, records: written.records + records };
  if (first) roomFrom = nextRoomFrom = written;
  if (written.bytes - nextRoomFrom.bytes < ROOM_BYTES) return;
  roomFrom = nextRoomFrom;
  nextRoomFrom = written;
}

/** The disk is full, or the file as long as it may be: the last records make room for the last words. */
function makeRoom(): void {
  full = true;
  dropped += written.records - roomFrom.records;
  written = roomFrom;
  cut();
}

function cut(): void {
  try {
    ftruncateSync(descriptor, written.bytes);
  } catch {
    // Then what was written in part stays, and the reader leaves it out.
  }
}

/** For records that say what the recording lacks: there is room for them when there is none for others. */
export function emitLastWords(emitAll: () => void): void {
  flush();
  if (!full) {
    emitAll();
    flush();
    if (!full) return;
  }
  // They replace those of an earlier time.
  cut();
  full = false;
  emitAll();
  full = true;
  flushLastWords();
}

function flushLastWords(): void {
  const block = Buffer.from(pending);
  pending = '';
  pendingRecords = 0;
  try {
    write(block);
  } catch {
    // Not even they fit.
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
