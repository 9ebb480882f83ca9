/** Writes to a terminal in slices. Node's writes to terminals hold everything up until they are done. */

const SLICE = 16 << 10;
const LONG = 1 << 20;

export class Outlet {
  readonly #write: (bytes: Uint8Array) => void;
  #waiting: Uint8Array[] = [];
  #bytes = 0;
  #scheduled = false;
  #emptied: (() => void)[] = [];

  constructor(write: (bytes: Uint8Array) => void) {
    this.#write = write;
  }

  /** Whoever writes should wait until it is {@link emptied}. */
  get isLong(): boolean {
    return this.#bytes > LONG;
  }

  /** Nothing that is added now comes much later. */
  get isShort(): boolean {
    return this.#bytes < SLICE;
  }

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  add(bytes: Uint8Array | string): void {
    const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    for (let at = 0; at < all.length; at += SLICE) this.#waiting.push(all.subarray(at, at + SLICE));
    this.#bytes += all.length;
    this.#schedule();
  }

  /** Resolves when all that was added is written. */
  emptied(): Promise<void> {
    if (this.isEmpty) return Promise.resolve();
    return new Promise((resolve) => this.#emptied.push(resolve));
  }

  /** Writes all that is left at once. */
  flush(): void {
    while (!this.isEmpty) this.#writeOne();
    for (const tell of this.#emptied.splice(0)) tell();
  }

  #schedule(): void {
    if (this.#scheduled || this.isEmpty) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#writeOne();
      this.#schedule();
      if (this.isEmpty) for (const tell of this.#emptied.splice(0)) tell();
    });
  }

  #writeOne(): void {
    const slice = this.#waiting.shift();
    if (slice === undefined) return;
    this.#bytes -= slice.length;
    this.#write(slice);
  }
}
