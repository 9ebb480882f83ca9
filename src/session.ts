import { existsSync, rmSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { EXIT } from './exit-codes.ts';
import { claimFolder, isClaimed, readManifest, releaseFolder } from './manifest.ts';
import { Problem, reasonOf, systemCode } from './problem.ts';

/** The folder that the programs of one command write to. */
export interface Session {
  /** Absolute path. */
  readonly directory: string;
  /** True: the user asked for the folder. False: it goes when the session is closed. */
  readonly kept: boolean;
}

/**
 * A folder that the user named: a new one, an empty one, or an earlier recording, which is
 * replaced.
 *
 * @throws {Problem} when it holds something else, cannot be written, or is being written by
 * another command
 */
export async function openNamedSession(path: string, command: readonly string[]): Promise<Session> {
  const directory = resolve(path);
  try {
    await makeFolder(directory);
    const present = await readdir(directory);
    if (present.length > 0 && readManifest(directory) === undefined) throw foreign(path);
    if (!claimFolder(directory, command)) throw inUse(path);
    await Promise.all(present.filter(isProgram).map((name) => rm(join(directory, name), { force: true })));
    // Another command may have seen the same earlier recording, and claimed the folder after us.
    if (!isClaimed(directory)) throw inUse(path);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      `The recording cannot be kept in ${JSON.stringify(path)}: ${reasonOf(error)}. Name another folder with --trace.`,
      EXIT.usage,
    );
  }
  return { directory, kept: true };
}

/** Step by step: where `/proc` refuses a folder as if its parent were missing, Node's own way never ends. */
async function makeFolder(directory: string): Promise<void> {
  if (existsSync(directory) && statSync(directory).isDirectory()) return;
  if (!existsSync(dirname(directory))) await makeFolder(dirname(directory));
  try {
    await mkdir(directory);
  } catch (error) {
    // Another command may have been faster.
    if (systemCode(error) !== 'EEXIST' || !statSync(directory).isDirectory()) throw error;
  }
}

/**
 * A folder of our own among the temporary files.
 *
 * @throws {Problem} when there is no room for one; the program can still run without us
 */
export async function openTemporarySession(command: readonly string[]): Promise<Session> {
  const parent = tmpdir();
  try {
    const directory = await mkdtemp(join(parent, 'scope-trace-'));
    claimFolder(directory, command);
    return { directory, kept: false };
  } catch (error) {
    throw new Problem(
      `Nothing is traced: the folder for temporary files, ${JSON.stringify(parent)}, cannot be written: ${reasonOf(error)}. ` +
        'Name a folder for the recording with --trace, or set TMPDIR.',
      EXIT.failure,
    );
  }
}

/**
 * Removes what the user did not ask for, and leaves the rest to the next command. Synchronous, so
 * that a signal can call it. Never throws.
 */
export function closeSession(session: Session): void {
  try {
    if (session.kept) releaseFolder(session.directory);
    else rmSync(session.directory, { recursive: true, force: true, maxRetries: 2 });
  } catch {
    // A program that is still running may be writing there; the system clears its temporary files.
  }
}

function isProgram(name: string): boolean {
  return name.endsWith('.jsonl');
}

function inUse(path: string): Problem {
  return new Problem(
    `Another scope-trace is recording into ${JSON.stringify(path)}. Wait for its end, or name another folder with --trace.`,
    EXIT.usage,
  );
}

function foreign(path: string): Problem {
  return new Problem(
    `The folder ${JSON.stringify(path)} holds files that are no recording. Name a new or an empty folder with --trace.`,
    EXIT.usage,
  );
}
