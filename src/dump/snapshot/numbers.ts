/** The numbers of one JSON list, taken from pieces of text that may end anywhere. */

const ZERO = 48;
const NINE = 57;
const MINUS = 45;
const CLOSE = 93;

/** Takes each number; a list of millions is read without one object made. */
export interface NumberSink {
  take(value: number): void;
}

export class NumberList {
  #value = 0;
  #negative = false;
  #open = false;

  /** Reads on from `at`. The position after the list's end, or -1 when it goes on in the next piece. */
  read(text: Uint8Array, at: number, sink: NumberSink): number {
    let value = this.#value;
    let open = this.#open;
    for (let index = at; index < text.length; index++) {
      const code = text[index] ?? 0;
      if (code >= ZERO && code <= NINE) {
        value = value * 10 + (code - ZERO);
        open = true;
      } else if (code === MINUS) {
        this.#negative = true;
      } else {
        if (open) {
          sink.take(this.#negative ? -value : value);
          this.#negative = false;
        }
        value = 0;
        open = false;
        if (code === CLOSE) {
          this.#value = 0;
          this.#open = false;
          return index + 1;
        }
      }
    }
    this.#value = value;
    this.#open = open;
    return -1;
  }
}
