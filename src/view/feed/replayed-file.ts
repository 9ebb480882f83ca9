/** One recording of a replay: its records come out when their time has come. */
import { basename } from 'node:path';
import type { TraceRecord } from '../../../tracker/protocol.ts';
import type { View } from '../state/view.ts';
import { FollowedFile } from './follow-file.ts';

export class ReplayedFile {
  readonly #file: FollowedFile;
  readonly #program: string;
  /** Read, and not yet due. */
  #waiting: readonly TraceRecord[] = [];
  #next = 0;
  #startEpochMs = 0;
  /** Records are written some time after what they tell of: the latest time so far is when. */
  #writtenMs = 0;
  #done = false;

  constructor(path: string) {
    this.#file = new FollowedFile(path);
    this.#program = basename(path, '.jsonl');
  }

  /**
   * Hands over what is due, a block at most.
   *
   * @returns whether more is due
   */
  advance(upToEpochMs: number, view: View): boolean {
    if (this.#next >= this.#waiting.length && !this.#read(view)) return false;
    const from = this.#next;
    let record = this.#waiting[from];
    while (record !== undefined && this.#timeOf(record) <= upToEpochMs) record = this.#waiting[++this.#next];
    if (this.#next === from) return false;
    view.handle({ kind: 'tick', nowMs: Math.min(upToEpochMs, this.#startEpochMs + this.#writtenMs) });
    view.handle({ kind: 'records', program: this.#program, records: this.#waiting.slice(from, this.#next) });
    return record === undefined && !this.#done;
  }

  close(): void {
    this.#file.close();
  }

  /** False: there is nothing more. */
  #read(view: View): boolean {
    if (this.#done) return false;
    const { records, damaged, more } = this.#file.read();
    const { trouble } = this.#file;
    this.#waiting = records;
    this.#next = 0;
    this.#done = !more;
    if (damaged > 0 || trouble !== undefined) {
      view.handle({ kind: 'damage', program: this.#program, lines: damaged, ...(trouble === undefined ? {} : { trouble }) });
    }
    return records.length > 0;
  }

  #timeOf(record: TraceRecord): number {
    if (record.kind === 'program-started') this.#startEpochMs = record.startedAtEpochMs;
    else if ('atMs' in record && record.atMs > this.#writtenMs) this.#writtenMs = record.atMs;
    return this.#startEpochMs + this.#writtenMs;
  }
}
