/** New numbers, from 0 and without gaps, for some of the numbers below a size; they keep their order. */
export class Numbering {
  count = 0;
  readonly #bits: Uint32Array;
  /** How many come before each 32. */
  readonly #before: Uint32Array;

  constructor(size: number) {
    this.#bits = new Uint32Array((size >>> 5) + 1);
    this.#before = new Uint32Array(this.#bits.length);
  }

  add(value: number): void {
    this.#bits[value >>> 5] = (this.#bits[value >>> 5] ?? 0) | (1 << (value & 31));
  }

  /** After the last has been added. */
  end(): void {
    this.count = 0;
    for (let at = 0; at < this.#bits.length; at++) {
      this.#before[at] = this.count;
      this.count += countBits(this.#bits[at] ?? 0);
    }
  }

  has(value: number): boolean {
    return (((this.#bits[value >>> 5] ?? 0) >>> (value & 31)) & 1) === 1;
  }

  /** Of one that was added. */
  of(value: number): number {
    const below = (this.#bits[value >>> 5] ?? 0) & ((1 << (value & 31)) - 1);
    return (this.#before[value >>> 5] ?? 0) + countBits(below);
  }
}

function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
