/** Output that waits, in memory as long as it is short, and then in a file that has no name. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MOST_IN_MEMORY = 4 << 20;
const SLICE = 64 << 10;

export class Backlog {
  #kept: Uint8Array[] = [];
  #bytes = 0;
  #file: { readonly descriptor: number; length: number } | undefined;
  #fileFailed = false;

  add(bytes: Uint8Array): void {
    this.#kept.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes > MOST_IN_MEMORY && !this.#fileFailed) this.#spill();
  }

  /** Everything that was added, in its order, once. */
  *drain(): Generator<Uint8Array> {
    const file = this.#file;
    this.#file = undefined;
    if (file !== undefined) {
      try {
        for (let at = 0; at < file.length; ) {
          const slice = Buffer.allocUnsafe(SLICE);
          const count = readSync(file.descriptor, slice, 0, SLICE, at);
          if (count === 0) break;
          at += count;
          yield slice.subarray(0, count);
        }
      } finally {
        closeSync(file.descriptor);
      }
    }
    const kept = this.#kept;
    this.#kept = [];
    this.#bytes = 0;
    yield* kept;
  }

  #spill(): void {
    try {
      this.#file ??= { descriptor: openNameless(), length: 0 };
      while (this.#kept[0] !== undefined) {
        writeAll(this.#file.descriptor, this.#kept[0], this.#file.length);
        this.#file.length += this.#kept[0].length;
        this.#bytes -= this.#kept[0].length;
        this.#kept.shift();
      }
    } catch {
      // The disk is full, or there is no place for temporary files: memory has to do.
      this.#fileFailed = true;
    }
  }
}

function writeAll(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, position + at);
}

function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'scope-trace-output-'));
  try {
    return openSync(join(folder, 'output'), 'w+', 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
