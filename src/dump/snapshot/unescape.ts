/** Text within a JSON string, in pieces that may end anywhere, made plain in its own place. */

const BACKSLASH = 92;
const LETTER_U = 117;
const QUESTION_MARK = 63;
const PLAIN: Readonly<Record<number, number>> = { 98: 8, 102: 12, 110: 10, 114: 13, 116: 9 };

export class Unescape {
  /** After a backslash. */
  #open = false;
  /** Digits of a `\u` that are still to come: a snapshot is ASCII and needs none, but they are no text. */
  #digits = 0;

  /** Returns how many bytes of the piece are text now. */
  apply(bytes: Uint8Array): number {
    let length = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (this.#digits > 0) this.#digits--;
      else if (this.#open) {
        this.#open = false;
        if (byte === LETTER_U) this.#digits = 4;
        bytes[length++] = byte === LETTER_U ? QUESTION_MARK : (PLAIN[byte] ?? byte);
      } else if (byte === BACKSLASH) this.#open = true;
      else bytes[length++] = byte;
    }
    return length;
  }
}
