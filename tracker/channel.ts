/**
 * The recording: records in, lines in this program's file out.
 *
 * Written at once while records come slowly, so that a killed process leaves what it did; in
 * blocks when they come fast. What cannot be kept or written is counted, never waited for.
 *
 * What is pending is kept as bytes: as text, it was half of what V8 had to collect in a busy server.
 */
import { Buffer } from 'node:buffer';
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { atMs } from './clock.ts';
import type { TraceRecord } from './protocol.ts';

const BLOCK_BYTES = 64 * 1024;
/** Room for the line that fills a block. */
const LINE_BYTES = 16 * 1024;
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

type WriteText = (this: Buffer, text: string, at: number) => number;

/** Node's own, whatever the program puts in its place. */
const { write: writeText } = Buffer.prototype as { readonly write: WriteText };
let descriptor = -1;
let pending: Buffer = Buffer.alloc(0);
/** Where the next byte goes, */
let used = 0;
/** and the end of the last line that is whole: the program's stack may overflow in the middle of one. */
let whole = 0;
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
let scheduleFlush: () => void = () => undefined;

/** Opens the file for appending. Throws what `openSync` throws. */
export function openChannel(file: string, schedule: () => void): void {
  descriptor = openSync(file, 'a', 0o600);
  pending = Buffer.allocUnsafeSlow(BLOCK_BYTES + LINE_BYTES);
  scheduleFlush = schedule;
}

export function emit(record: TraceRecord): void {
  if (!isOpen()) return;
  const line = `${JSON.stringify(record)}\n`;
  used = whole;
  if (line.length * 3 > pending.length - used) {
    flush();
    if (line.length * 3 > pending.length) {
      writeBlock(Buffer.from(line), 1);
      return;
    }
  }
  addText(line);
  added();
}

function isOpen(): boolean {
  if (descriptor === -1) return false;
  if (full) dropped++;
  return !full;
}

/** Begins a short line, see `protocol/short-lines.ts`. False: nothing may be written now. */
export function beginLine(code: number): boolean {
  if (!isOpen()) return false;
  used = whole;
  pending[used++] = OPEN;
  pending[used++] = ZERO + code;
  return true;
}

const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const LINE_FEED = 0x0a;
/** Larger numbers are written by V8: these fit in what it adds and divides fastest. */
const LARGEST = 2 ** 30;

/** The next item of the line: a whole number, not negative. */
export function addNumber(value: number): void {
  pending[used++] = COMMA;
  if (value >= LARGEST) {
    addText(String(value));
    return;
  }
  let rest = value | 0;
  let end = used + 1;
  for (let limit = 10; rest >= limit && end - used < 10; limit *= 10) end++;
  used = end;
  do {
    const tenth = (rest / 10) | 0;
    pending[--end] = ZERO + rest - tenth * 10;
    rest = tenth;
  } while (rest !== 0);
}

/** The next item of the line: a text of at most {@link LONGEST_TEXT} characters. */
export function addString(text: string): void {
  pending[used++] = COMMA;
  const start = used;
  pending[used++] = QUOTE;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character < 0x20 || character > 0x7e || character === QUOTE || character === BACKSLASH) {
      used = start;
      addText(JSON.stringify(text));
      return;
    }
    pending[used++] = character;
  }
  pending[used++] = QUOTE;
}

/** As it is written, a character may take six bytes. */
export const LONGEST_TEXT = 2000;

function addText(text: string): void {
  used += Reflect.apply(writeText, pending, [text, used]);
}

export function endLine(): void {
  pending[used++] = CLOSE;
  pending[used++] = LINE_FEED;
  added();
}

function added(): void {
  whole = used;
  pendingRecords++;
  if (used >= BLOCK_BYTES) flush();
  else if (pendingRecords === 1) scheduleFlush();
}

/** Writes now when the last write is long enough ago. Called where a record matters by itself. */
export function flushSoon(nowMs: number): void {
  if (pendingRecords > 0 && nowMs - writtenAtMs >= gapMs) flush();
}

/** Writes what is pending. Never throws: what cannot be written is dropped and counted. */
export function flush(): void {
  if (descriptor === -1 || pendingRecords === 0) return;
  const records = pendingRecords;
  const block = pending.subarray(0, whole);
  used = whole = 0;
  pendingRecords = 0;
  writtenAtMs = atMs();
  gapMs = records < MANY_RECORDS ? AT_ONCE_EVERY_MS : BLOCK_EVERY_MS;
  writeBlock(block, records);
}

function writeBlock(block: Buffer, records: number): void {
  try {
    write(block);
    advance(block, records);
  } catch {
    dropped += records;
    if (!full) makeRoom(block);
  }
}

/** How much of the last block is in the file: less than all of it once a write has failed. */
let done = 0;

function write(block: Buffer): void {
  done = 0;
  while (done < block.length) done += writeSync(descriptor, block, done);
}

function advance(block: Buffer, records: number): void {
  const before = written;
  written = { bytes: before.bytes + block.length, records: before.records + records };
  if (block.length > ROOM_BYTES) {
    // A block may hold all that a program did: of it, too, no more than the room is given up.
    const kept = lineEndBefore(block, block.length - ROOM_BYTES);
    const mark = { bytes: before.bytes + kept, records: written.records - countLines(block, kept, block.length) };
    roomFrom = nextRoomFrom = mark;
  } else if (before.bytes === 0) {
    roomFrom = nextRoomFrom = written;
  } else if (written.bytes - nextRoomFrom.bytes >= ROOM_BYTES) {
    roomFrom = nextRoomFrom;
    nextRoomFrom = written;
  }
}

function lineEndBefore(block: Buffer, end: number): number {
  let at = Math.max(0, end);
  while (at > 0 && block[at - 1] !== LINE_FEED) at--;
  return at;
}

function countLines(block: Buffer, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at++) if (block[at] === LINE_FEED) lines++;
  return lines;
}

/** The disk is full, or the file as long as it may be: the last records make room for the last words. */
function makeRoom(block: Buffer): void {
  full = true;
  const kept = lineEndBefore(block, done - ROOM_BYTES);
  if (kept > 0) {
    const records = countLines(block, 0, kept);
    dropped -= records;
    written = { bytes: written.bytes + kept, records: written.records + records };
  } else {
    dropped += written.records - roomFrom.records;
    written = roomFrom;
  }
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
  const block = pending.subarray(0, whole);
  used = whole = 0;
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
