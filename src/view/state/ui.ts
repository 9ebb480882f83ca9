/** What the user has chosen: changed by keys alone, and never by what the program does. */
import type { SortId } from './sorts.ts';
import type { FilterId } from './filters.ts';

/** In the order of the digits that open them. */
export const SCREENS = ['tasks', 'scopes', 'findings', 'awaits', 'handles', 'programs'] as const;
export type ScreenId = (typeof SCREENS)[number];

/** What may be looked at closely. */
export type Target = { readonly kind: 'task' | 'scope' | 'signal' | 'finding' | 'handle' | 'program'; readonly key: string };

export interface ListState {
  /** Key of the selected row. Absent: the first one. */
  readonly selected?: string;
  /** Where the selected row was seen last: its neighbour is selected when it goes. */
  readonly index: number;
  /** The first row that is shown. */
  readonly first: number;
  readonly sort: SortId;
  readonly reversed: boolean;
  readonly filter: FilterId;
  /** Absent: nothing is searched for. */
  readonly search?: string;
  /** Keys of rows whose children are hidden. */
  readonly folded: ReadonlySet<string>;
  /** The newest row stays selected. */
  readonly follow: boolean;
}

/** A text that is scrolled. */
export interface Pane {
  readonly kind: 'target' | 'help' | 'dump';
  readonly target?: Target;
  /** The first line that is shown. */
  readonly first: number;
}

export interface UiState {
  readonly screen: ScreenId;
  readonly lists: Readonly<Record<ScreenId, ListState>>;
  /** The topmost one comes last. Empty: the list is seen. */
  readonly panes: readonly Pane[];
  /** What is typed after `/`. Absent: keys are commands. */
  readonly prompt?: string;
  readonly paused: boolean;
  /** One sentence that goes with the next key. */
  readonly notice?: string;
  readonly columns: number;
  /** Rows of the terminal, or of the region. */
  readonly rows: number;
  /** A region of a few rows below the program's output. */
  readonly compact: boolean;
  /** A finding that is marked as known when the same key comes again. */
  readonly asked?: string;
  /** The user has agreed that the baseline is written. */
  readonly mayMark: boolean;
  /** What somebody else is to do. The number rises with each. */
  readonly wish?: Wish;
}

export interface Wish {
  readonly number: number;
  readonly kind: 'quit' | 'suspend' | 'dump' | 'mark';
  /** Key of the finding that is to be marked, or whose mark is taken back. */
  readonly finding?: string;
}

const LIST: ListState = { index: 0, first: 0, sort: 'tree', reversed: false, filter: 'all', folded: new Set(), follow: false };

export function createUi(size: { readonly columns: number; readonly rows: number; readonly compact: boolean }): UiState {
  const lists = Object.fromEntries(SCREENS.map((id) => [id, LIST])) as unknown as Record<ScreenId, ListState>;
  return { screen: 'tasks', lists, panes: [], paused: false, mayMark: false, ...size };
}

export function listOf(ui: UiState): ListState {
  return ui.lists[ui.screen];
}

export function withList(ui: UiState, change: Partial<ListState>): UiState {
  return { ...ui, lists: { ...ui.lists, [ui.screen]: { ...listOf(ui), ...change } } };
}

export function wish(ui: UiState, kind: Wish['kind'], more: Pick<Wish, 'finding'> = {}): UiState {
  return { ...ui, wish: { number: (ui.wish?.number ?? 0) + 1, kind, ...more } };
}

/** The status line, the tabs, the heading and the last line; and a row that stays free, so that nothing scrolls. */
const OTHER_ROWS = 5;

/** Rows that are left for a list. */
export function listHeight({ rows }: UiState): number {
  return Math.max(1, rows - OTHER_ROWS);
}

/** Lines that are left for a text. */
export function paneHeight({ rows }: UiState): number {
  return Math.max(1, rows - OTHER_ROWS);
}
