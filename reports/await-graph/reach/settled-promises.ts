/** The pending promises that something could settle, and how. There may be hundreds of thousands. */

/** How a promise could be settled. */
export interface Settling {
  /** `own`: over what an entry holds for itself. `shared`: over what everybody can touch. */
  readonly step: 'own' | 'shared';
  /** The node from which it was settled: `Spread.pathTo` leads there. -1: native code settles it by itself. */
  readonly from: number;
}

export interface Settled {
  has(promise: number): boolean;
  get(promise: number): Settling | undefined;
}

export class SettledPromises implements Settled {
  /** Twice the node, and one more for shared. */
  readonly #from = new Map<number, number>();

  has(promise: number): boolean {
    return this.#from.has(promise);
  }

  get(promise: number): Settling | undefined {
    const value = this.#from.get(promise);
    return value === undefined ? undefined : { step: (value & 1) === 1 ? 'shared' : 'own', from: value >> 1 };
  }

  set(promise: number, step: Settling['step'], from: number): void {
    this.#from.set(promise, from * 2 + (step === 'shared' ? 1 : 0));
  }

  keys(): Iterable<number> {
    return this.#from.keys();
  }
}
