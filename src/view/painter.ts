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
