/** Promises that wait in the same queue, or for the same event, are one thing to wait for. */
import { general } from '../leaves/describe.ts';
import type { Holder, Holders } from '../leaves/holders.ts';
import type { Settlers } from '../extract/settlers.ts';

export interface Resource {
  readonly key: string;
  readonly holders: readonly Holder[];
  readonly promises: number[];
}

/** Beyond this many, promises are taken to be held like others of the same function. */
const MOST = 3000;

export class Resources {
  readonly #settlers: Settlers;
  readonly #holders: Holders;
  readonly #byPromise = new Map<number, Resource>();
  readonly #byKey = new Map<string, Resource>();

  constructor(settlers: Settlers, holders: Holders) {
    this.#settlers = settlers;
    this.#holders = holders;
  }

  of(promise: number): Resource {
    let resource = this.#byPromise.get(promise);
    if (resource === undefined) {
      const holders = this.#byPromise.size > MOST ? [] : this.#holdersOf(promise);
      const key = holders.length === 0 ? `promise ${promise}` : keyOf(holders[0], promise);
      resource = this.#byKey.get(key) ?? { key, holders, promises: [] };
      this.#byKey.set(key, resource);
      this.#byPromise.set(promise, resource);
      resource.promises.push(promise);
    }
    return resource;
  }

  /** How the resolving functions are held. Empty: by nothing that has a name. */
  #holdersOf(promise: number): readonly Holder[] {
    const start = this.#settlers.of(promise).flatMap((settler) => (settler.kind === 'resolver' ? [settler.closure] : settler.kind === 'native' ? [settler.holder] : []));
    return start.length === 0 ? [] : this.#holders.of(start);
  }
}

function keyOf(holder: Holder | undefined, promise: number): string {
  if (holder === undefined || holder.kind === 'task' || holder.kind === 'handler') return `promise ${promise}`;
  const path = 'path' in holder ? general(holder.path) : holder.kind === 'event' ? holder.event : '';
  return `${holder.kind} ${holder.node} ${path}`;
}
