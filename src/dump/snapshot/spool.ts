/**
 * Long lists of numbers in the order in which they come, read again from one end to the other. They lie
 * in pieces: the first ones in memory, all others in a file, so that a large heap needs little memory.
 */
import { SpillFile } from './spill-file.ts';

/** Numbers in a piece. */
export const PIECE = 2 ** 16;
const PIECES_IN_MEMORY = 8;

/** The memory and the file that several lists share. */
export class Spools {
  /** For what is read from the file, one piece at a time. */
  readonly room = new Uint32Array(PIECE);
  readonly #file: SpillFile;
  #left: number;
  #overflowing = false;

  constructor(file = new SpillFile(), inMemory = PIECES_IN_MEMORY) {
    this.#file = file;
    this.#left = inMemory;
  }

  /** Why there is more in memory than there should be, as a clause. Absent: there is not. */
  get failure(): string | undefined {
    return this.#overflowing ? this.#file.failure : undefined;
  }

  /** The numbers themselves when they stay in memory, or where they lie in the file. */
  keep(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> | number {
    if (this.#left > 0) {
      this.#left--;
      return numbers.slice();
    }
    const at = this.#file.append(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    if (at !== -1) return at;
    this.#overflowing = true;
    return numbers.slice();
  }

  read(at: number, numbers: Uint32Array<ArrayBuffer>): void {
    this.#file.read(at, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  }

  close(): void {
    this.#file.close();
  }
}

interface Piece {
  readonly length: number;
  readonly kept: Uint32Array<ArrayBuffer> | number;
}

export class Spool {
  readonly #spools: Spools;
  readonly #pieces: Piece[] = [];
  #current: Uint32Array<ArrayBuffer> | undefined = new Uint32Array(PIECE);
  #used = 0;

  constructor(spools: Spools) {
    this.#spools = spools;
  }

  /** What is pushed next, up to this many numbers, lies in one piece. */
  reserve(count: number): void {
    if (this.#used + count > PIECE) this.#keep();
  }

  push(value: number): void {
    if (this.#current !== undefined) this.#current[this.#used++] = value;
  }

  /** Nothing more comes. */
  end(): void {
    if (this.#used > 0) this.#keep();
    this.#current = undefined;
  }

  #keep(): void {
    if (this.#current === undefined) return;
    this.#pieces.push({ length: this.#used, kept: this.#spools.keep(this.#current.subarray(0, this.#used)) });
    this.#used = 0;
  }

  get count(): number {
    return this.#pieces.length;
  }

  /** @param room Of {@link PIECE} numbers, for what lies in the file. What was read before is overwritten. */
  read(piece: number, room = this.#spools.room): Uint32Array<ArrayBuffer> {
    const { length, kept } = this.#pieces[piece] ?? { length: 0, kept: 0 };
    if (typeof kept !== 'number') return kept;
    const numbers = room.subarray(0, length);
    this.#spools.read(kept, numbers);
    return numbers;
  }

  /** Each piece in turn. */
  each(visit: (numbers: Uint32Array<ArrayBuffer>) => void): void {
    for (let piece = 0; piece < this.count; piece++) visit(this.read(piece));
  }
}
