/** Tells when a promise of the program is settled, without a reaction on it. */
import { guarded } from '../failure.ts';
import { AWAIT, ENDED, Identity, Stamp } from '../promise-node.ts';

/** Promises that somebody wants to know of. */
export let expected = 0;

class EndStamp extends Identity {
  #tell: (() => void) | null;
  constructor(promise: object, tell: () => void) {
    super(promise);
    this.#tell = tell;
  }
  static has(promise: object): boolean {
    return #tell in promise;
  }
  static take(promise: object): (() => void) | null {
    if (!(#tell in promise)) return null;
    const tell = promise.#tell;
    promise.#tell = null;
    return tell;
  }
}

/** False: it is settled already, or nobody could tell. */
export function watchEnd(promise: object, tell: () => void): boolean {
  const stamp = Stamp.readAny(promise);
  if (stamp === undefined || (stamp.bits & AWAIT) !== 0 || (stamp.bits & ENDED) !== 0 || EndStamp.has(promise)) return false;
  new EndStamp(promise, tell);
  expected++;
  return true;
}

/** The promise is settled. */
export const noteExpectedEnd = guarded((promise: object): void => {
  const tell = EndStamp.take(promise);
  if (tell === null) return;
  expected--;
  tell();
});
