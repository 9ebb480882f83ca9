/** Reads all recordings of a session as they grow. New ones appear when programs and workers start. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DUMPED } from '../../../tracker/protocol.ts';
import type { ProgramId, TraceRecord } from '../../../tracker/protocol.ts';
import { FollowedFile } from './follow-file.ts';

const EXTENSION = '.jsonl';
/** Files that can be open at the same time, far from what a process may have. */
const MOST_OPEN = 512;

/** What one program has written since it was last asked. */
export interface Written {
  /** Also where its first line is missing: the name of its file. */
  readonly program: ProgramId;
  readonly records: readonly TraceRecord[];
  readonly damaged: number;
  /** A sentence. Absent: all is well. */
  readonly trouble?: string;
}

export class FollowedFolder {
  readonly #directory: string;
  readonly #files = new Map<string, FollowedFile>();
  readonly #done = new Set<string>();
  #present = true;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Whether the folder is still there. */
  get present(): boolean {
    return this.#present;
  }

  /** Looks for programs that have started. */
  list(): void {
    let names: string[];
    try {
      names = readdirSync(this.#directory);
    } catch {
      this.#present = false;
      return;
    }
    this.#present = true;
    for (const name of names.sort()) {
      // What the command kept of a dump is no program of its own.
      if (!name.endsWith(EXTENSION) || name.endsWith(DUMPED) || this.#files.has(name) || this.#done.has(name)) continue;
      if (this.#files.size >= MOST_OPEN) return;
      this.#files.set(name, new FollowedFile(join(this.#directory, name)));
    }
  }

  /**
   * One block of each program that has written something.
   *
   * @param take - gets them one by one
   * @returns whether more can be read at once
   */
  read(take: (written: Written) => void): boolean {
    let more = false;
    for (const [name, file] of this.#files) {
      const batch = file.read();
      more ||= batch.more;
      const { trouble } = file;
      if (batch.records.length > 0 || batch.damaged > 0 || trouble !== undefined) {
        const program = name.slice(0, -EXTENSION.length);
        take({ program, ...batch, ...(trouble === undefined ? {} : { trouble: `${name} is not read: ${trouble}.` }) });
      }
      if (trouble !== undefined || batch.records.at(-1)?.kind === 'program-ended') this.#end(name, file);
    }
    return more;
  }

  close(): void {
    for (const file of this.#files.values()) file.close();
    this.#files.clear();
  }

  #end(name: string, file: FollowedFile): void {
    file.close();
    this.#files.delete(name);
    this.#done.add(name);
  }
}
