/** The state of the view: the session, and what the user looks at of it. Events go in, snapshots come out. */
import type { Style } from '../../../reports/index.ts';
import type { ProgramId, TraceRecord } from '../../../tracker/protocol.ts';
import type { ProcessFacts, ProgramModel } from '../model/program.ts';
import { SessionModel, type Verdict } from '../model/session.ts';
import { describeTarget, relatedOf } from './details/index.ts';
import { helpLines } from './help.ts';
import { pressKey, type Baseline } from './keys.ts';
import type { Listing, Row } from './listing.ts';
import { findList } from './lists/index.ts';
import type { PlaceBook } from './place-book.ts';
import type { ListBody, Newest, PaneBody, Playing, ShownRow, Snapshot } from './snapshot.ts';
import { statusOf } from './status.ts';
import { listHeight, listOf, paneHeight, withList, type ListState, type UiState } from './ui.ts';
import { clean, tellPlace } from './words.ts';

export type ViewEvent =
  | { readonly kind: 'records'; readonly program: ProgramId; readonly records: readonly TraceRecord[] }
  | { readonly kind: 'damage'; readonly program: ProgramId; readonly lines: number; readonly trouble?: string }
  | { readonly kind: 'process'; readonly program: ProgramModel; readonly facts?: ProcessFacts; readonly alive: boolean }
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  /** Findings that were accepted, and a sentence on what was just done. */
  | { readonly kind: 'known'; readonly fingerprints: ReadonlySet<string>; readonly notice?: string }
  | { readonly kind: 'removed' }
  /** Milliseconds since 1970. */
  | { readonly kind: 'tick'; readonly nowMs: number }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'size'; readonly columns: number; readonly rows: number; readonly compact: boolean }
  /** What a dump says, or how far it is. */
  | { readonly kind: 'dump'; readonly lines: readonly string[] };

export interface ViewOptions {
  readonly book: PlaceBook;
  readonly style: Style;
  /** The keys of a replay are told, too. */
  readonly replay: boolean;
  readonly baseline: Baseline;
}

const NEAR = 64;
const NO_ROWS: Listing = { rows: [], total: 0 };

export class View {
  readonly #options: ViewOptions;
  #session = new SessionModel();
  #ui: UiState;
  #listing: Listing = NO_ROWS;
  #listedFor: { readonly version: number; readonly screen: string; readonly choices: string } | undefined;
  #dump: readonly string[] = [];
  #number = 0;

  constructor(ui: UiState, options: ViewOptions) {
    this.#ui = ui;
    this.#options = options;
  }

  get session(): SessionModel {
    return this.#session;
  }

  get ui(): UiState {
    return this.#ui;
  }

  /** Forgets what was read, and keeps what the user has chosen: a replay goes back in time. */
  restart(): void {
    const { known } = this.#session;
    this.#session = new SessionModel();
    this.#session.known = known;
    this.#listedFor = undefined;
  }

  handle(event: ViewEvent): void {
    switch (event.kind) {
      case 'records':
        this.#session.add(event.program, event.records);
        return;
      case 'damage':
        this.#session.noteDamage(event.program, event.lines, event.trouble);
        return;
      case 'process':
        this.#session.noteProcess(event.program, event.facts, event.alive);
        return;
      case 'verdict':
        this.#session.judge(event.verdict);
        return;
      case 'known':
        this.#session.known = event.fingerprints;
        this.#session.version++;
        if (event.notice !== undefined) this.#ui = { ...this.#ui, notice: event.notice };
        return;
      case 'removed':
        this.#session.removed = true;
        return;
      case 'tick':
        this.#session.tick(event.nowMs);
        return;
      case 'size':
        this.#ui = { ...this.#ui, columns: event.columns, rows: event.rows, compact: event.compact };
        return;
      case 'dump':
        this.#dump = event.lines;
        return;
      case 'key':
        this.#press(event.key);
    }
  }

