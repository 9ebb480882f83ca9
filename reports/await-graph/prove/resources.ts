/** Promises that wait in the same queue, or for the same event, are one thing to wait for. */
import { general } from '../leaves/describe.ts';
import type { Holder, Holders } from '../leaves/holders.ts';
import type { Settlers } from '../extract/settlers.ts';
import type { Waits } from '../extract/waits.ts';

export interface Resource {
  readonly key: string;
  readonly holders: readonly Holder[];
  readonly promises: number[];
}

/** Looking for holders is a walk: after so many, a promise is taken to be held like others in the same list. */
const MANY_WALKS = 1000;
/** Beyond these, nothing is known of those that are held in other ways. */
const MOST_WALKS = 5000;

export class Resources {
  readonly #settlers: Settlers;
  readonly #holders: Holders;
  readonly #waits: Waits;
  readonly #byPromise = new Map<number, Resource>();
  readonly #byKey = new Map<string, Resource>();
  /** The promises of a queue are held by the same list. */
  readonly #byPlace = new Map<string, Resource>();
  #walks = 0;

  constructor(settlers: Settlers, holders: Holders, waits: Waits) {
    this.#waits = waits;
    this.#settlers = settlers;
    this.#holders = holders;
  }

  of(promise: number): Resource {
    let resource = this.#byPromise.get(promise);
    if (resource === undefined) {
      resource = this.#find(promise);
      this.#byPromise.set(promise, resource);
      resource.promises.push(promise);
    }
    return resource;
  }

  #find(promise: number): Resource {
    const place = this.#walks < MANY_WALKS ? undefined : this.#placeOf(promise);
    const near = place === undefined ? undefined : this.#byPlace.get(place);
    if (near !== undefined) return near;
    const resource = this.#walk(promise, this.#walks++ < MOST_WALKS);
    this.#byPlace.set(place ?? this.#placeOf(promise), resource);
    return resource;
  }

  #walk(promise: number, afford: boolean): Resource {
    const holders = afford ? this.#holdersOf(promise) : [];
    const key = !afford ? 'others' : holders.length === 0 ? `promise ${promise}` : keyOf(holders[0], promise);
    const resource = this.#byKey.get(key) ?? { key, holders, promises: [] };
    this.#byKey.set(key, resource);
    return resource;
  }

  #placeOf(promise: number): string {
    const start = this.#startOf(promise);
    return start.length === 0 ? `promise ${promise}` : start.map((node) => this.#holders.placeOf(node)).join(' ');
  }

  #startOf(promise: number): number[] {
    return this.#settlers.of(promise).flatMap((settler) => (settler.kind === 'resolver' ? [settler.closure] : settler.kind === 'native' ? [settler.holder] : []));
  }

  /** How the resolving functions are held. Empty: by nothing that has a name. */
  #holdersOf(promise: number): readonly Holder[] {
    const start = this.#startOf(promise);
    if (start.length === 0) return [];
    // Who awaits it does not go on to settle it.
    const awaiting = new Set<number>();
    for (const { generator } of this.#waits.reactionsOf(promise)) if (generator !== -1) awaiting.add(generator);
    return this.#holders.of(start, awaiting);
  }
}

function keyOf(holder: Holder | undefined, promise: number): string {
  if (holder === undefined || holder.kind === 'task' || holder.kind === 'handler') return `promise ${promise}`;
  const path = 'path' in holder ? general(holder.path) : holder.kind === 'event' ? holder.event : '';
  return `${holder.kind} ${holder.node} ${path}`;
}
