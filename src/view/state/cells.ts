/** What a list puts into the cells of the rows that are seen. */
import type { SessionModel } from '../model/session.ts';
import type { Listing, Row } from './listing.ts';
import type { PlaceBook } from './place-book.ts';
import type { ListState, ScreenId, Target } from './ui.ts';

export type Tone = 'plain' | 'dim' | 'good' | 'warn' | 'bad' | 'accent' | 'strong';

export interface Cell {
  readonly text: string;
  /** Absent: that of its row. */
  readonly tone?: Tone;
}

export interface Cells {
  readonly tone: Tone;
  /** By the column's id. What a list leaves out is empty. */
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface CellContext {
  readonly session: SessionModel;
  readonly book: PlaceBook;
}

/** One list, as `lists/` has them: what is in it, and what stands in its rows. */
export interface List<Item> {
  readonly id: ScreenId;
  list(session: SessionModel, list: ListState, book: PlaceBook): Listing<Item>;
  /** The same for the same thing, for as long as it is there. */
  keyOf(item: Item): string;
  /** What enter leads to. Absent: nothing. */
  targetOf(item: Item): Target | undefined;
  cells(row: Row<Item>, context: CellContext): Cells;
  /** Shown while there is nothing in it: what will be, and when. */
  empty(session: SessionModel): string;
  /** Position of the row that was there last. Absent: it is the last row. */
  newest?(rows: readonly Row<Item>[]): number;
}

/** A list whose items are known to itself alone. */
export interface AnyList {
  readonly id: ScreenId;
  readonly list: (session: SessionModel, list: ListState, book: PlaceBook) => Listing;
  readonly keyOf: (row: Row) => string;
  readonly targetOf: (row: Row) => Target | undefined;
  readonly cells: (row: Row, context: CellContext) => Cells;
  readonly empty: (session: SessionModel) => string;
  readonly newest?: (rows: readonly Row[]) => number;
}

/** The rows that a list is asked about are those that it has listed itself. */
export function anyList<Item>(list: List<Item>): AnyList {
  return {
    id: list.id,
    list: (session, state, book) => list.list(session, state, book),
    keyOf: (row) => list.keyOf(row.item as Item),
    targetOf: (row) => list.targetOf(row.item as Item),
    cells: (row, context) => list.cells(row as Row<Item>, context),
    empty: (session) => list.empty(session),
    ...(list.newest === undefined ? {} : { newest: (rows: readonly Row[]) => list.newest?.(rows as readonly Row<Item>[]) ?? 0 }),
  };
}

/** Whether a text holds what is searched for, whatever its case. */
export function createMatch(search: string | undefined): (text: () => string) => boolean {
  if (search === undefined) return () => true;
  const wanted = search.toLowerCase();
  return (text) => text().toLowerCase().includes(wanted);
}
