/** Where the functions of a snapshot begin: the node, the script, the line and the column of each. */
import type { Locations } from '../../../reports/index.ts';
import { NodeType } from '../../../reports/index.ts';
import type { SnapshotLayout } from './header.ts';
import type { NodeList } from './node-list.ts';
import type { NumberSink } from './numbers.ts';
import type { Numbering } from './numbering.ts';

const FIELDS = 4;
/** More than a script has columns. */
const LINE = 2 ** 26;
/** Of functions at any others, nothing is known: they may touch whatever is in their scope. */
const MOST_PLACES = 2 ** 21;

export class LocationList implements NumberSink {
  readonly #layout: SnapshotLayout;
  readonly #nodes: NodeList;
  /** Node and number of the place, in turn, in the order of V8. */
  readonly #functions = new GrowingList();
  readonly #places = new GrowingList();
  /** By script, then by line and column. */
  readonly #known = new Map<number, Map<number, number>>();
  #field = 0;
  #node = 0;
  #script = 0;
  #line = 0;

  constructor(layout: SnapshotLayout, nodes: NodeList) {
    this.#layout = layout;
    this.#nodes = nodes;
  }

  take(value: number): void {
    const { locationFields, nodeFields } = this.#layout;
    if (locationFields !== FIELDS) return;
    if (this.#field === 0) this.#node = value / nodeFields;
    else if (this.#field === 1) this.#script = value;
    else if (this.#field === 2) this.#line = value;
    // V8 gives each object of a class the place of its class.
    else if (this.#nodes.types[this.#node] === NodeType.closure) this.#add(value);
    this.#field = (this.#field + 1) % FIELDS;
  }

  #add(column: number): void {
    let places = this.#known.get(this.#script);
    if (places === undefined) this.#known.set(this.#script, (places = new Map<number, number>()));
    const key = this.#line * LINE + column;
    let place = places.get(key);
    if (place === undefined) {
      if (this.#places.length / 3 >= MOST_PLACES) return;
      places.set(key, (place = this.#places.length / 3));
      this.#places.push(this.#script);
      this.#places.push(this.#line);
      this.#places.push(column);
    }
    this.#functions.push(this.#node);
    this.#functions.push(place);
  }

  end(): void {
    this.#known.clear();
  }

  /** Those of the functions that have a new number, by that. */
  pick(numbering: Numbering): Locations {
    const all = this.#functions.values;
    let count = 0;
    for (let at = 0; at < all.length; at += 2) if (numbering.has(all[at] ?? 0)) count++;
    const joined = new Float64Array(count);
    let used = 0;
    for (let at = 0; at < all.length; at += 2) {
      const node = all[at] ?? 0;
      if (numbering.has(node)) joined[used++] = numbering.of(node) * MOST_PLACES + (all[at + 1] ?? 0);
    }
    joined.sort();
    return {
      nodes: Uint32Array.from(joined, (each) => Math.floor(each / MOST_PLACES)),
      placeOf: Uint32Array.from(joined, (each) => each % MOST_PLACES),
      places: Int32Array.from(this.#places.values),
    };
  }
}

class GrowingList {
  length = 0;
  #values = new Int32Array(1 << 10);

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Int32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  get values(): Int32Array {
    return this.#values.subarray(0, this.length);
  }
}
