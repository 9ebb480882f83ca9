/** A temporary file without a name: the system removes it when we end, however that happens. */
import { closeSync, ftruncateSync, openSync, readSync, rmSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reasonOf } from '../../problem.ts';

/** What `statfs` says of a file system that lies in memory. */
const TMPFS = 0x0102_1994;

export class SpillFile {
  /** Why nothing more goes into it, as a clause. */
  failure: string | undefined;
  readonly #folders: readonly string[];
  #file: number | undefined;
  #path: string | undefined;
  #length = 0;

  constructor(folders: readonly string[] = temporaryFolders()) {
    this.#folders = folders;
  }

  /** Where the bytes lie now; -1 when they could not be kept. */
  append(bytes: Uint8Array): number {
    if (this.failure !== undefined) return -1;
    const at = this.#length;
    try {
      this.#file ??= this.#open();
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done, bytes.length - done, at + done);
    } catch (error) {
      this.failure = reasonOf(error);
      // What was half written is no use to anybody.
      if (this.#file !== undefined) ftruncateSync(this.#file, at);
      return -1;
    }
    this.#length += bytes.length;
    return at;
  }

  read(at: number, bytes: Uint8Array): void {
    if (this.#file === undefined) throw new Error('there is no temporary file');
    for (let done = 0; done < bytes.length; ) {
      const read = readSync(this.#file, bytes, done, bytes.length - done, at + done);
      if (read === 0) throw new Error('the temporary file was cut');
      done += read;
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
    if (this.#path !== undefined) rmSync(this.#path, { force: true });
  }

  /** The first folder that takes it. @throws {Error} when none does */
  #open(): number {
    let failure: unknown;
    for (const folder of this.#folders) {
      const path = join(folder, `scope-trace-heap-${process.pid}-${Math.random().toString(36).slice(2)}`);
      try {
        const file = openSync(path, 'wx+', 0o600);
        this.#forget(path);
        return file;
      } catch (error) {
        failure = error;
      }
    }
    throw failure instanceof Error ? failure : new Error('there is no folder for it');
  }

  #forget(path: string): void {
    try {
      unlinkSync(path);
    } catch {
      // Some systems keep the name of what is open.
      this.#path = path;
    }
  }
}

/** Those on a disk first. */
function temporaryFolders(): string[] {
  const folders = [tmpdir(), ...(process.platform === 'win32' ? [] : ['/var/tmp'])];
  return folders.sort((a, b) => Number(inMemory(a)) - Number(inMemory(b)));
}

function inMemory(folder: string): boolean {
  try {
    return statfsSync(folder).type === TMPFS;
  } catch {
    return true;
  }
}
