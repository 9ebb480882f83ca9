/** Where the functions of a snapshot begin: four numbers each, the node, the script, the line and the column. */
import { NodeType } from '../../../reports/index.ts';
import type { SnapshotLayout } from './header.ts';
import type { NodeList } from './node-list.ts';
import type { NumberSink } from './numbers.ts';

const FIELDS = 4;

export class LocationList implements NumberSink {
  readonly #layout: SnapshotLayout;
  readonly #nodes: NodeList;
  #values = new Int32Array(1 << 12);
  #count = 0;
  #field = 0;
  #wanted = false;

  constructor(layout: SnapshotLayout, nodes: NodeList) {
    this.#layout = layout;
    this.#nodes = nodes;
  }

  take(value: number): void {
    const { locationFields, nodeFields } = this.#layout;
    if (locationFields !== FIELDS) return;
    const node = value / nodeFields;
    // V8 gives each object of a class the place of its class.
    if (this.#field === 0) this.#wanted = this.#nodes.types[node] === NodeType.closure;
    if (this.#wanted) this.#add(this.#field === 0 ? node : value);
    this.#field = (this.#field + 1) % FIELDS;
  }

  #add(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Int32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = value;
  }

  end(): void {
    // Nothing is to be worked out at the end.
  }

  /** Ascending by node. */
  get values(): Int32Array {
    return this.#values.subarray(0, this.#count);
  }
}
