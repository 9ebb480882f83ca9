/** What is said of one thing: lines of text, as they stand in a pane. */
import type { Style } from '../../../../reports/index.ts';
import { wrap } from '../../../../reports/index.ts';
import type { Happening } from '../../model/history.ts';
import type { SessionModel } from '../../model/session.ts';
import type { PlaceBook } from '../place-book.ts';
import { tellPlace, tellTask, tellTime } from '../words.ts';

export interface DetailContext {
  readonly session: SessionModel;
  readonly book: PlaceBook;
  readonly style: Style;
  readonly width: number;
}

export interface Detail {
  readonly title: string;
  readonly lines: readonly string[];
  readonly hint: string;
}

const LABEL = 12;

/** A line `label  text`; nothing when there is no text. */
export function fact(label: string, text: string, { style, width }: DetailContext): string[] {
  if (text === '') return [];
  const room = Math.max(20, width - LABEL - 2);
  return wrap(text, room).map((line, at) => `  ${style.dim((at === 0 ? label : '').padEnd(LABEL))}${line}`);
}

export function heading(text: string, { style }: DetailContext): string[] {
  return ['', style.bold(text)];
}

const TIME = 9;

/** What happened, the oldest first. */
export function timeline(happenings: readonly Happening[], context: DetailContext): string[] {
  const { book, style } = context;
  if (happenings.length === 0) return [`  ${style.dim('Nothing that is still remembered.')}`];
  return happenings.map(({ program, atMs, text, other, at }) => {
    const who = other === undefined ? '' : ` ${tellTask(other, book)}`;
    const where = tellPlace(book.of(program).of(at));
    return `  ${style.dim(tellTime(atMs).padStart(TIME))}  ${text}${who}${where === '' ? '' : style.dim(`  ${where}`)}`;
  });
}