  #press(key: string): void {
    if (this.#listedFor?.screen !== this.#ui.screen) this.relist();
    else this.#settle();
    const list = findList(this.#ui.screen);
    this.#ui = pressKey(this.#ui, key, {
      listing: this.#listing,
      keyOf: list.keyOf,
      targetOf: list.targetOf,
      paneLines: this.#paneLines().lines.length,
      baseline: this.#options.baseline,
      related: (target, pressed) => relatedOf(target, pressed, this.#session),
    });
    if (this.#choices() !== this.#listedFor?.choices) this.relist();
    else this.#settle();
  }

  /** Whether the list has changed since it was last put in order. */
  get stale(): boolean {
    return this.#listedFor?.version !== this.#session.version || this.#listedFor.choices !== this.#choices();
  }

  /** Puts the list in order anew. With tens of thousands of rows this takes a while: it need not be done for each snapshot. */
  relist(): void {
    const list = findList(this.#ui.screen);
    this.#listing = list.list(this.#session, listOf(this.#ui), this.#options.book);
    this.#listedFor = { version: this.#session.version, screen: this.#ui.screen, choices: this.#choices() };
    this.#settle();
  }

  #choices(): string {
    const { sort, reversed, filter, search, folded } = listOf(this.#ui);
    return `${this.#ui.screen} ${sort} ${String(reversed)} ${filter} ${search ?? ''} ${[...folded].join(',')}`;
  }

  /** The selection stays on its row while rows move; when that is gone, its neighbour is selected. The row stays in sight. */
  #settle(): void {
    const { rows } = this.#listing;
    const list = listOf(this.#ui);
    const index = Math.max(0, this.#indexOf(list, rows));
    const height = listHeight(this.#ui);
    const first = Math.max(0, Math.min(list.first, index, rows.length - height), index - height + 1);
    const row = rows[index];
    const selected = row === undefined ? undefined : findList(this.#ui.screen).keyOf(row);
    if (index === list.index && first === list.first && selected === list.selected) return;
    this.#ui = withList(this.#ui, { index, first, ...(selected === undefined ? {} : { selected }) });
  }

  #indexOf({ selected, index, follow }: ListState, rows: readonly Row[]): number {
    const { keyOf, newest } = findList(this.#ui.screen);
    if (follow) return newest?.(rows) ?? rows.length - 1;
    if (selected === undefined) return 0;
    const is = (at: number): boolean => {
      const row = rows[at];
      return row !== undefined && keyOf(row) === selected;
    };
    // It is mostly where it was, or near.
    for (let away = 0; away < NEAR; away++) {
      if (is(index + away)) return index + away;
      if (is(index - away)) return index - away;
    }
    const at = rows.findIndex((_, each) => is(each));
    return at === -1 ? Math.min(index, rows.length - 1) : at;
  }

  snapshot(playing?: Playing): Snapshot {
    const ui = this.#ui;
    const newest = this.#newest();
    const pid = this.#pid();
    return {
      version: ++this.#number,
      status: statusOf(this.#session, ui.paused, playing),
      screen: ui.screen,
      body: ui.panes.length > 0 ? this.#paneBody() : this.#listBody(),
      compact: ui.compact,
      columns: ui.columns,
      rows: ui.rows,
      ...(newest === undefined ? {} : { newest }),
      ...(ui.prompt === undefined ? {} : { prompt: ui.prompt }),
      ...(ui.notice === undefined ? {} : { notice: ui.notice }),
      ...(ui.wish === undefined ? {} : { wish: ui.wish }),
      ...(pid === undefined ? {} : { pid }),
    };
  }

  #listBody(): ListBody {
    if (this.#listedFor?.screen !== this.#ui.screen && !this.#ui.compact) this.relist();
    const { rows, total } = this.#listing;
    const { first, sort, reversed, filter, search, follow } = listOf(this.#ui);
    return {
      kind: 'list',
      screen: this.#ui.screen,
      rows: rows.slice(first, first + listHeight(this.#ui)).map((row, at) => this.#row(row, first + at)),
      first,
      count: rows.length,
      total,
      sort,
      reversed,
      filter,
      ...(search === undefined ? {} : { search }),
      follow,
      empty: rows.length > 0 ? '' : findList(this.#ui.screen).empty(this.#session),
    };
  }

  #row(row: Row, index: number): ShownRow {
    const { index: selected, folded } = listOf(this.#ui);
    const list = findList(this.#ui.screen);
    const key = list.keyOf(row);
    const closed = row.children > 0 && folded.has(key);
    const { tone, cells } = list.cells(row, { session: this.#session, book: this.#options.book });
    return {
      key,
      selected: index === selected,
      depth: row.depth,
      fold: row.children === 0 ? 'leaf' : closed ? 'closed' : 'open',
      hidden: closed ? row.children : 0,
      tone: row.context ? 'dim' : tone,
      cells,
    };
  }

  #paneBody(): PaneBody {
    const { title, lines, hint } = this.#paneLines();
    const page = paneHeight(this.#ui);
    const first = Math.max(0, Math.min(this.#ui.panes.at(-1)?.first ?? 0, lines.length - page));
    return { kind: 'pane', title, lines: lines.slice(first, first + page), first, count: lines.length, hint };
  }

  #paneLines(): { readonly title: string; readonly lines: readonly string[]; readonly hint: string } {
    const pane = this.#ui.panes.at(-1);
    const { book, style, replay } = this.#options;
    if (pane === undefined) return { title: '', lines: [], hint: '' };
    if (pane.kind === 'help') return { title: 'Keys', lines: helpLines(style, replay), hint: 'esc back' };
    if (pane.kind === 'dump') return { title: 'Dump', lines: this.#dump, hint: 'd again  esc back' };
    if (pane.target === undefined) return { title: '', lines: [], hint: '' };
    return describeTarget(pane.target, { session: this.#session, book, style, width: this.#ui.columns });
  }

  #newest(): Newest | undefined {
    let newest = undefined;
    for (const each of this.#session.findings.values()) {
      if (this.#session.isKnown(each)) continue;
      if (newest === undefined || each.number > newest.number) newest = each;
    }
    if (newest === undefined) return undefined;
    const { severity, rule, message, count, places } = newest.finding;
    const place = places.findLast((each) => each.place !== undefined)?.place;
    return { severity, rule, message: clean(message), place: tellPlace(place), count };
  }

  /** Of the selected row's program, or of the only one that runs. */
  #pid(): number | undefined {
    const [number] = (listOf(this.#ui).selected ?? '').split('.');
    const running = this.#session.programs.filter((program) => !program.isOver && program.started?.thread === 0);
    const program = running.find((each) => String(each.number) === number) ?? running[0];
    return program?.started?.pid;
  }
}
