/** A terminal as a person sees it. */
import xterm from '@xterm/headless';
import { onTestFailed, onTestFinished } from 'vitest';
import type { Size } from '../../src/view/host/pseudo-terminal.ts';

export class Emulator {
  readonly #terminal: xterm.Terminal;
  #written: Promise<void> = Promise.resolve();
  #changed: (() => void)[] = [];

  constructor({ columns, rows }: Size) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000, convertEol: false, scrollOnEraseInDisplay: true });
    onTestFailed(async () => { console.log(`The screen when the test failed:\n${(await this.screen()).join('\n')}`); });
    onTestFinished(() => { this.#terminal.dispose(); });
  }

  write(bytes: Uint8Array): void {
    this.#written = new Promise((resolve) => {
      this.#terminal.write(bytes, () => {
        resolve();
        for (const tell of this.#changed.splice(0)) tell();
      });
    });
  }

  resize({ columns, rows }: Size): void {
    this.#terminal.resize(columns, rows);
  }

  /** All lines, from the first that was scrolled away. */
  async lines(): Promise<string[]> {
    await this.#written;
    const buffer = this.#terminal.buffer.active;
    return Array.from({ length: buffer.length }, (_, line) => buffer.getLine(line)?.translateToString(true) ?? '');
  }

  async screen(): Promise<string[]> {
    return (await this.lines()).slice(-this.#terminal.rows);
  }

  async cursor(): Promise<{ x: number; y: number }> {
    await this.#written;
    const { cursorX: x, cursorY: y } = this.#terminal.buffer.active;
    return { x, y };
  }

  /** Resolves once the screen shows the text, also where the terminal has broken its line. */
  async shows(text: string): Promise<void> {
    while (!(await this.screen()).join('\n').includes(text) && !(await this.screen()).join('').includes(text)) {
      await new Promise<void>((resolve) => this.#changed.push(resolve));
    }
  }
}
