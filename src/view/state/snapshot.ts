/** What the main thread gets to show: a few rows, and nothing of what lies behind them. */
import type { Severity } from '../../../reports/index.ts';
import type { Cell, Tone } from './cells.ts';
import type { FilterId } from './filters.ts';
import type { SortId } from './sorts.ts';
import type { ScreenId, Wish } from './ui.ts';

export interface ShownRow {
  readonly key: string;
  readonly selected: boolean;
  readonly depth: number;
  readonly fold: 'open' | 'closed' | 'leaf';
  /** How many rows are folded away below it. */
  readonly hidden: number;
  readonly tone: Tone;
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface ListBody {
  readonly kind: 'list';
  readonly screen: ScreenId;
  readonly rows: readonly ShownRow[];
  /** Position of the first row that is shown, from 0. */
  readonly first: number;
  /** Rows of the list, seen or not, and things in all. */
  readonly count: number;
  readonly total: number;
  readonly sort: SortId;
  readonly reversed: boolean;
  readonly filter: FilterId;
  readonly search?: string;
  readonly follow: boolean;
  /** Instead of rows. */
  readonly empty: string;
}

export interface PaneBody {
  readonly kind: 'pane';
  readonly title: string;
  /** Those that are seen; they may hold escape sequences of colours. */
  readonly lines: readonly string[];
  readonly first: number;
  readonly count: number;
  /** What keys do here, in a few words. */
  readonly hint: string;
}

/** The time of a replay. */
export interface Playing {
  readonly atMs: number;
  readonly endMs: number;
  readonly speed: number;
  readonly runs: boolean;
  readonly seeking: boolean;
}

export interface Status {
  readonly programs: number;
  readonly running: number;
  readonly tasks: number;
  readonly scopes: number;
  readonly violations: number;
  readonly leaks: number;
  /** Findings that were accepted: no other number counts them. */
  readonly known: number;
  /** Records a second. */
  readonly rate: number;
  readonly lost: number;
  /** For how long an event loop has not turned. Absent: none stands still, as far as is known. */
  readonly stalledMs?: number;
  /** Promises of a program are not followed just now, so that it is not slowed more than is allowed. */
  readonly unfollowed: boolean;
  readonly paused: boolean;
  /** All programs are over. */
  readonly over: boolean;
  /** A sentence: why findings may be missing. */
  readonly limit?: string;
  readonly playing?: Playing;
}

/** The newest finding, for a region of a few rows. */
export interface Newest {
  readonly severity: Severity;
  readonly rule: string;
  readonly message: string;
  readonly place: string;
  readonly count: number;
}

export interface Snapshot {
  readonly version: number;
  readonly status: Status;
  readonly screen: ScreenId;
  readonly body: ListBody | PaneBody;
  readonly compact: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly newest?: Newest;
  /** What is being typed. */
  readonly prompt?: string;
  readonly notice?: string;
  readonly wish?: Wish;
  /** The process that a dump would be of: that of the selected row. */
  readonly pid?: number;
}
