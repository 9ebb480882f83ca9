/** What happened of late, for the timelines of single tasks and scopes. Bounded: the oldest entries go first. */
import type { ScopeId, SiteId } from '../../../tracker/protocol.ts';
import type { Call } from './call.ts';
import type { ProgramModel } from './program.ts';

export interface Happening {
  readonly program: ProgramModel;
  readonly atMs: number;
  /** In the past tense: `entered scope "a"`, `exited`. */
  readonly text: string;
  readonly call: Call;
  readonly scope?: ScopeId;
  /** The other call that took part: who waited, what was started. */
  readonly other?: Call;
  readonly at?: SiteId;
}

export class History {
  readonly #entries: Happening[] = [];
  readonly #most: number;
  #next = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(happening: Happening): void {
    this.#entries[this.#next] = happening;
    this.#next = (this.#next + 1) % this.#most;
  }

  /** Those that fit, the oldest first. */
  find(fits: (happening: Happening) => boolean): Happening[] {
    const inOrder = [...this.#entries.slice(this.#next), ...this.#entries.slice(0, this.#next)];
    return inOrder.filter(fits);
  }
}
