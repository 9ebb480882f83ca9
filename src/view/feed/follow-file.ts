/** Reads one recording as it grows. */
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { TraceRecord } from '../../../tracker/protocol.ts';
import { PROTOCOL_VERSION } from '../../../tracker/protocol.ts';
import { decodeLine } from '../../decode-line.ts';
import { isRecord } from '../../record-shape.ts';

/** What is read at once: some thousand records, a few milliseconds of work. */
const BLOCK_BYTES = 128 * 1024;
/** No record is that long: what goes on without a line end is damage. */
const LONGEST_LINE = 64 * 2 ** 20;
const LINE_FEED = 0x0a;

const block = Buffer.allocUnsafe(BLOCK_BYTES);

export interface Batch {
  readonly records: readonly TraceRecord[];
  /** Lines that are no records. */
  readonly damaged: number;
  /** More can be read at once. */
  readonly more: boolean;
}

const NOTHING: Batch = { records: [], damaged: 0, more: false };

/**
 * A last line that is not whole yet waits for its end. The file stays open, so that what a program wrote last can be
 * read although the folder is removed. Nothing here throws: what cannot be read is told by `trouble`.
 */
export class FollowedFile {
  /** Why nothing more is read from it, as a clause. Absent: all is well. */
  trouble: string | undefined;
  readonly #path: string;
  #descriptor = -1;
  #at = 0;
  #rest: Buffer[] = [];
  #restBytes = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** The next block of it. */
  read(): Batch {
    if (this.trouble !== undefined || !this.#open()) return NOTHING;
    try {
      const size = fstatSync(this.#descriptor).size;
      if (size < this.#at) return this.#cut(size);
      const bytes = readSync(this.#descriptor, block, 0, BLOCK_BYTES, this.#at);
      this.#at += bytes;
      const batch = this.#split(bytes);
      return { ...batch, more: bytes > 0 && this.#at < size };
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
      return NOTHING;
    }
  }

  close(): void {
    if (this.#descriptor !== -1) closeSync(this.#descriptor);
    this.#descriptor = -1;
    this.trouble ??= 'it was closed';
  }

  #open(): boolean {
    if (this.#descriptor !== -1) return true;
    try {
      // A pipe would make us wait for whoever writes to it.
      if (!statSync(this.#path).isFile()) {
        this.trouble = 'it is no regular file';
        return false;
      }
      this.#descriptor = openSync(this.#path, 'r');
      return true;
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
      return false;
    }
  }

  /** A program whose disk is full takes back its last records, to make room for its last words. */
  #cut(size: number): Batch {
    this.#at = size;
    this.#rest = [];
    this.#restBytes = 0;
    return { records: [], damaged: 1, more: false };
  }

  #split(bytes: number): { readonly records: readonly TraceRecord[]; readonly damaged: number } {
    const records: TraceRecord[] = [];
    let damaged = 0;
    let from = 0;
    for (let end = block.indexOf(LINE_FEED); end !== -1 && end < bytes; end = block.indexOf(LINE_FEED, from)) {
      const text = this.#finish(block.subarray(from, end));
      from = end + 1;
      if (text !== '' && !this.#take(text, records)) damaged++;
    }
    this.#keep(block.subarray(from, bytes));
    return { records, damaged };
  }

  #finish(end: Buffer): string {
    if (this.#restBytes === 0) return end.toString('utf8');
    const text = Buffer.concat([...this.#rest, end]).toString('utf8');
    this.#rest = [];
    this.#restBytes = 0;
    return text;
  }

  #keep(part: Buffer): void {
    if (part.length === 0 || this.#restBytes > LONGEST_LINE) return;
    this.#rest.push(Buffer.from(part));
    this.#restBytes += part.length;
  }

  /** False: the line is no record. */
  #take(text: string, records: TraceRecord[]): boolean {
    const found = decodeLine(text);
    if (found === undefined || found.length === 0 || !found.every(isRecord)) return false;
    for (const record of found) {
      if (record.kind === 'program-started' && record.protocol !== PROTOCOL_VERSION) {
        this.trouble = `scope-trace ${record.tracker} wrote it, in protocol ${record.protocol}, which this version does not read`;
        return true;
      }
      records.push(record);
    }
    return true;
  }
}
