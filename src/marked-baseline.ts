/**
 * Which baseline the findings of a session are held against: noted in its folder, so that whoever looks at the session live
 * writes into the same one, and the run knows at its end what was marked meanwhile.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { applyBaseline } from '../reports/index.ts';
import type { Accept, BaselineRequest } from './baseline-file.ts';
import { readBaseline } from './baseline-file.ts';
import { readRegularFile } from './regular-files.ts';

/** Where findings are marked when the run was given no other. */
export const DEFAULT_BASELINE = 'scope-trace-baseline.json';

const NOTE = 'baseline.json';
const LARGEST_NOTE = 2 ** 16;

export interface BaselineNote {
  /** Absolute path. */
  readonly file: string;
  /** The run writes all that it finds into it at its end. */
  readonly update: boolean;
  /** Somebody has marked findings while they watched. */
  readonly marked: boolean;
}

/** At a run's start. An earlier run's note goes. Never throws: without it, nobody can mark findings in the run's own file. */
export function noteBaseline(directory: string, request: BaselineRequest | undefined): void {
  try {
    if (request === undefined) rmSync(join(directory, NOTE), { force: true });
    else writeNote(directory, { file: resolve(request.file), update: request.update, marked: false });
  } catch {
    // The folder is full, or gone.
  }
}

/** @throws when the folder cannot be written */
export function writeNote(directory: string, note: BaselineNote): void {
  writeFileSync(join(directory, NOTE), `${JSON.stringify(note)}\n`);
}

/** Undefined: the run was given none, and nothing was marked. */
export function readNote(directory: string): BaselineNote | undefined {
  try {
    const value: unknown = JSON.parse(readRegularFile(join(directory, NOTE), LARGEST_NOTE) ?? 'null');
    return isNote(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isNote(value: unknown): value is BaselineNote {
  const { file, update, marked } = (value ?? {}) as Readonly<Record<keyof BaselineNote, unknown>>;
  return typeof file === 'string' && typeof update === 'boolean' && typeof marked === 'boolean';
}

interface Accepting {
  readonly accept: Accept;
  /** What to tell whoever has marked findings in a file that later runs will not read by themselves. */
  readonly hint?: string;
}

/** What was marked while the program ran counts at its end. */
export function acceptMarked(directory: string, { accept, baseline }: { readonly accept: Accept; readonly baseline?: BaselineRequest }): Accepting {
  const note = readNote(directory);
  if (note?.marked !== true || note.update) return { accept };
  // A file that cannot be read any more accepts no more than it did at the start.
  const acceptThose: Accept = async (report) => readBaseline(note.file).then((known) => applyBaseline(report, known), () => accept(report));
  if (baseline !== undefined) return { accept: acceptThose };
  const file = relative(process.cwd(), note.file);
  return { accept: acceptThose, hint: `What was marked as known is in ${file}. Later runs accept it with --baseline ${file}` };
}
