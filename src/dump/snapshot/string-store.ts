/**
 * The strings of a snapshot, as the bytes of their JSON text: V8 writes them in ASCII, with escapes.
 * A string becomes one in JavaScript only when somebody asks for it.
 */
import type { StringTable } from '../../../reports/index.ts';

/** Names are kept to this length: contents of the program's own strings are no business of a dump. */
const LONGEST = 240;
const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const CLOSE = 93;

export class StringStore implements StringTable {
  count = 0;
  #bytes = new Uint8Array(1 << 16);
  #ends = new Uint32Array(1 << 12);
  #used = 0;
  #inside = false;
  #escaped = false;
  #length = 0;
  readonly #wanted: Bits;
  readonly #known = new Map<number, string>();

  /** @param wanted The ids worth keeping. */
  constructor(wanted: Bits) {
    this.#wanted = wanted;
  }

  /** Reads on from `at`. The position after the list's end, or -1 when it goes on in the next piece. */
  read(text: string, at: number): number {
    let index = at;
    while (index < text.length) {
      if (this.#inside) index = this.#readInside(text, index);
      else {
        const code = text.charCodeAt(index++);
        if (code === QUOTE) this.#inside = true;
        else if (code === CLOSE) return index;
        else if (code !== COMMA && code > 32) throw new Error(`a list of strings holds ${JSON.stringify(text[index - 1])}`);
      }
    }
    return -1;
  }

  #readInside(text: string, at: number): number {
    const wanted = this.#wanted.has(this.count);
    for (let index = at; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (this.#escaped) this.#escaped = false;
      else if (code === BACKSLASH) this.#escaped = true;
      else if (code === QUOTE) {
        this.#close();
        return index + 1;
      }
      if (wanted && this.#length < LONGEST) {
        if (this.#used === this.#bytes.length) this.#bytes = grown(this.#bytes);
        this.#bytes[this.#used++] = code < 128 ? code : 63;
        this.#length++;
      }
    }
    return text.length;
  }

  #close(): void {
    if (this.count === this.#ends.length) {
      const ends = new Uint32Array(this.#ends.length * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    this.#ends[this.count++] = this.#used;
    this.#inside = false;
    this.#length = 0;
  }

  get(id: number): string {
    let text = this.#known.get(id);
    if (text === undefined) this.#known.set(id, (text = this.#decode(id)));
    return text;
  }

  #decode(id: number): string {
    const from = id === 0 ? 0 : (this.#ends[id - 1] ?? 0);
    const raw = Buffer.from(this.#bytes.buffer, from, Math.max(0, (this.#ends[id] ?? from) - from)).toString('latin1');
    if (!raw.includes('\\')) return raw;
    // A long one may have been cut within an escape.
    const whole = raw.replace(/(?<!\\)((?:\\\\)*)\\(u[\da-f]{0,3})?$/i, '$1');
    return JSON.parse(`"${whole}"`) as string;
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

  /** Memory held, in bytes. */
  get bytes(): number {
    return this.#bytes.length + this.#ends.byteLength;
  }
}

/** A set of small numbers. */
export class Bits {
  #bits = new Uint8Array(1 << 12);

  add(value: number): void {
    const at = value >>> 3;
    while (at >= this.#bits.length) this.#bits = grown(this.#bits);
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (value & 7));
  }

  has(value: number): boolean {
    return (((this.#bits[value >>> 3] ?? 0) >> (value & 7)) & 1) === 1;
  }
}

function grown(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}
