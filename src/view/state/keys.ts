/** What keys do: pure, from one state of the view to the next. Rows are those of the list as it was shown last. */
import { FILTERS } from './filters.ts';
import type { Listing, Row } from './listing.ts';
import { SORTS } from './sorts.ts';
import {
  listHeight, listOf, paneHeight, SCREENS, wish, withList, type Pane, type ScreenId, type Target, type UiState,
} from './ui.ts';

/** What keys act upon. */
export interface Shown {
  readonly listing: Listing;
  readonly keyOf: (row: Row) => string;
  readonly targetOf: (row: Row) => Target | undefined;
  /** Lines of the topmost pane. 0: there is none. */
  readonly paneLines: number;
  /** Where a key leads from a thing that is looked at: to its task, its scope. */
  readonly related: (target: Target, key: string) => Target | undefined;
  readonly baseline: Baseline;
}

/** Where findings are marked as known. */
export interface Baseline {
  /** The file, as one would type it. */
  readonly name: string;
  /** A sentence: why nothing can be marked. Absent: it can. */
  readonly refusal?: string;
}

/** Marks a finding as known, and takes the mark back. */
const MARK_KEY = 'm';

/** @param key - a character, or the name of a key: `up`, `enter`, `ctrl-d` */
export function pressKey(ui: UiState, key: string, shown: Shown): UiState {
  const rest = without(key === MARK_KEY ? ui : without(ui, 'asked'), 'notice');
  if (key === 'ctrl-c') return wish(rest, 'quit');
  if (key === 'ctrl-z') return wish(rest, 'suspend');
  if (rest.prompt !== undefined) return typeSearch(rest, key);
  if (rest.panes.length > 0) return pressInPane(rest, key, shown);
  return pressAnywhere(rest, key) ?? pressInList(rest, key, shown);
}

function typeSearch(ui: UiState, key: string): UiState {
  const { prompt = '', ...rest } = ui;
  if (key === 'enter') return rest;
  if (key === 'escape') return withoutSearch(rest);
  if (key === 'backspace' && prompt === '') return withoutSearch(rest);
  const text = key === 'backspace' ? prompt.slice(0, -1) : key === 'space' ? `${prompt} ` : isText(key) ? prompt + key : prompt;
  return { ...search(rest, text), prompt: text };
}

function isText(key: string): boolean {
  return key >= ' ' && Array.from(key).length === 1;
}

function search(ui: UiState, text: string): UiState {
  return text === '' ? withoutSearch(ui) : withList(ui, { search: text, first: 0 });
}

function withoutSearch(ui: UiState): UiState {
  return { ...ui, lists: { ...ui.lists, [ui.screen]: without(listOf(ui), 'search') } };
}

function without<State extends object, Field extends keyof State>(state: State, field: Field): Omit<State, Field> {
  const copy: Partial<State> = { ...state };
  Reflect.deleteProperty(copy, field);
  return copy as Omit<State, Field>;
}

function pressAnywhere(ui: UiState, key: string): UiState | undefined {
  const digit = SCREENS[Number(key) - 1];
  if (/^[1-9]$/.test(key) && digit !== undefined) return open(ui, digit);
  switch (key) {
    case 'q':
      return wish(ui, 'quit');
    case '?':
      return push(ui, { kind: 'help', first: 0 });
    case 'tab':
      return open(ui, next(SCREENS, ui.screen, 1));
    case 'shift-tab':
      return open(ui, next(SCREENS, ui.screen, -1));
    case 'space':
    case 'p':
      return { ...ui, paused: !ui.paused };
    case 'd':
      return ui.screen === 'awaits' ? wish(push(ui, { kind: 'dump', first: 0 }), 'dump') : undefined;
    case '/':
      return { ...ui, prompt: '' };
    default:
      return undefined;
  }
}

export function open(ui: UiState, screen: ScreenId): UiState {
  return { ...ui, screen, panes: [] };
}

/** A file in the user's repository is not written before the user has agreed. */
function mark(ui: UiState, target: Target | undefined, { name, refusal }: Baseline): UiState {
  if (target?.kind !== 'finding') return ui;
  if (refusal !== undefined) return { ...ui, notice: refusal };
  const { key } = target;
  if (ui.mayMark || ui.asked === key) return wish({ ...without(ui, 'asked'), mayMark: true }, 'mark', { finding: key });
  return { ...ui, asked: key, notice: `m again writes it into ${name}, and it fails nothing any more` };
}

export function push(ui: UiState, pane: Pane): UiState {
  return { ...ui, panes: [...ui.panes, pane] };
}

function next<Item>(items: readonly Item[], item: Item, step: number): Item {
  const at = (items.indexOf(item) + step + items.length) % items.length;
  return items[at] ?? item;
}

