/**
 * Reads what a program writes to its terminal, byte by byte, as far as somebody who draws below it must know:
 * whether a sequence has been begun and not ended, whether the cursor is shown, and whether the program
 * uses what we use ourselves.
 *
 * @see {@link https://vt100.net/emu/dec_ansi_parser} the states
 * @see {@link https://invisible-island.net/xterm/ctlseqs/ctlseqs.html} the sequences
 */

export interface Erasure {
  readonly place: number;
  /** The cursor is no further right. */
  readonly column: number;
}

/** What a piece of output did. */
export interface Reading {
  /** Where the sequences begin, as with `takenAt`, that may have erased the screen below the cursor. */
  readonly erasedAt: readonly Erasure[];
  /**
   * The program draws an interface of its own: it went to the alternate screen, saved the cursor, set margins, reset the
   * terminal, or addressed rows below its own. The place of that sequence's first byte in the piece, which is
   * negative when it has begun in an earlier one. What comes after it was not read.
   */
  readonly takenAt?: number;
}

const ESC = 0x1b;
const CR = 0x0d;
const TAB = 0x09;
const TAB_STOP = 8;
const BEL = 0x07;
const CAN = 0x18;
const SUB = 0x1a;

type State = 'ground' | 'escape' | 'intermediate' | 'control' | 'text' | 'text-escape';

/** Longer ones are not sequences that we know. */
const LONGEST = 64;

export class TerminalReader {
  #state: State = 'ground';
  /** Of a control sequence: parameters and intermediates so far. */
  #parameters = '';
  /** Bytes of a character that are still to come. */
  #expected = 0;
  #length = 0;
  #column = 0;
  #cursorShown = true;
  /** Rows of the program's own terminal. */
  #rows: number;

  constructor(rows: number) {
    this.#rows = rows;
  }

  /** Bytes at the end of what was read that are the beginning of a sequence. */
  get begun(): number {
    return this.#state === 'ground' ? 0 : this.#length;
  }

  /** Whether what was read, without what is {@link begun}, ends with a whole character. */
  get isWhole(): boolean {
    return this.#expected === 0;
  }

  /**
   * The cursor is no further right than this, counted from 0. A terminal that has filled its last column waits with the
   * move to the next line, and not all of them keep that in mind when the cursor is saved.
   */
  get column(): number {
    return this.#column;
  }

  get cursorShown(): boolean {
    return this.#cursorShown;
  }

  resize(rows: number): void {
    this.#rows = rows;
  }

  read(bytes: Uint8Array): Reading {
    const erasedAt: Erasure[] = [];
    for (let at = 0; at < bytes.length; at++) {
      const ends = this.#step(bytes[at] ?? 0);
      if (ends === undefined) continue;
      const begins = at - this.#length + 1;
      if (ends === 'erased') erasedAt.push({ place: begins, column: this.#column });
      else return { erasedAt, takenAt: begins };
    }
    return { erasedAt };
  }

  /** What a byte that ends a sequence means. */
  #step(byte: number): 'erased' | 'taken' | undefined {
    if (this.#state === 'ground') {
      if (byte === ESC) this.#begin();
      else this.#letter(byte);
      return undefined;
    }
    this.#length++;
    if (byte === CAN || byte === SUB) this.#end();
    else if (this.#state === 'escape') return this.#afterEscape(byte);
    else if (this.#state === 'control') return this.#inControl(byte);
    else if (this.#state === 'text-escape') return this.#afterText(byte);
    else if (this.#state === 'intermediate' && byte >= 0x30) this.#end();
    else if (this.#state === 'text' && byte === BEL) this.#end();
    else if (this.#state === 'text' && byte === ESC) this.#state = 'text-escape';
    return undefined;
  }

  /** ESC \ ends a text. Anything else is the beginning of another sequence. */
  #afterText(byte: number): 'taken' | undefined {
    this.#begin();
    this.#length = 2;
    if (byte !== 0x5c) return this.#afterEscape(byte);
    this.#end();
    return undefined;
  }

  /** No character is wider than it has bytes. */
  #letter(byte: number): void {
    this.#expected = expectedAfter(byte, this.#expected);
    if (byte === CR) this.#column = 0;
    else if (byte === TAB) this.#column += TAB_STOP;
    else if (byte >= 0x20) this.#column++;
  }

  #begin(): void {
    this.#state = 'escape';
    this.#expected = 0;
    this.#length = 1;
    this.#parameters = '';
  }

  #end(): void {
    this.#state = 'ground';
  }

  #afterEscape(byte: number): 'taken' | undefined {
    const letter = String.fromCharCode(byte);
    if (byte === ESC) this.#begin();
    else if (letter === '[') this.#state = 'control';
    else if (']P_^X'.includes(letter)) this.#state = 'text';
    else if (byte < 0x30) this.#state = 'intermediate';
    else {
      this.#end();
      // Saving and restoring the cursor, and the reset: there is one place to save it, and we need it.
      if ('78c'.includes(letter)) return 'taken';
    }
    return undefined;
  }

  #inControl(byte: number): 'erased' | 'taken' | undefined {
    if (byte === ESC) {
      this.#begin();
      return undefined;
    }
    if (byte < 0x40) {
      if (this.#parameters.length < LONGEST) this.#parameters += String.fromCharCode(byte);
      return undefined;
    }
    this.#end();
    return this.#control(String.fromCharCode(byte), this.#parameters);
  }

  #control(final: string, parameters: string): 'erased' | 'taken' | undefined {
    if (parameters.startsWith('?')) return this.#mode(final, parameters.slice(1));
    this.#move(final, parameters.split(';').map((text) => Number(text) || 1));
    if (final === 'J') return 'erased';
    if (final === 'r' && /^[\d;]*$/.test(parameters)) return 'taken';
    if ((final === 's' || final === 'u') && parameters === '') return 'taken';
    if (final === 'p' && parameters === '!') return 'taken';
    if (final === 'H' || final === 'f' || final === 'd') return Number(parameters.split(';')[0]) > this.#rows ? 'taken' : undefined;
    // Down as far as it goes, which asks for the last row.
    if (final === 'B' || final === 'E') return Number(parameters) > this.#rows ? 'taken' : undefined;
    return undefined;
  }

  #move(final: string, [first = 1, second = 1]: readonly number[]): void {
    if (final === 'G' || final === '`') this.#column = first - 1;
    else if (final === 'H' || final === 'f') this.#column = second - 1;
    else if (final === 'C' || final === 'a') this.#column += first;
    else if (final === 'I') this.#column += first * TAB_STOP;
    else if (final === 'E' || final === 'F') this.#column = 0;
    // Repeats the last character, which may be a wide one.
    else if (final === 'b') this.#column += first * 2;
  }

  #mode(final: string, parameters: string): 'erased' | 'taken' | undefined {
    if (final === 'J') return 'erased';
    if (final !== 'h' && final !== 'l') return undefined;
    const modes = parameters.split(';');
    if (modes.includes('25')) this.#cursorShown = final === 'h';
    return modes.some((mode) => TAKING_MODES.has(mode)) ? 'taken' : undefined;
  }
}

/** Origin mode, the alternate screens, and all that reports the mouse. */
const TAKING_MODES: ReadonlySet<string> = new Set(['6', '47', '1047', '1048', '1049', '9', '1000', '1001', '1002', '1003']);

/** How many bytes of a UTF-8 character are to come. */
function expectedAfter(byte: number, expected: number): number {
  if (byte < 0x80) return 0;
  if (byte < 0xc0) return Math.max(0, expected - 1);
  if (byte < 0xe0) return 1;
  return byte < 0xf0 ? 2 : 3;
}
