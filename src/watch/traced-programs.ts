/** Which programs of a session run now. */
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { INTERRUPTED } from '../../tracker/protocol.ts';
import { isZombie } from '../dump/inspector/process-facts.ts';

/** Files are named after their process, its thread and their start. */
const FILE = /^(\d+)-(\d+)-[\da-z]+\.jsonl$/;

/** Processes whose main thread is traced and that have not ended, the oldest first. */
export function listTraced(directory: string): number[] {
  const pids = list(directory).flatMap((name) => {
    const [, pid, thread] = FILE.exec(name) ?? [];
    return thread === '0' ? [Number(pid)] : [];
  });
  return [...new Set(pids)].filter(isAlive).sort((one, other) => one - other);
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Programs that have caught a SIGINT to be dumped, and wait for it to come again. */
export function listInterrupted(directory: string): number[] {
  const names = list(directory).filter((name) => name.endsWith(INTERRUPTED));
  return names.map((name) => Number(name.slice(0, -INTERRUPTED.length))).filter(isAlive);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
}

/** Sees whether the programs of a session do anything that they record. */
export class RecordWatch {
  readonly #directory: string;
  readonly #read = new Map<string, number>();
  readonly #block = Buffer.alloc(2 ** 16);

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Whether anything has been recorded since the last call, other than the tracker's own totals. */
  sawProgress(): boolean {
    return list(this.#directory).filter((name) => FILE.test(name)).map((name) => this.#sawNew(name)).includes(true);
  }

  #sawNew(name: string): boolean {
    let text = '';
    let at = this.#read.get(name) ?? 0;
    let file: number | undefined;
    try {
      file = openSync(join(this.#directory, name), 'r');
      for (let read = -1; read !== 0; at += read) {
        read = readSync(file, this.#block, 0, this.#block.length, at);
        // Much of it is surely more than totals.
        if (text.length < this.#block.length) text += this.#block.toString('latin1', 0, read);
      }
    } catch {
      return false;
    } finally {
      if (file !== undefined) closeSync(file);
    }
    this.#read.set(name, at);
    // It was asked why it does not get on.
    if (text.includes('"kind":"stall-sampled"')) return false;
    return text.split('\n').some((line) => line !== '' && !line.includes('"kind":"counted"'));
  }
}
