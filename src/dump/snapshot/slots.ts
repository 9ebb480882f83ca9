/** Memory that two threads share, for pieces of text on their way from one to the other. */

const SLOT = 2 ** 19;
const SLOTS = 4;

export interface Sent {
  readonly slot: number;
  readonly length: number;
  /** It is the inside of a JSON string. */
  readonly escaped: boolean;
}

interface Waiting {
  readonly bytes: Uint8Array;
  readonly escaped: boolean;
}

/** The side that sends. What finds no room waits. */
export class Slots {
  readonly memory = new SharedArrayBuffer(SLOT * SLOTS);
  readonly #send: (sent: Sent) => void;
  readonly #free = Array.from({ length: SLOTS }, (_, slot) => slot);
  readonly #waiting: Waiting[] = [];
  #bytes = 0;
  #onSent: (() => void) | undefined;

  constructor(send: (sent: Sent) => void) {
    this.#send = send;
  }

  /** Bytes that wait or are on their way. */
  get behind(): number {
    return this.#bytes;
  }

  write(bytes: Uint8Array, escaped: boolean): void {
    this.#bytes += bytes.length;
    for (let at = 0; at < bytes.length; at += SLOT) this.#waiting.push({ bytes: bytes.subarray(at, at + SLOT), escaped });
    this.#fill();
  }

  /** Resolves when nothing waits any more. */
  async sent(): Promise<void> {
    if (this.#waiting.length > 0) await new Promise<void>((resolve) => (this.#onSent = resolve));
  }

  /** The other side has read it. */
  release({ slot, length }: Sent): void {
    this.#bytes -= length;
    this.#free.push(slot);
    this.#fill();
  }

  #fill(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const slot = this.#free.pop();
      if (slot === undefined) return;
      this.#waiting.shift();
      new Uint8Array(this.memory).set(next.bytes, slot * SLOT);
      this.#send({ slot, length: next.bytes.length, escaped: next.escaped });
    }
    this.#onSent?.();
  }
}

/** The side that reads. */
export function bytesIn(memory: SharedArrayBuffer, { slot, length }: Sent): Uint8Array {
  return new Uint8Array(memory, slot * SLOT, length);
}
