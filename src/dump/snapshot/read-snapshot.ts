/**
 * Reads a heap snapshot that arrives in pieces, and says what the program waits for. The work is
 * done in a worker thread, so that the caller keeps taking pieces from the inspector.
 */
import type { Dump } from '../../../reports/index.ts';

export interface SnapshotProgress {
  readonly phase: 'reading' | 'linking' | 'proving';
  /** Characters read so far. */
  readonly characters: number;
  /** Share of this phase, 0 to 1. */
  readonly share: number;
}

export interface SnapshotOptions {
  /** Files whose functions are the tracker's own, as the program names them: left out of the dump. */
  readonly ownScripts?: readonly string[];
  readonly onProgress?: (progress: SnapshotProgress) => void;
}

export interface SnapshotReader {
  /** The next piece of the snapshot's text (`HeapProfiler.addHeapSnapshotChunk`). */
  write(chunk: string): void;
  /** After the last piece. Rejects when the text is no snapshot or was cut. Ends the worker. */
  finish(): Promise<Dump>;
  /** Ends the worker without an answer. */
  cancel(): Promise<void>;
}

export function createSnapshotReader(options: SnapshotOptions = {}): SnapshotReader {
  let characters = 0;
  return {
    write(chunk) {
      characters += chunk.length;
      options.onProgress?.({ phase: 'reading', characters, share: 0 });
    },
    finish: () => Promise.reject(new Error('snapshots cannot be read yet')),
    cancel: () => Promise.resolve(),
  };
}
