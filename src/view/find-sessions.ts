/** Sessions of this user that run now, wherever their recordings are. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENVIRONMENT } from '../../tracker/protocol.ts';
import { isRecording, readManifest, type Manifest } from '../manifest.ts';

export interface RunningSession {
  /** Absolute path of its folder. */
  readonly directory: string;
  readonly manifest: Manifest;
}

const PREFIX = 'scope-trace-';

/** The newest one first. */
export function findSessions(): RunningSession[] {
  const folders = new Set([...temporaryFolders(), ...foldersOfProcesses()]);
  const found = [...folders].flatMap((directory): RunningSession[] => {
    const manifest = readManifest(directory);
    return manifest !== undefined && isOurs(directory) && isRecording(manifest) ? [{ directory, manifest }] : [];
  });
  return found.sort((one, other) => other.manifest.startedAtEpochMs - one.manifest.startedAtEpochMs);
}

function temporaryFolders(): string[] {
  try {
    return readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX)).map((name) => join(tmpdir(), name));
  } catch {
    return [];
  }
}

/** A recording that is kept may be anywhere: its programs know where. Only Linux tells us. */
function foldersOfProcesses(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(folderOfProcess);
  } catch {
    return [];
  }
}

function folderOfProcess(pid: string): string[] {
  try {
    const variable = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').find((each) => each.startsWith(`${ENVIRONMENT.session}=`));
    return variable === undefined ? [] : [variable.slice(ENVIRONMENT.session.length + 1)];
  } catch {
    // Another user's, or gone.
    return [];
  }
}

/** Others may have made a folder of that name among the temporary files. */
function isOurs(directory: string): boolean {
  try {
    return process.getuid === undefined || statSync(directory).uid === process.getuid();
  } catch {
    return false;
  }
}
