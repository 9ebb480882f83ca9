/** The main thread's side of the feed: keys go there, snapshots come back, and no more of them than can be drawn. */
import { Worker } from 'node:worker_threads';
import type { Snapshot } from '../state/snapshot.ts';
import type { FeedSettings, FromFeed, ToFeed } from './messages.ts';

/** Frames a second, at most. */
const FRAME_MS = 1000 / 15;
const CLOSE_WITHIN_MS = 500;
/** What it may take, in MiB: some 200,000 tasks and scopes. With less room V8 collects sooner. */
const MEMORY = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 8 };

export interface FeedClient {
  /** Absent until the first one has come. */
  readonly snapshot: Snapshot | undefined;
  /** `changed` is called when another snapshot is there. Returns what takes it back. */
  subscribe(changed: () => void): () => void;
  say(message: ToFeed): void;
  /** Resolves when the thread is no more; rejects when it failed. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

export function openFeed(settings: FeedSettings): FeedClient {
  return new WorkerClient(settings);
}

class WorkerClient implements FeedClient {
  snapshot: Snapshot | undefined;
  readonly ended: Promise<void>;
  readonly #worker: Worker;
  readonly #listeners = new Set<() => void>();
  #drawnMs = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #latest: Snapshot | undefined;
  #closed: () => void = () => undefined;

  constructor(settings: FeedSettings) {
    const file = import.meta.url.endsWith('.ts') ? './feed-worker.ts' : './feed-worker.js';
    this.#worker = new Worker(new URL(file, import.meta.url), { workerData: settings, execArgv: [], env: {}, resourceLimits: MEMORY });
    this.#worker.on('message', (message: FromFeed) => {
      if (message.kind === 'snapshot') this.#take(message.snapshot);
      else this.#closed();
    });
    this.ended = new Promise((resolve, reject) => {
      this.#worker.on('error', reject);
      this.#worker.on('exit', () => {
        resolve();
      });
    });
    this.ended.catch(() => undefined);
  }

  subscribe(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  say(message: ToFeed): void {
    this.#worker.postMessage(message);
  }

  /** The thread puts its things in order first, if it still can. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => (this.#closed = resolve));
    this.say({ kind: 'close' });
    const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref());
    await Promise.race([closed, late, this.ended.catch(() => undefined)]);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#worker.terminate();
  }

  #take(snapshot: Snapshot): void {
    this.#latest = snapshot;
    if (this.#timer !== undefined) return;
    const waitMs = this.#drawnMs + FRAME_MS - performance.now();
    if (waitMs <= 0) this.#draw();
    else this.#timer = setTimeout(() => this.#draw(), waitMs);
  }

  #draw(): void {
    this.#timer = undefined;
    this.#drawnMs = performance.now();
    this.snapshot = this.#latest;
    for (const listener of this.#listeners) listener();
    this.say({ kind: 'drawn' });
  }
}
