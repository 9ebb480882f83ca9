/** Recordings that are still being written, read further each time somebody asks: at once, without waiting for anything. */
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createFold } from '../../reports/index.ts';
import type { Fold, ProgramTrace } from '../../reports/index.ts';
import { DUMPED } from '../../tracker/protocol.ts';
import { decodeLine } from '../decode-line.ts';
import { isRecord } from '../record-shape.ts';

const EXTENSION = '.jsonl';
const BLOCK_BYTES = 256 * 1024;
const LINE_FEED = 10;

class GrowingFile {
  readonly fold: Fold;
  /** Something was added since it was last looked at, */
  fresh = false;
  /** and since all were. */
  unjudged = false;
  /** A line that is no record: nothing more is said of the program. */
  damaged = false;
  readonly #path: string;
  #at = 0;
  #rest: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    this.#path = path;
    this.fold = createFold(basename(path, EXTENSION));
  }

  read(): void {
    const descriptor = openSync(this.#path, 'r');
    try {
      const block = Buffer.allocUnsafe(BLOCK_BYTES);
      for (let length = readSync(descriptor, block, 0, BLOCK_BYTES, this.#at); length > 0; length = readSync(descriptor, block, 0, BLOCK_BYTES, this.#at)) {
        this.#at += length;
        this.#take(Buffer.concat([this.#rest, block.subarray(0, length)]));
      }
    } finally {
      closeSync(descriptor);
    }
  }

  #take(bytes: Buffer): void {
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    for (const line of bytes.toString('utf8', 0, end).split('\n')) if (line !== '') this.#add(line);
    this.#rest = Buffer.from(bytes.subarray(end));
  }

  #add(line: string): void {
    const found = decodeLine(line);
    if (found === undefined || !found.every(isRecord)) {
      this.damaged = true;
      return;
    }
    for (const record of found) this.fold.add(record);
    this.fresh = true;
    this.unjudged = true;
  }
}

export class GrowingRecordings {
  readonly #directory: string;
  readonly #only: string;
  readonly #files = new Map<string, GrowingFile>();

  constructor(directory: string, only: string) {
    this.#directory = directory;
    this.#only = only;
  }

  /** Programs of which something was recorded since they were last given. `all`: since the last time that this was said. */
  read(all = false): readonly ProgramTrace[] {
    for (const name of readdirSync(this.#directory)) {
      if (name.startsWith(this.#only) && name.endsWith(EXTENSION) && !name.endsWith(DUMPED) && !this.#files.has(name)) {
        this.#files.set(name, new GrowingFile(join(this.#directory, name)));
      }
    }
    const traces: ProgramTrace[] = [];
    for (const file of this.#files.values()) {
      if (!file.damaged) file.read();
      if (file.damaged || !(all ? file.unjudged : file.fresh)) continue;
      file.fresh = false;
      if (all) file.unjudged = false;
      traces.push(file.fold.finish());
    }
    return traces;
  }
}
