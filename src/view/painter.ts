/**
 * Puts whole frames on a terminal, and writes only the lines that have changed. Ink's own ways either write all of a frame, which
 * flickers, or count lines wrongly where a frame ends with a line end.
 */

export interface Painter {
  /** Lines of a frame, which may hold escape sequences that do not move the cursor. */
  paint(frame: string): void;
  /** The next frame is drawn as if nothing were there. */
  forget(): void;
}

const BEGIN = '\u001b[?2026h\u001b[?25l';
const END = '\u001b[?2026l';
const RESET = '\u001b[0m';
const ERASE_REST = '\u001b[K';
const ERASE_BELOW = '\u001b[J';
const ERASE_ALL = '\u001b[2J';

/** The whole screen. */
export function paintScreen(write: (text: string) => void): Painter {
  let shown: readonly string[] | undefined;
  return {
    paint(frame) {
      const lines = frame.split('\n');
      const before = shown ?? [];
      const parts = lines.flatMap((line, at) => (before[at] === line ? [] : [`${moveTo(at)}${line}${RESET}${ERASE_REST}`]));
      for (let at = lines.length; at < before.length; at++) parts.push(`${moveTo(at)}${ERASE_REST}`);
      if (shown === undefined) parts.unshift(ERASE_ALL);
      shown = lines;
      if (parts.length > 0) write(BEGIN + parts.join('') + END);
    },
    forget() {
      shown = undefined;
    },
  };
}

/** @param at - row from 0 */
function moveTo(at: number): string {
  return `\u001b[${at + 1};1H`;
}

export interface RegionPainter extends Painter {
  /** Something is printed above the region, which stays below it. */
  print(text: string): void;
  /** Takes the region away; the cursor stands where it began. */
  clear(): void;
}

/** A few rows below whatever else is printed. The cursor stands at the beginning of the region's first row. */
export function paintRegion(write: (text: string) => void): RegionPainter {
  let shown = '';
  const draw = (frame: string): string => {
    const lines = frame.split('\n');
    const up = lines.length > 1 ? `\u001b[${lines.length - 1}A` : '';
    return `\r${lines.map((line) => `${line}${RESET}${ERASE_REST}`).join('\r\n')}${ERASE_BELOW}\r${up}`;
  };
  return {
    paint(frame) {
      if (frame === shown) return;
      shown = frame;
      write(BEGIN + draw(frame) + END);
    },
    forget() {
      shown = '';
    },
    print(text) {
      const last = text.endsWith('\n') || text === '' ? '' : '\r\n';
      write(`${BEGIN}\r${ERASE_BELOW}${text}${last}${shown === '' ? '' : draw(shown)}${END}`);
    },
    clear() {
      shown = '';
      write(`\r${RESET}${ERASE_BELOW}`);
    },
  };
}
