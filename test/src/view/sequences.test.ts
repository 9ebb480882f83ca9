import { describe, expect, test } from 'vitest';
import { TerminalReader } from '../../../src/view/host/sequences.ts';

/** What a whole text does, read in one piece and byte by byte. */
function read(text: string, rows = 20): { taken: string | undefined; erased: boolean; shown: boolean } {
  const bytes = Buffer.from(text);
  const whole = new TerminalReader(rows);
  const reading = whole.read(bytes);
  const slow = new TerminalReader(rows);
  let takenAt: number | undefined;
  for (let at = 0; at < bytes.length && takenAt === undefined; at++) {
    const step = slow.read(bytes.subarray(at, at + 1)).takenAt;
    if (step !== undefined) takenAt = at + step;
  }
  expect(takenAt).toBe(reading.takenAt);
  return {
    taken: reading.takenAt === undefined ? undefined : bytes.subarray(reading.takenAt).toString(),
    erased: reading.erasedAt.length > 0,
    shown: whole.cursorShown,
  };
}

describe('what a program writes to its terminal', () => {
  test.each([
    ['text in colours', 'a \x1b[1;31mred\x1b[0m word\r\n'],
    ['a line that is written again', '10 %\r20 %\x1b[K\r'],
    ['moves of a few rows', '\x1b[3A\x1b[2K\x1b[1G\x1b[3B'],
    ['an address on its own rows', '\x1b[1;1H\x1b[20;3Htext'],
    ['a title and a link', '\x1b]0;title\x07\x1b]8;;http://a/\x1b\\link\x1b]8;;\x1b\\'],
    ['a bracketed paste and a hidden cursor', '\x1b[?2004h\x1b[?25l\x1b[?25h'],
    ['a text that only looks like a sequence', 'ESC 7 [r c'],
    ['the report of the cursor', '\x1b[6n'],
    ['letters of several bytes that end in 7', 'ÿ7 漢7 😀7'],
    ['an escape that was cancelled', '\x1b\x187'],
    ['saved modes', '\x1b[?7s'],
  ])('%s leaves room for the view', (_, text) => {
    expect(read(text).taken).toBeUndefined();
  });

  test.each([
    ['the alternate screen', '\x1b[?1049h'],
    ['the alternate screen among other modes', '\x1b[?25;1049h'],
    ['a saved cursor', '\x1b7'],
    ['a saved cursor, the other way', '\x1b[s'],
    ['margins', '\x1b[2;10r'],
    ['a reset', '\x1bc'],
    ['a soft reset', '\x1b[!p'],
    ['the origin at the margin', '\x1b[?6h'],
    ['the mouse', '\x1b[?1002h'],
    ['a row below its own', '\x1b[21;1H'],
    ['as far down as it goes', '\x1b[999B'],
    ['a text that is broken off by a saved cursor', '\x1b]0;title\x1b7'],
  ])('%s does not', (_, sequence) => {
    expect(read(`before ${sequence} after`).taken?.endsWith(`${sequence.slice(sequence.lastIndexOf('\x1b'))} after`)).toBe(true);
  });

  test('it is known whether the rows below may be gone, and whether the cursor is shown', () => {
    expect(read('\x1b[H\x1b[J')).toMatchObject({ erased: true, shown: true });
    expect(read('\x1b[?25l\x1b[2K')).toMatchObject({ erased: false, shown: false });
  });

  test('it is known what has only begun', () => {
    const reader = new TerminalReader(20);
    reader.read(Buffer.from('text\x1b[3'));
    expect(reader.begun).toBe(3);
    reader.read(Buffer.from('1mred'));
    expect(reader.begun).toBe(0);
    reader.read(Buffer.from('ä').subarray(0, 1));
    expect(reader.isWhole).toBe(false);
    reader.read(Buffer.from('ä').subarray(1));
    expect(reader.isWhole).toBe(true);
  });
});
