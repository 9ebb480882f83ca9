/**
 * Reads a heap snapshot that arrives in pieces, and says what the program waits for. The work is
 * done in a worker thread, so that the caller keeps taking pieces from the inspector.
 */
import { Worker } from 'node:worker_threads';
import type { Dump, StandsAt } from '../../../reports/index.ts';
import { freeBuffers, saveMemory } from './garbage.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';
import { Slots } from './slots.ts';

export interface SnapshotProgress {
  readonly phase: 'reading' | 'proving';
  /** Characters of the snapshot read so far. */
  readonly characters: number;
  /** Share of this phase, 0 to 1. */
  readonly share: number;
}

export interface SnapshotOptions {
  /** Files whose functions are the tracker's own, as the program names them: left out of the dump. */
  readonly ownScripts?: readonly string[];
  /**
   * The source of a script by V8's number for it (`Debugger.getScriptSource`). Asked after
   * {@link SnapshotReader.finish}, each once, for scripts of the program that may still run. It says what variables a
   * function can touch; without it a timer that does nothing could, for all that is known, release
   * every lock of its module.
   */
  readonly sourceOf?: (scriptId: number) => Promise<string | undefined>;
  /** Where a function is suspended in its script, by the heap id of its generator. Asked after {@link SnapshotReader.finish}, for few. */
  readonly standsAt?: StandsAt;
  readonly onProgress?: (progress: SnapshotProgress) => void;
}

export interface SnapshotReader {
  /** The next piece of the snapshot's text (`HeapProfiler.addHeapSnapshotChunk`). */
  write(chunk: string): void;
  /** The same as the bytes between the quotes of the message's JSON. They must not be changed afterwards. */
  writeEscaped(bytes: Uint8Array): void;
  /** Characters written and not yet read: more than some 4 million, and the sender had better wait. */
  readonly behind: number;
  /** Rejects when the reading fails before {@link finish}: nothing is taken any more. */
  readonly failed: Promise<never>;
  /** After the last piece. Rejects when the text is no snapshot or was cut. Ends the worker. */
  finish(): Promise<Dump>;
  /** Ends the worker without an answer. */
  cancel(): Promise<void>;
}

export function createSnapshotReader(options: SnapshotOptions = {}): SnapshotReader {
  return new WorkerReader(options);
}

/** A large heap lies in buffers, and hardly anything that is made on the way lives long. */
const YOUNG_MB = 8;

/** Bytes: each piece of text that is taken leaves a buffer behind. */
const FREE_EVERY = 4e6;

/** Where temporary files go. */
function environment(): NodeJS.ProcessEnv {
  const { TMPDIR } = process.env;
  return TMPDIR === undefined ? {} : { TMPDIR };
}

class WorkerReader implements SnapshotReader {
  readonly #options: SnapshotOptions;
  readonly #worker: Worker;
  readonly failed: Promise<never>;
  readonly #dump: Promise<Dump>;
  readonly #slots = new Slots((sent) => this.#say({ kind: 'chunk', sent }));
  #read = 0;
  /** Bytes since buffers were freed. */
  #taken = 0;

  constructor(options: SnapshotOptions) {
    this.#options = options;
    saveMemory();
    const settings: WorkerSettings = { memory: this.#slots.memory, ownScripts: options.ownScripts ?? [], sources: options.sourceOf !== undefined, standings: options.standsAt !== undefined };
    const file = import.meta.url.endsWith('.ts') ? './snapshot-worker.ts' : './snapshot-worker.js';
    // Options of the command's own process, such as a preload, are no business of this thread.
    this.#worker = new Worker(new URL(file, import.meta.url), { workerData: settings, execArgv: [], env: environment(), resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    this.#dump = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: FromWorker) => this.#hear(message, resolve, reject));
      this.#worker.on('error', reject);
      this.#worker.on('exit', () => reject(new Error('the reader of the heap snapshot ended too early')));
    });
    this.failed = this.#dump.then(() => new Promise<never>(() => undefined));
    // Nobody needs to listen.
    this.failed.catch(() => undefined);
  }

  get behind(): number {
    return this.#slots.behind;
  }

  write(chunk: string): void {
    this.#slots.write(Buffer.from(chunk, 'latin1'), false);
  }

  writeEscaped(bytes: Uint8Array): void {
    this.#slots.write(bytes, true);
    this.#taken += bytes.length;
    if (this.#taken < FREE_EVERY) return;
    this.#taken = 0;
    freeBuffers();
  }

  async finish(): Promise<Dump> {
    try {
      await Promise.race([this.#slots.sent(), this.#dump]);
      this.#say({ kind: 'finish' });
      return await this.#dump;
    } finally {
      await this.#worker.terminate();
    }
  }

  async cancel(): Promise<void> {
    await this.#worker.terminate();
  }

  #say(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromWorker, resolve: (dump: Dump) => void, reject: (error: Error) => void): void {
    switch (message.kind) {
      case 'read':
        this.#read = message.characters;
        this.#slots.release(message.sent);
        this.#options.onProgress?.({ phase: 'reading', characters: message.characters, share: message.share });
        break;
      case 'stage':
        this.#options.onProgress?.({ phase: 'proving', characters: this.#read, share: message.share });
        break;
      case 'ask':
        void this.#answer(message.scriptId);
        break;
      case 'ask-standing':
        void this.#tellStanding(message.generator);
        break;
      case 'dump':
        resolve(message.dump);
        break;
      case 'failed':
        reject(new Error(message.message));
    }
  }

  async #tellStanding(generator: number): Promise<void> {
    const at = await this.#options.standsAt?.(generator).catch(() => undefined);
    this.#say({ kind: 'standing', generator, at });
  }

  async #answer(scriptId: number): Promise<void> {
    const text = await this.#options.sourceOf?.(scriptId).catch(() => undefined);
    this.#say({ kind: 'source', scriptId, text });
  }
}
