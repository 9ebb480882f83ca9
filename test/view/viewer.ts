/** The state of the view over a recording that was written by hand. */
import { identitySources, plainStyle } from '../../reports/index.ts';
import { createPlaceBook } from '../../src/view/state/place-book.ts';
import type { ListBody, PaneBody, Snapshot } from '../../src/view/state/snapshot.ts';
import { createUi } from '../../src/view/state/ui.ts';
import { View } from '../../src/view/state/view.ts';
import type { Recording } from '../reports/recording.ts';

/** When the programs of hand-written recordings start. */
export const START = 1_700_000_000_000;

export class Viewer {
  readonly view: View;
  readonly #read = new Map<Recording, number>();
  #nowMs = START;

  constructor(size: { columns?: number; rows?: number; compact?: boolean } = {}) {
    const ui = createUi({ columns: size.columns ?? 100, rows: size.rows ?? 30, compact: size.compact ?? false });
    this.view = new View(ui, { book: createPlaceBook(() => identitySources), style: plainStyle, replay: false, baseline: { name: 'known.json' } });
    this.view.handle({ kind: 'tick', nowMs: START });
  }

  /** Reads what was recorded since it was last read. */
  read(recording: Recording, program = '7-0-1'): this {
    const from = this.#read.get(recording) ?? 0;
    this.#read.set(recording, recording.records.length);
    this.view.handle({ kind: 'records', program, records: recording.records.slice(from) });
    return this;
  }

  wait(ms: number): this {
    this.#nowMs += ms;
    this.view.handle({ kind: 'tick', nowMs: this.#nowMs });
    return this;
  }

  press(...keys: readonly string[]): this {
    for (const key of keys) this.view.handle({ kind: 'key', key });
    return this;
  }

  snapshot(): Snapshot {
    if (this.view.stale) this.view.relist();
    return this.view.snapshot();
  }

  list(): ListBody {
    const { body } = this.snapshot();
    if (body.kind !== 'list') throw new Error('no list is shown');
    return body;
  }

  pane(): PaneBody {
    const { body } = this.snapshot();
    if (body.kind !== 'pane') throw new Error('no pane is shown');
    return body;
  }

  /** Of the rows that are shown, the text of one column, moved in as the tree has it. */
  column(id: string): string[] {
    return this.list().rows.map((row) => '  '.repeat(row.depth) + (row.cells[id]?.text ?? ''));
  }

  selected(): string | undefined {
    return this.list().rows.find((row) => row.selected)?.cells['name']?.text;
  }
}
