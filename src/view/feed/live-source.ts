/** Programs that run: what they write is shown as it comes. */
import type { View } from '../state/view.ts';
import { FollowedFolder } from './follow-folder.ts';
import { ProcessWatch } from './process-facts.ts';
import type { Source } from './source.ts';

const LIST_EVERY_MS = 200;
const LOOK_EVERY_MS = 1000;

export class LiveSource implements Source {
  readonly playing = undefined;
  readonly #folder: FollowedFolder;
  readonly #view: View;
  readonly #processes = new ProcessWatch();
  #listedMs = -Infinity;
  #lookedMs = -Infinity;

  constructor(directory: string, view: View) {
    this.#folder = new FollowedFolder(directory);
    this.#view = view;
  }

  press(): boolean {
    return false;
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
      for (const event of this.#processes.look(view.session.programs, nowMs)) view.handle(event);
    }
    return more;
  }
}
