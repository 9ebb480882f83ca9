import { OBJECT_GROUP } from './describe.ts';
import { Refused } from './session.ts';
import type { Session } from './session.ts';

const AT_ONCE = 256;
/** Each search walks the whole heap while the program stands still: so much of that is fair. */
const SEARCH_MS = 5000;
const SEARCHES_AT_ONCE = 4;
/** Searches that take longer are made one by one: other questions wait for them as well. */
const LONG_SEARCH_MS = 100;

/**
 * The program's objects by the ids that a snapshot gives them. The inspector tells the id of an
 * object at once, and the object of an id only after a search; so whatever can be had in lists is
 * learnt first.
 */
export class HeapObjects {
  readonly #session: Session;
  readonly #known = new Map<number, string>();
  #searchedMs = 0;
  #atOnce = 1;
  #missed = 0;
  #running: Promise<unknown>[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** How many objects were not searched for, because it had taken too long already. */
  get missed(): number {
    return this.#missed;
  }

  /** Learns the members of a list in the program. Returns their ids by their places. */
  async learn(list: string): Promise<ReadonlyMap<number, number>> {
    const { result } = await this.#session.send('Runtime.getProperties', { objectId: list, ownProperties: true });
    const ids = new Map<number, number>();
    for (let at = 0; at < result.length; at += AT_ONCE) {
      await Promise.all(
        result.slice(at, at + AT_ONCE).map(async ({ name, value }) => {
          if (!/^\d+$/.test(name) || value?.objectId === undefined) return;
          const { heapSnapshotObjectId } = await this.#session.send('HeapProfiler.getHeapObjectId', { objectId: value.objectId });
          const id = Number(heapSnapshotObjectId);
          ids.set(Number(name), id);
          this.#known.set(id, value.objectId);
        }),
      );
    }
    return ids;
  }

  /** Undefined: it is gone, or a search would take too long. */
  async find(id: number): Promise<string | undefined> {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    while (this.#running.length >= this.#atOnce) await Promise.race(this.#running);
    if (this.#searchedMs > SEARCH_MS) {
      this.#missed++;
      return undefined;
    }
    const search = this.#search(id);
    this.#running.push(search);
    try {
      return await search;
    } finally {
      this.#running = this.#running.filter((each) => each !== search);
    }
  }

  async #search(id: number): Promise<string | undefined> {
    const beganMs = performance.now();
    try {
      const { result } = await this.#session.send('HeapProfiler.getObjectByHeapObjectId', { objectId: String(id), objectGroup: OBJECT_GROUP });
      if (result.objectId !== undefined) this.#known.set(id, result.objectId);
      return result.objectId;
    } catch (error) {
      if (error instanceof Refused) return undefined;
      throw error;
    } finally {
      // Those that are on their way together wait for each other.
      const tookMs = (performance.now() - beganMs) / Math.max(1, this.#running.length);
      this.#searchedMs += tookMs;
      this.#atOnce = tookMs > LONG_SEARCH_MS ? 1 : SEARCHES_AT_ONCE;
    }
  }
}
