/** The heap of one thread, streamed from its inspector to the reader. */
import type { Dump } from '../../reports/index.ts';
import { freemem } from 'node:os';
import { tellShortage } from './estimate.ts';
import { Connection } from './inspector/connection.ts';
import { locate } from './inspector/locate.ts';
import type { HeapObjects } from './inspector/objects.ts';
import type { Scripts } from './inspector/scripts.ts';
import type { Session } from './inspector/session.ts';
import { createSnapshotReader } from './snapshot/read-snapshot.ts';
import type { SnapshotReader } from './snapshot/read-snapshot.ts';

/** What a dump does, for a progress bar. `share` is 0 to 1. */
export interface Progress {
  /** `stopped`: the program stands still. */
  readonly phase: 'stopped' | 'reading' | 'proving' | 'asking';
  readonly share: number;
}

export type Tell = (progress: Progress) => void;

export interface Snapshot {
  readonly dump: Dump;
  /** How long the program stood still. */
  readonly pausedMs: number;
}

/** V8 writes about so many characters for each byte of the heap. */
const CHARACTERS_PER_BYTE = 1.1;

/** Characters; the program's inspector waits while the reader is further behind. */
const MOST_BEHIND = 4e6;
const LOOK_EVERY_MS = 20;

export interface SnapshotSource {
  readonly session: Session;
  readonly objects: HeapObjects;
  readonly scripts: Scripts;
  /** Files whose functions are the tracker's. */
  readonly ownScripts: readonly string[];
}

export async function takeSnapshot({ session, objects, scripts, ownScripts }: SnapshotSource, tell: Tell): Promise<Snapshot> {
  const { usedSize } = await session.send('Runtime.getHeapUsage', {});
  const shortage = tellShortage(usedSize, freeMemory());
  if (shortage !== undefined) throw new Error(shortage);
  let shown = 0;
  const reader = createSnapshotReader({
    ownScripts,
    sourceOf: async (id) => (await session.send('Debugger.getScriptSource', { scriptId: String(id) })).scriptSource,
    standsAt: async (id) => {
      const at = (await locate(session, objects, scripts, [id])).get(id);
      return at === undefined ? undefined : { line: at.line - 1, column: at.column - 1 };
    },
    onProgress: ({ phase, share }) => {
      if (phase !== 'reading') tell({ phase, share });
    },
  });
  let characters = 0;
  const written = (length: number): void => {
    characters += length;
    if (reader.behind > MOST_BEHIND) hold(session, reader);
    tell({ phase: 'stopped', share: 0.5 + Math.min(0.5, characters / (usedSize * CHARACTERS_PER_BYTE) / 2) });
  };
  if (session instanceof Connection) {
    session.onChunk = (escaped) => {
      reader.writeEscaped(escaped);
      written(escaped.length);
    };
  }
  const stop = [
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
      reader.write(chunk);
      written(chunk.length);
    }),
    session.on('HeapProfiler.reportHeapSnapshotProgress', ({ done, total }) => {
      shown = Math.max(shown, total === 0 ? 0 : done / total);
      tell({ phase: 'stopped', share: shown / 2 });
    }),
  ];
  const beganMs = performance.now();
  try {
    await session.send('HeapProfiler.enable', {});
    const taken = session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: true, exposeInternals: true, captureNumericValue: true });
    taken.catch(() => undefined);
    await Promise.race([taken, reader.failed]);
    const pausedMs = performance.now() - beganMs;
    return { dump: await reader.finish(), pausedMs };
  } catch (error) {
    await reader.cancel();
    throw error;
  } finally {
    for (const each of stop) each();
    if (session instanceof Connection) session.hold(false);
    if (session instanceof Connection) session.onChunk = undefined;
  }
}

/** Older lines do not know what a container may still have. */
function freeMemory(): number {
  return 'availableMemory' in process ? process.availableMemory() : freemem();
}

/** Until the reader has come after. A worker's words come with those of the main thread, and are not held. */
function hold(session: Session, reader: SnapshotReader): void {
  if (!(session instanceof Connection) || session.isHeld) return;
  session.hold(true);
  const timer = setInterval(() => {
    if (session.isHeld && reader.behind > MOST_BEHIND / 2) return;
    clearInterval(timer);
    session.hold(false);
  }, LOOK_EVERY_MS);
}
