/** Reads what the command kept of a dump, beside the recording of the program that it is about. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ProgramId, TraceRecord } from '../tracker/protocol.ts';
import { readLines } from './lines.ts';
import { Problem, reasonOf } from './problem.ts';
import { isRecord } from './record-shape.ts';

export interface DumpedRecords {
  readonly records: readonly TraceRecord[];
  /** A sentence when the file cannot be used. A part of it would be half the truth, so none of it is. */
  readonly failure?: string;
}

/** What a dump may say. */
const KINDS: ReadonlySet<string> = new Set<TraceRecord['kind']>(['program-dumped', 'verdict-reached', 'waiter-named', 'site-seen']);
/** Many times as much as is written: nobody has to read on. */
const MOST_RECORDS = 100_000;

/** @param checkProtocol throws for a protocol that is not ours */
export async function readDumped(path: string, program: ProgramId, checkProtocol: (protocol: number, version: string) => void): Promise<DumpedRecords> {
  const file = basename(path);
  const unusable = (what: string): DumpedRecords => ({ records: [], failure: `${file} ${what}: what a dump of the program proved is left out.` });
  const records: TraceRecord[] = [];
  try {
    if (!(await stat(path)).isFile()) return unusable('is no regular file');
    for await (const { text, number, whole } of readLines(path)) {
      const record = whole && records.length < MOST_RECORDS ? parse(text) : undefined;
      if (record === undefined) return unusable(`is damaged in line ${number}`);
      if (record.kind === 'program-dumped') checkProtocol(record.protocol, record.tracker);
      records.push(record);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    return unusable(`cannot be read (${reasonOf(error)})`);
  }
  const [first, ...others] = records;
  if (first?.kind !== 'program-dumped' || others.some(({ kind }) => kind === 'program-dumped')) return unusable('does not begin as a dump does');
  return first.program === program ? { records } : unusable(`is about another program, ${first.program}`);
}

/** Its places are numbered apart from the program's own. */
function parse(text: string): TraceRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || !KINDS.has(value.kind)) return undefined;
    return value.kind === 'site-seen' && value.site >= 0 ? undefined : value;
  } catch {
    return undefined;
  }
}
