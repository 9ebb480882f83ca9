/** First in, first out, in one typed array: for walks over millions of nodes. */
export class NodeQueue {
  readonly #nodes: Uint32Array;
  #head = 0;
  #size = 0;

  /** @param capacity The most that wait at a time. */
  constructor(capacity: number) {
    this.#nodes = new Uint32Array(capacity);
  }

  push(node: number): void {
    this.#nodes[(this.#head + this.#size++) % this.#nodes.length] = node;
  }

  /** -1 when it is empty. */
  shift(): number {
    if (this.#size === 0) return -1;
    const node = this.#nodes[this.#head] ?? -1;
    this.#head = (this.#head + 1) % this.#nodes.length;
    this.#size--;
    return node;
  }
}