function pressInPane(ui: UiState, key: string, { paneLines, related, baseline }: Shown): UiState {
  const top = ui.panes.at(-1);
  if (top === undefined) return ui;
  const page = paneHeight(ui);
  const scroll = (first: number): UiState => {
    const last = Math.max(0, paneLines - page);
    return { ...ui, panes: [...ui.panes.slice(0, -1), { ...top, first: Math.max(0, Math.min(first, last)) }] };
  };
  const step = stepOf(key, page);
  if (step !== undefined) return scroll(top.first + step);
  switch (key) {
    case 'q':
      return top.kind === 'help' ? pop(ui) : wish(ui, 'quit');
    case 'escape':
    case 'backspace':
    case 'left':
    case 'h':
      return pop(ui);
    case '?':
      return top.kind === 'help' ? pop(ui) : push(ui, { kind: 'help', first: 0 });
    case 'space':
      return { ...ui, paused: !ui.paused };
    case 'd':
      return top.kind === 'dump' ? wish(ui, 'dump') : ui;
    case MARK_KEY:
      return mark(ui, top.target, baseline);
    case 'enter':
    case 'e':
    case 'f':
    case 's': {
      const to = top.target === undefined ? undefined : related(top.target, key);
      return to === undefined ? ui : push(ui, { kind: 'target', target: to, first: 0 });
    }
    default:
      return pressTab(ui, key);
  }
}

function pressTab(ui: UiState, key: string): UiState {
  return /^[1-9]$|^(shift-)?tab$/.test(key) ? (pressAnywhere(ui, key) ?? ui) : ui;
}

function pop(ui: UiState): UiState {
  return { ...ui, panes: ui.panes.slice(0, -1) };
}

/** By how many lines a key moves. Undefined: it does not. */
function stepOf(key: string, page: number): number | undefined {
  switch (key) {
    case 'up':
    case 'k':
      return -1;
    case 'down':
    case 'j':
      return 1;
    case 'page-up':
    case 'ctrl-b':
      return -page;
    case 'page-down':
    case 'ctrl-f':
      return page;
    case 'ctrl-u':
      return -Math.ceil(page / 2);
    case 'ctrl-d':
      return Math.ceil(page / 2);
    case 'g':
    case 'home':
      return -Infinity;
    case 'G':
    case 'end':
      return Infinity;
    default:
      return undefined;
  }
}

function pressInList(ui: UiState, key: string, shown: Shown): UiState {
  const { listing, keyOf, targetOf } = shown;
  const list = listOf(ui);
  const step = stepOf(key, listHeight(ui));
  if (step !== undefined) return move(ui, shown, step);
  const row = listing.rows[list.index];
  switch (key) {
    case 'enter': {
      const target = row === undefined ? undefined : targetOf(row);
      return target === undefined ? ui : push(ui, { kind: 'target', target, first: 0 });
    }
    case MARK_KEY:
      return row === undefined ? ui : mark(ui, targetOf(row), shown.baseline);
    case 'left':
    case 'h':
      return fold(ui, shown);
    case 'right':
    case 'l':
      return row === undefined ? ui : unfold(ui, keyOf(row));
    case '-':
      return withList(ui, { folded: new Set(listing.rows.filter((each) => each.children > 0).map(keyOf)) });
    case '+':
    case '=':
      return withList(ui, { folded: new Set() });
    case 's':
      return withList(ui, { sort: next(SORTS[ui.screen], list.sort, 1), first: 0 });
    case 'r':
      return withList(ui, { reversed: !list.reversed, first: 0 });
    case 'f':
      return withList(ui, { filter: next(FILTERS[ui.screen], list.filter, 1), first: 0 });
    case 'F':
      return withList(ui, { follow: !list.follow });
    case 'escape':
      return list.search === undefined ? withList(ui, { filter: 'all', follow: false }) : withoutSearch(ui);
    default:
      return ui;
  }
}

function move(ui: UiState, { listing: { rows }, keyOf }: Shown, step: number): UiState {
  const index = Math.max(0, Math.min(listOf(ui).index + step, rows.length - 1));
  const row = rows[index];
  return withList(ui, { index, follow: false, ...(row === undefined ? {} : { selected: keyOf(row) }) });
}

/** Folds the row; of one that is folded already, or has no children, its parent is selected. */
function fold(ui: UiState, shown: Shown): UiState {
  const { index, folded } = listOf(ui);
  const { rows } = shown.listing;
  const row = rows[index];
  if (row === undefined) return ui;
  const key = shown.keyOf(row);
  if (row.children > 0 && !folded.has(key)) return withList(ui, { folded: new Set([...folded, key]) });
  for (let at = index - 1; at >= 0; at--) {
    if ((rows[at]?.depth ?? 0) < row.depth) return move(ui, shown, at - index);
  }
  return ui;
}

function unfold(ui: UiState, key: string): UiState {
  const folded = new Set(listOf(ui).folded);
  folded.delete(key);
  return withList(ui, { folded });
}
