/** What is worked out from a heap may be worked out again: only the last answers stay in memory, however many there are. */

/** So few that they are gone before the garbage collector takes them for something that stays. */
const MOST = 64;

export class Memory<Value> {
  readonly #known = new Map<number, Value>();

  of(node: number, find: () => Value): Value {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const value = find();
    if (this.#known.size >= MOST) this.#known.clear();
    this.#known.set(node, value);
    return value;
  }
}
