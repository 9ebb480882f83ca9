/** Where the functions of a snapshot begin: four numbers each, the node, the script, the line and the column. */
import type { SnapshotLayout } from './header.ts';
import type { NumberSink } from './numbers.ts';

const FIELDS = 4;

export class LocationList implements NumberSink {
  readonly #layout: SnapshotLayout;
  #values = new Int32Array(1 << 12);
  #count = 0;

  constructor(layout: SnapshotLayout) {
    this.#layout = layout;
  }

  take(given: number): void {
    const value = this.#count % this.#layout.locationFields === 0 ? given / this.#layout.nodeFields : given;
    if (this.#count === this.#values.length) {
      const larger = new Int32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = value;
  }


  end(): void {
    if (this.#layout.locationFields !== FIELDS) this.#count = 0;
  }

  /** Ascending by node. */
  get values(): Int32Array {
    return this.#values.subarray(0, this.#count);
  }
}
