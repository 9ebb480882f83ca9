import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROTOCOL_VERSION } from '../tracker/protocol.ts';
import { systemCode } from './problem.ts';
import { readRegularFile } from './regular-files.ts';
import { VERSION } from './version.ts';

/** The file by which a folder is known to be a recording of ours. */
export const MANIFEST = 'session.json';

/** What a session's folder says about itself. */
export interface Manifest {
  readonly kind: 'scope-trace-session';
  readonly protocol: number;
  /** Version of the package that made the folder. */
  readonly version: string;
  readonly command: readonly string[];
  /** A name that no other run on any machine has. Absent: it was recorded by an earlier version. */
  readonly run?: string;
  readonly cwd: string;
  /** Milliseconds since 1970. */
  readonly startedAtEpochMs: number;
  /** Process of the command that records into the folder. Absent: it has ended. */
  readonly pid?: number;
}

/** Nobody's command line is longer. */
const LARGEST_MANIFEST = 2 ** 24;

/**
 * Makes a folder ours, and whatever was recorded there before, worthless. Synchronous and exclusive,
 * so that of two commands that start at once only one gets the folder.
 *
 * @returns whether the folder is ours: false while another command records into it
 */
export function claimFolder(directory: string, command: readonly string[]): boolean {
  const earlier = readManifest(directory);
  if (earlier !== undefined && isRecording(earlier)) return false;
  const path = join(directory, MANIFEST);
  if (earlier !== undefined) rmSync(path, { force: true });
  const manifest: Manifest = {
    kind: 'scope-trace-session',
    protocol: PROTOCOL_VERSION,
    version: VERSION,
    command,
    run: randomUUID(),
    cwd: process.cwd(),
    startedAtEpochMs: Date.now(),
    pid: process.pid,
  };
  try {
    writeFileSync(path, textOf(manifest), { flag: 'wx' });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Whether the folder is still the one that this process claimed. */
export function isClaimed(directory: string): boolean {
  return readManifest(directory)?.pid === process.pid;
}

/** Takes our process out of the manifest: its number will be another program's one day. */
export function releaseFolder(directory: string): void {
  const manifest = readManifest(directory);
  if (manifest?.pid !== process.pid) return;
  writeFileSync(join(directory, MANIFEST), textOf({ ...manifest, pid: undefined }));
}

/** Whether a command records into the folder now. Our own number in an earlier manifest was left by a command that crashed, in another container. */
export function isRecording({ pid }: Manifest): boolean {
  if (pid === undefined || pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

function textOf(manifest: object): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Undefined when the folder has no manifest, or something else by that name. */
export function readManifest(directory: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(readRegularFile(join(directory, MANIFEST), LARGEST_MANIFEST) ?? '');
    return isManifest(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, protocol, command, pid, run } = value as Readonly<Record<keyof Manifest, unknown>>;
  if (pid !== undefined && !(Number.isSafeInteger(pid) && Number(pid) > 0)) return false;
  if (run !== undefined && !(typeof run === 'string' && run !== '')) return false;
  return kind === 'scope-trace-session' && typeof protocol === 'number' && Array.isArray(command);
}
