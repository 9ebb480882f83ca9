import { basename } from 'node:path';
import type { ProgramId } from '../../../tracker/protocol.ts';
import { FollowedFile } from './follow-file.ts';

/** When a recording begins and ends, in milliseconds since 1970. */
export interface Length {
  readonly startEpochMs: number;
  readonly endEpochMs: number;
  /** When each program started. */
  readonly starts: ReadonlyMap<ProgramId, number>;
}

/** Reads all files once. */
export function measure(paths: readonly string[]): Length {
  let startEpochMs = Infinity;
  let endEpochMs = 0;
  const starts = new Map<ProgramId, number>();
  for (const path of paths) {
    const file = new FollowedFile(path);
    let start: number | undefined;
    let lastMs = 0;
    for (let more = true; more;) {
      const batch = file.read();
      more = batch.more;
      for (const record of batch.records) {
        if (record.kind === 'program-started') start ??= record.startedAtEpochMs;
        else if ('atMs' in record && record.atMs > lastMs) lastMs = record.atMs;
      }
    }
    file.close();
    if (start === undefined) continue;
    starts.set(basename(path, '.jsonl'), start);
    startEpochMs = Math.min(startEpochMs, start);
    endEpochMs = Math.max(endEpochMs, start + lastMs);
  }
  return Number.isFinite(startEpochMs) ? { startEpochMs, endEpochMs, starts } : { startEpochMs: 0, endEpochMs: 0, starts };
}
