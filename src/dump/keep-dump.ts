/** Keeps what a dump has proved in the session's folder, beside the recording of the program that was dumped. */
import { closeSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordDump } from '../../reports/index.ts';
import type { Dump } from '../../reports/index.ts';
import { DUMPED, PROTOCOL_VERSION } from '../../tracker/protocol.ts';
import type { DumpReason, ProgramStarted } from '../../tracker/protocol.ts';
import { readManifest } from '../manifest.ts';
import { reasonOf } from '../problem.ts';
import { isRecord } from '../record-shape.ts';
import { VERSION } from '../version.ts';
import { rawOf } from './places.ts';

const EXTENSION = '.jsonl';
const LONGEST_START = 2 ** 20;

/**
 * The program may be writing into its own recording, so this is a file of its own, which is there as a whole or not
 * at all. A dump without the heap proves nothing, and leaves an earlier one alone.
 *
 * @returns a sentence when it could not be kept
 */
export function keepDump(directory: string, why: DumpReason, dump: Dump): string | undefined {
  const { pid, thread, takenAt } = dump.program;
  if (dump.heap === undefined || pid === undefined || takenAt === undefined) return undefined;
  try {
    const started = findRecording(directory, pid, thread ?? 0);
    if (started === undefined) return undefined;
    const { program, startedAtEpochMs } = started;
    const atMs = Math.max(0, Date.parse(takenAt) - startedAtEpochMs);
    const records = recordDump(dump, { header: { protocol: PROTOCOL_VERSION, tracker: VERSION, program, why, atMs }, rawOf });
    replace(join(directory, `${program}${DUMPED}`), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    return undefined;
  } catch (error) {
    return `What the dump of process ${pid} proved could not be kept with the recording: ${reasonOf(error)}.`;
  }
}

/** The same for a folder that a program named: one that is ours, and holds a recording. */
export function keepInFolder(directory: string, why: DumpReason, dump: Dump): string | undefined {
  try {
    if (statSync(directory).uid !== process.getuid?.() || readManifest(directory) === undefined) return undefined;
  } catch {
    return undefined;
  }
  return keepDump(directory, why, dump);
}

/** Numbers of processes are used again: the latest one is meant. */
function findRecording(directory: string, pid: number, thread: number): ProgramStarted | undefined {
  const prefix = `${pid}-${thread}-`;
  const names = readdirSync(directory).filter((name) => name.startsWith(prefix) && name.endsWith(EXTENSION) && !name.endsWith(DUMPED));
  const started = names.flatMap((name) => {
    const found = readStart(join(directory, name));
    return found?.program === name.slice(0, -EXTENSION.length) ? [found] : [];
  });
  return started.sort((a, b) => b.startedAtEpochMs - a.startedAtEpochMs)[0];
}

function readStart(path: string): ProgramStarted | undefined {
  const block = Buffer.alloc(LONGEST_START);
  const file = openSync(path, 'r');
  try {
    const [line = ''] = block.toString('utf8', 0, readSync(file, block)).split('\n', 1);
    const record: unknown = JSON.parse(line);
    return isRecord(record) && record.kind === 'program-started' ? record : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

function replace(path: string, text: string): void {
  const part = `${path}.part`;
  try {
    rmSync(part, { force: true });
    writeFileSync(part, text, { flag: 'wx', mode: 0o600 });
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
