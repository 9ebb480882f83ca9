/** Programs that run: what they write is shown as it comes. */
import { utimesSync, writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WATCHING } from '../../../tracker/protocol.ts';
import type { View } from '../state/view.ts';
import { FollowedFolder } from './follow-folder.ts';
import { ProcessWatch } from './process-facts.ts';
import type { Verdict } from '../model/session.ts';
import type { Source } from './source.ts';

const LIST_EVERY_MS = 200;
const LOOK_EVERY_MS = 1000;

export class LiveSource implements Source {
  readonly playing = undefined;
  readonly #folder: FollowedFolder;
  readonly #view: View;
  readonly #processes = new ProcessWatch();
  readonly #watching: string;
  #saidSo = false;
  #listedMs = -Infinity;
  #lookedMs = -Infinity;

  constructor(directory: string, view: View) {
    this.#folder = new FollowedFolder(directory);
    this.#view = view;
    this.#watching = join(directory, WATCHING);
  }

  press(): boolean {
    return false;
  }

  judge(verdict: Verdict): void {
    this.#view.handle({ kind: 'verdict', verdict });
  }

  advance(nowMs: number): boolean {
    const view = this.#view;
    // What is not read meanwhile waits in its file.
    if (view.ui.paused) return false;
    view.handle({ kind: 'tick', nowMs: Date.now() });
    if (nowMs - this.#listedMs >= LIST_EVERY_MS) {
      this.#listedMs = nowMs;
      this.#folder.list();
      if (!this.#folder.present && !view.session.removed) view.handle({ kind: 'removed' });
    }
    const more = this.#folder.read(({ program, records, damaged, trouble }) => {
      if (records.length > 0) view.handle({ kind: 'records', program, records });
      if (damaged > 0 || trouble !== undefined) {
        view.handle({ kind: 'damage', program, lines: damaged, ...(trouble === undefined ? {} : { trouble }) });
      }
    });
    if (!more && nowMs - this.#lookedMs >= LOOK_EVERY_MS) {
      this.#lookedMs = nowMs;
      this.#sayThatWeWatch();
      for (const event of this.#processes.look(view.session.programs, nowMs)) view.handle(event);
    }
    return more;
  }

  close(): void {
    this.#folder.close();
    if (this.#saidSo) rmSync(this.#watching, { force: true });
  }

  /** So that the programs tell where their tasks stand. Where the folder cannot be written, they do not. */
  #sayThatWeWatch(): void {
    const { session, ui } = this.#view;
    const { programs } = session;
    // A few rows below the output say nothing of single tasks.
    if (ui.compact) return;
    if (programs.length > 0 && programs.every((program) => program.isOver)) return;
    const now = new Date();
    try {
      if (this.#saidSo) utimesSync(this.#watching, now, now);
      else writeFileSync(this.#watching, '');
      this.#saidSo = true;
    } catch {
      this.#saidSo = false;
    }
  }
}
