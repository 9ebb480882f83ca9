/**
 * The strings of a snapshot as they come, as the bytes of their JSON text: V8 writes them in ASCII, with escapes.
 * Names are kept to a length: contents of the program's own strings are no business of a dump.
 */
import { StringTexts } from './string-texts.ts';
import type { Numbering } from './numbering.ts';
import { Spool } from './spool.ts';
import type { Spools } from './spool.ts';

const LONGEST = 240;
const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const CLOSE = 93;

export class StringList {
  count = 0;
  readonly #spool: Spool;
  readonly #onString: (id: number, bytes: Uint8Array) => void;
  readonly #words = new Uint32Array(LONGEST / 4);
  readonly #bytes = new Uint8Array(this.#words.buffer);
  #length = 0;
  #inside = false;
  #escaped = false;

  /** @param onString Is shown the begin of each string, in JSON; the bytes are only lent. */
  constructor(spools: Spools, onString: (id: number, bytes: Uint8Array) => void) {
    this.#spool = new Spool(spools);
    this.#onString = onString;
  }

  /** Reads on from `at`. The position after the list's end, or -1 when it goes on in the next piece. */
  read(text: Uint8Array, at: number): number {
    let index = at;
    while (index < text.length) {
      if (this.#inside) index = this.#readInside(text, index);
      else {
        const code = text[index++] ?? 0;
        if (code === QUOTE) this.#inside = true;
        else if (code === CLOSE) {
          this.#spool.end();
          return index;
        } else if (code !== COMMA && code > 32) throw new Error(`a list of strings holds ${JSON.stringify(String.fromCharCode(code))}`);
      }
    }
    return -1;
  }

  #readInside(text: Uint8Array, at: number): number {
    for (let index = at; index < text.length; index++) {
      const code = text[index] ?? 0;
      if (this.#escaped) this.#escaped = false;
      else if (code === BACKSLASH) this.#escaped = true;
      else if (code === QUOTE) {
        this.#close();
        return index + 1;
      }
      if (this.#length < LONGEST) this.#bytes[this.#length++] = code < 128 ? code : 63;
    }
    return text.length;
  }

  #close(): void {
    this.#onString(this.count++, this.#bytes.subarray(0, this.#length));
    const words = Math.ceil(this.#length / 4);
    this.#spool.reserve(words + 1);
    this.#spool.push(this.#length);
    for (let at = 0; at < words; at++) this.#spool.push(this.#words[at] ?? 0);
    this.#inside = false;
    this.#length = 0;
  }

  /** Those that have a new number, by that. */
  pick(numbering: Numbering): StringTexts {
    const texts = new StringTexts(numbering.count);
    let id = 0;
    this.#spool.each((numbers) => {
      const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
      for (let at = 0; at < numbers.length; ) {
        const length = numbers[at] ?? 0;
        if (numbering.has(id++)) texts.add(bytes.subarray(4 * at + 4, 4 * at + 4 + length));
        at += 1 + Math.ceil(length / 4);
      }
    });
    return texts;
  }
}
