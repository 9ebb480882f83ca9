/** Strings as bytes of JSON text. One becomes a string in JavaScript only when somebody asks for it. */
import type { StringTable } from '../../../reports/index.ts';

/** Strings of JavaScript that stay in memory. */
const MOST_KNOWN = 4096;

export class StringTexts implements StringTable {
  count = 0;
  #bytes = new Uint8Array(1 << 12);
  readonly #ends: Uint32Array;
  #used = 0;
  readonly #known = new Map<number, string>();

  constructor(count: number) {
    this.#ends = new Uint32Array(count);
  }

  add(bytes: Uint8Array): void {
    if (this.#used + bytes.length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#used);
    this.#used += bytes.length;
    this.#ends[this.count++] = this.#used;
  }

  get(id: number): string {
    let text = this.#known.get(id);
    if (text !== undefined) return text;
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(id, (text = this.#decode(id)));
    return text;
  }

  #decode(id: number): string {
    const from = id === 0 ? 0 : (this.#ends[id - 1] ?? 0);
    return decode(this.#bytes.subarray(from, Math.max(from, this.#ends[id] ?? from)));
  }

  /** Compares bytes: only for plain ASCII without quotes. */
  find(text: string): number {
    const bytes = Buffer.from(text, 'latin1');
    let from = 0;
    for (let id = 0; id < this.count; id++) {
      const end = this.#ends[id] ?? 0;
      if (end - from === bytes.length && bytes.compare(this.#bytes, from, end) === 0) return id;
      from = end;
    }
    return -1;
  }
}

/** What is written in JSON without its quotes; it may have been cut within an escape. */
export function decode(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!raw.includes('\\')) return raw;
  const whole = raw.replace(/(?<!\\)((?:\\\\)*)\\(u[\da-f]{0,3})?$/i, '$1');
  return JSON.parse(`"${whole}"`) as string;
}
