import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PROTOCOL_VERSION } from '../tracker/protocol.ts';
import { createFold, foldSession } from '../reports/index.ts';
import type { ProgramTrace, SessionTrace } from '../reports/index.ts';
import { EXIT } from './exit-codes.ts';
import { readLines } from './lines.ts';
import type { Line } from './lines.ts';
import { readManifest } from './manifest.ts';
import { Problem, reasonOf } from './problem.ts';
import { isRecord } from './record-shape.ts';

const EXTENSION = '.jsonl';

/**
 * Reads and folds the recording in a folder, one line at a time. A last line that was cut short
 * is left out: its program was killed. Any other line that is no record is counted among the
 * program's losses.
 *
 * @throws {Problem} when the folder is no recording, or was written in another protocol
 */
export async function readRecording(directory: string): Promise<SessionTrace> {
  const entries = await listFolder(directory);
  const manifest = await readManifest(directory);
  if (manifest !== undefined) refuseOtherProtocol(directory, manifest.protocol, manifest.version);
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(EXTENSION)).map((entry) => entry.name);
  if (manifest === undefined && files.length === 0) throw noRecording(directory, entries.length === 0);
  const programs: ProgramTrace[] = [];
  for (const file of files.sort()) {
    const program = await readProgram(join(directory, file)).catch((error: unknown) => {
      throw error instanceof Problem ? error : unreadable(join(directory, file), error);
    });
    if (program !== undefined) programs.push(program);
  }
  if (manifest === undefined && programs.every((program) => program.started === undefined)) {
    throw noRecording(directory, false);
  }
  return foldSession(programs);
}

/** What could not be read of one file. */
interface Damage {
  /** Numbers of the first lines that are no records, from 1. */
  readonly lines: number[];
  count: number;
  /** How many records were read before the first damaged line. */
  since: number;
}

async function readProgram(path: string): Promise<ProgramTrace | undefined> {
  const fold = createFold(basename(path, EXTENSION));
  const damage: Damage = { lines: [], count: 0, since: 0 };
  let records = 0;
  for await (const line of readLines(path)) {
    const record = parse(line.text);
    if (record === undefined) {
      if (line.whole) note(damage, line, records);
    } else if (isRecord(record)) {
      if (record.kind === 'program-started') refuseOtherProtocol(path, record.protocol, record.tracker);
      fold.add(record);
      records += 1;
    } else {
      note(damage, line, records);
    }
  }
  if (records === 0 && damage.count === 0) return undefined;
  return withDamage(fold.finish(), basename(path), damage);
}

/** Undefined for text that is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function note(damage: Damage, line: Line, records: number): void {
  if (damage.count === 0) damage.since = records;
  if (damage.lines.length < 3) damage.lines.push(line.number);
  damage.count += 1;
}

function withDamage(trace: ProgramTrace, file: string, damage: Damage): ProgramTrace {
  if (damage.count === 0) return trace;
  const lines = `${damage.lines.join(', ')}${damage.count > damage.lines.length ? ', …' : ''}`;
  const failure =
    damage.count === 1
      ? `Line ${lines} of ${file} is damaged and was left out.`
      : `${damage.count} lines of ${file} are damaged and were left out (${lines}).`;
  const since = Math.min(damage.since, trace.losses.since ?? Infinity);
  const losses = { ...trace.losses, failures: [...trace.losses.failures, failure], since };
  return { ...trace, losses, complete: false };
}

async function listFolder(directory: string): Promise<Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    throw unreadable(directory, error);
  }
}

function unreadable(path: string, error: unknown): Problem {
  return new Problem(
    `The recording ${JSON.stringify(path)} cannot be read: ${reasonOf(error)}. Name the folder that was given to --trace.`,
    EXIT.usage,
  );
}

function noRecording(directory: string, empty: boolean): Problem {
  const what = empty ? 'is empty' : 'holds no recording of scope-trace';
  return new Problem(
    `The folder ${JSON.stringify(directory)} ${what}. Name the folder that was given to --trace, ` +
      'or make one: scope-trace --trace <dir> -- node app.js',
    EXIT.usage,
  );
}

/** @throws {Problem} unless `protocol` is the one of this version */
function refuseOtherProtocol(where: string, protocol: number, version: string): void {
  if (protocol === PROTOCOL_VERSION) return;
  throw new Problem(
    `The recording ${JSON.stringify(where)} was written by scope-trace ${version} in protocol ${protocol}; ` +
      `this version reads protocol ${PROTOCOL_VERSION}. Read it with the version that wrote it: npx scope-trace@${version} report`,
    EXIT.usage,
  );
}
