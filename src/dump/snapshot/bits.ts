/** A set of small numbers. */
export class Bits {
  #bits = new Uint8Array(1 << 12);

  add(value: number): void {
    const at = value >>> 3;
    if (at >= this.#bits.length) this.#grow(at);
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (value & 7));
  }

  #grow(at: number): void {
    let length = this.#bits.length;
    while (at >= length) length *= 2;
    const larger = new Uint8Array(length);
    larger.set(this.#bits);
    this.#bits = larger;
  }

  has(value: number): boolean {
    return (((this.#bits[value >>> 3] ?? 0) >> (value & 7)) & 1) === 1;
  }
}
