import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROTOCOL_VERSION } from '../tracker/protocol.ts';
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
  readonly cwd: string;
  /** Milliseconds since 1970. */
  readonly startedAtEpochMs: number;
}

export async function writeManifest(directory: string, command: readonly string[]): Promise<void> {
  const manifest: Manifest = {
    kind: 'scope-trace-session',
    protocol: PROTOCOL_VERSION,
    version: VERSION,
    command,
    cwd: process.cwd(),
    startedAtEpochMs: Date.now(),
  };
  await writeFile(join(directory, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Undefined when the folder has no manifest, or something else by that name. */
export async function readManifest(directory: string): Promise<Manifest | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(join(directory, MANIFEST), 'utf8'));
    return isManifest(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const manifest = value as Readonly<Record<keyof Manifest, unknown>>;
  return manifest.kind === 'scope-trace-session' && typeof manifest.protocol === 'number' && Array.isArray(manifest.command);
}
