import { getHeapStatistics } from 'node:v8';

/** The share of our memory that a recording may fill. Folding and judging need up to three times as much. */
const SHARE = 0.25;

/** Asking costs more than reading a record, so only every so many records ask. */
const INTERVAL = 10_000;

/** Watches that what is read still fits in memory. */
export class HeapWatch {
  #steps = 0;
  #full = false;

  /** To be called for each record. True from the moment on at which there is no room for more. */
  isFull(): boolean {
    this.#steps += 1;
    if (!this.#full && this.#steps % INTERVAL === 0) {
      const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
      this.#full = used > limit * SHARE;
    }
    return this.#full;
  }
}
