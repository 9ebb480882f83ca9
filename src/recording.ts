import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DUMPED, PROTOCOL_VERSION } from '../tracker/protocol.ts';
import type { TraceRecord } from '../tracker/protocol.ts';
import { createFold, foldSession } from '../reports/index.ts';
import type { Fold, ProgramTrace, SessionTrace } from '../reports/index.ts';
import { decodeLine } from './decode-line.ts';
import { readDumped } from './dumped-records.ts';
import { EXIT } from './exit-codes.ts';
import { HeapWatch } from './heap.ts';
import { readLines } from './lines.ts';
import type { Line } from './lines.ts';
import { readManifest } from './manifest.ts';
import { Problem, reasonOf } from './problem.ts';
import { isRecord } from './record-shape.ts';

const EXTENSION = '.jsonl';

/**
 * Reads and folds the recording in a folder, one line at a time. A last line that was cut short
 * is left out: its program was killed. Any other line that is no record, and a file of which
 * nothing can be read, is told among the program's losses.
 *
 * @throws {Problem} when the folder is no recording, none of its files can be read, or it was
 * written in another protocol
 */
export async function readRecording(directory: string): Promise<SessionTrace> {
  const entries = await listFolder(directory);
  const manifest = readManifest(directory);
  if (manifest !== undefined) refuseOtherProtocol(directory, manifest.protocol, manifest.version);
  const names = entries.map((entry) => entry.name);
  const dumped = new Set(names.filter((name) => name.endsWith(DUMPED)));
  const files = names.filter((name) => name.endsWith(EXTENSION) && !dumped.has(name));
  if (manifest === undefined && files.length === 0) throw noRecording(directory, entries.length === 0);
  const programs: ProgramTrace[] = [];
  const obstacles: unknown[] = [];
  const heap = new HeapWatch();
  for (const file of files.sort()) {
    try {
      const beside = `${basename(file, EXTENSION)}${DUMPED}`;
      programs.push(await readProgram(join(directory, file), heap, dumped.delete(beside) ? join(directory, beside) : undefined));
    } catch (error) {
      if (error instanceof Problem) throw error;
      obstacles.push(error);
      programs.push(withoutRecords(file, `${file} cannot be read: ${reasonOf(error)}.`));
    }
  }
  for (const file of dumped) {
    programs.push(withoutRecords(file, `${file} is a dump of a program whose recording is missing, so nothing can be said of it.`));
  }
  if (manifest === undefined && programs.every((program) => program.started === undefined)) {
    throw noRecording(directory, false);
  }
  if (files[0] !== undefined && obstacles.length === files.length) throw unreadable(join(directory, files[0]), obstacles[0]);
  return foldSession(programs);
}

/** What was not read of one file. */
interface Damage {
  /** Numbers of the first lines that are no records, from 1. */
  readonly lines: number[];
  count: number;
  /** How many records were left out for want of memory. */
  unread: number;
  /** How many records were read before the first that is missing. */
  since: number;
}

/** Records that are read even when there is no memory for others: they say how it ended. */
const LAST_WORDS: ReadonlySet<string> = new Set<TraceRecord['kind']>(['counted', 'tracker-failed', 'program-ended']);

/**
 * @param dumped - what was kept of a dump of the program
 * @throws {Error} when the file cannot be read
 */
async function readProgram(path: string, heap: HeapWatch, dumped: string | undefined): Promise<ProgramTrace> {
  if (!(await stat(path)).isFile()) throw new Error('it is no regular file');
  const fold = createFold(basename(path, EXTENSION));
  const damage: Damage = { lines: [], count: 0, unread: 0, since: Infinity };
  let records = 0;
  let cut = false;
  for await (const line of readLines(path)) {
    const found = decodeLine(line.text);
    if (found === undefined) {
      if (line.whole) note(damage, line, records);
      else cut = true;
    } else if (heap.isFull() && !found.some(isLastWord)) {
      damage.since = Math.min(damage.since, records);
      damage.unread += found.length;
    } else if (found.length > 0 && found.every(isRecord)) {
      for (const record of found) {
        if (record.kind === 'program-started') refuseOtherProtocol(path, record.protocol, record.tracker);
        fold.add(record);
        records += 1;
      }
    } else {
      note(damage, line, records);
    }
  }
  if (records + damage.unread + damage.count === 0) return withoutRecords(basename(path), emptiness(basename(path), cut));
  const failures = dumped === undefined ? [] : await addDumped(fold, dumped, basename(path, EXTENSION));
  const trace = withDamage(fold.finish(), basename(path), damage);
  return failures.length === 0 ? trace : { ...trace, losses: { ...trace.losses, failures: [...trace.losses.failures, ...failures] } };
}

/** What the program itself recorded is whole without it. Returns what went wrong. */
async function addDumped(fold: Fold, path: string, program: string): Promise<string[]> {
  const { records, failure } = await readDumped(path, program, (protocol, version) => {
    refuseOtherProtocol(path, protocol, version);
  });
  for (const record of records) fold.add(record);
  return failure === undefined ? [] : [failure];
}

function emptiness(file: string, cut: boolean): string {
  const what = cut ? 'stops inside its first record' : 'is empty';
  return `${file} ${what}: its program was killed at its start, or could not write, or the file was damaged.`;
}

/** What stands for a program of which nothing was read: somebody ran it, so it is counted. */
function withoutRecords(file: string, failure: string): ProgramTrace {
  const trace = createFold(basename(file, EXTENSION)).finish();
  return { ...trace, losses: { ...trace.losses, failures: [failure], since: 0 }, complete: false };
}

function note(damage: Damage, line: Line, records: number): void {
  damage.since = Math.min(damage.since, records);
  if (damage.lines.length < 3) damage.lines.push(line.number);
  damage.count += 1;
}

function isLastWord(record: unknown): boolean {
  return isRecord(record) && LAST_WORDS.has(record.kind);
}

function withDamage(trace: ProgramTrace, file: string, damage: Damage): ProgramTrace {
  if (damage.since === Infinity) return trace;
  const since = Math.min(damage.since, trace.losses.since ?? Infinity);
  const losses = { ...trace.losses, failures: [...trace.losses.failures, ...tell(file, damage)], since };
  return { ...trace, losses, complete: false };
}

function tell(file: string, { lines, count, unread }: Damage): string[] {
  const shown = `${lines.join(', ')}${count > lines.length ? ', …' : ''}`;
  return [
    ...(count === 1 ? [`Line ${shown} of ${file} is damaged and was left out.`] : []),
    ...(count > 1 ? [`${count} lines of ${file} are damaged and were left out (${shown}).`] : []),
    ...(unread > 0
      ? [
          `${unread} records of ${file} were left out, because they do not fit in memory. ` +
            'Give more to Node: NODE_OPTIONS=--max-old-space-size=8192 scope-trace report.',
        ]
      : []),
  ];
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
