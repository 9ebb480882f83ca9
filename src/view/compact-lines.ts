/**
 * The few rows below a program's output: how it stands, and the newest finding. Plain text, because every run on a terminal shows
 * them: what draws the full screens takes some 100 ms and 30 MB to load.
 */
import type { Style } from '../../reports/index.ts';
import type { Tone } from './state/cells.ts';
import type { Newest, Snapshot } from './state/snapshot.ts';
import { partsOf } from './state/status-parts.ts';
import { widthOf } from './text-width.ts';

const TITLE = ' scope-trace ── Ctrl-] opens the view ';
const MORE = '…';

interface Piece {
  readonly text: string;
  readonly tone: Tone;
}

/** @param snapshot - absent: nothing was read yet */
export function drawCompact(snapshot: Snapshot | undefined, columns: number, style: Style): readonly string[] {
  const rule = style.dim(`──${TITLE}`.padEnd(columns, '─').slice(0, columns));
  if (snapshot === undefined) return [rule];
  const { status, newest } = snapshot;
  const lines = [partsOf(status).flatMap((part, at) => (at === 0 ? [part] : [{ text: '  ', tone: 'plain' as const }, part]))];
  if (newest !== undefined) lines.push(piecesOf(newest));
  return [rule, ...lines.map((line) => cut(line, columns, style))];
}

function piecesOf({ severity, rule, message, place, count }: Newest): Piece[] {
  const violation = severity === 'violation';
  return [
    { text: `${violation ? '✖' : '▲'} ${rule}`, tone: violation ? 'bad' : 'warn' },
    { text: count > 1 ? ` ×${count}` : '', tone: 'dim' },
    { text: ` ${message} `, tone: 'plain' },
    { text: place, tone: 'dim' },
  ];
}

/** A line that is too long would go on in the next row. */
function cut(pieces: readonly Piece[], columns: number, style: Style): string {
  let room = columns;
  let line = '';
  for (const { text, tone } of pieces) {
    const width = widthOf(text);
    if (width <= room) {
      line += tint(text, tone, style);
      room -= width;
      continue;
    }
    return line + tint(fitting(text, room - 1) + (room > 0 ? MORE : ''), tone, style);
  }
  return line;
}

function fitting(text: string, columns: number): string {
  let room = columns;
  let end = 0;
  for (const character of text) {
    room -= widthOf(character);
    if (room < 0) break;
    end += character.length;
  }
  return text.slice(0, end);
}

function tint(text: string, tone: Tone, { dim, green, yellow, red, bold, cyan }: Style): string {
  if (text === '') return '';
  switch (tone) {
    case 'plain':
      return text;
    case 'dim':
      return dim(text);
    case 'good':
      return green(text);
    case 'warn':
      return yellow(text);
    case 'bad':
      return bold(red(text));
    case 'accent':
      return cyan(text);
    case 'strong':
      return bold(text);
  }
}
