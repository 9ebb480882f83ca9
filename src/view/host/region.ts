/**
 * A few rows at the bottom of a terminal that belong to us, while a program writes above them. The terminal itself scrolls
 * what is above (DECSTBM), so that the program's bytes reach it unchanged, and what leaves at its top goes to the
 * scrollback. All functions return what is to be written.
 */

const SAVE = '\x1b7';
const RESTORE = '\x1b8';
const ALL_ROWS = '\x1b[r';
/** The cursor would otherwise go home. */
export const RESET_MARGINS = `${SAVE}${ALL_ROWS}${RESTORE}`;
const SHOW_CURSOR = '\x1b[?25h';
const HIDE_CURSOR = '\x1b[?25l';
/** Plain letters in no colour, whatever the program is about to write with. */
const PLAIN = '\x1b[0m\x1b(B\x0f';
const ERASE_ROW = '\x1b[2K';

export interface Region {
  /** Of the whole terminal. */
  readonly rows: number;
  /** How many of them are ours. */
  readonly height: number;
}

/** Makes room below the cursor, and keeps the program out of it. */
export function openRegion({ rows, height }: Region): string {
  return `${'\x1bD'.repeat(height)}\x1b[${height}A${SAVE}\x1b[1;${rows - height}r${RESTORE}`;
}

/** For a program that was given the whole terminal and is gone: the screens, the mouse and pasting as a shell has them. */
export const GIVE_UP = `\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?47l${SHOW_CURSOR}${RESET_MARGINS}`;
/** The full screens are left. */
export const LEAVE_SCREENS = `${SHOW_CURSOR}\x1b[?1049l`;

/** @param lines - at most as many as the region has rows, none wider than the terminal */
export function drawRegion({ rows, height }: Region, lines: readonly string[], cursorShown: boolean): string {
  let text = `${SAVE}${HIDE_CURSOR}`;
  for (let row = 0; row < height; row++) text += `\x1b[${rows - height + row + 1};1H${PLAIN}${ERASE_ROW}${lines[row] ?? ''}`;
  return `${text}${RESTORE}${cursorShown ? SHOW_CURSOR : ''}`;
}

/** Before the whole screen is erased: some terminals then put all that was on it into the scrollback. */
export function blankRegion(region: Region, cursorShown: boolean): string {
  return drawRegion(region, [], cursorShown);
}

/** Gives the rows back, empty. The cursor stays where the program has left it. */
export function closeRegion({ rows, height }: Region, cursorShown: boolean): string {
  let text = `${SAVE}${HIDE_CURSOR}${ALL_ROWS}${PLAIN}`;
  for (let row = 0; row < height; row++) text += `\x1b[${rows - height + row + 1};1H${ERASE_ROW}`;
  return `${text}${RESTORE}${cursorShown ? SHOW_CURSOR : ''}`;
}

/** After the terminal has changed its size, what was ours may be anywhere below the cursor. */
export function freeRegion(): string {
  return `${RESET_MARGINS}\x1b[J`;
}

export function reopenRegion(region: Region): string {
  return `${freeRegion()}${openRegion(region)}`;
}
