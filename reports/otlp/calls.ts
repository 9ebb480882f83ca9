/** Calls and scopes that are not over, as far as spans need them. */
import type { CallId, CallOrigin, CallStarted, ScopeEntered, ScopeId } from '../../tracker/protocol.ts';
import type { SpanEvent, SpanLink } from './spans.ts';

export interface OpenCall {
  readonly started: CallStarted;
  readonly origin: CallOrigin;
  /** Who waits for it at once, or went on without. Absent: that is not decided. */
  by?: CallId;
  fate: 'undecided' | 'awaited' | 'spawned';
  fateInferred: boolean;
  /** Absent: it has not ended. */
  endMs?: number;
  links: SpanLink[];
  droppedLinks: number;
}

export interface OpenScope {
  readonly entered: ScopeEntered;
  readonly traceId: string;
  readonly events: SpanEvent[];
  cancelled?: string;
}

/** Whether the call is the first one of a task. As long as it is not decided, it is its caller's. */
export function startsTask({ fate, origin }: OpenCall): boolean {
  return fate === 'spawned' || origin === 'callback' || origin === 'named';
}

/** Maps that forget what came first when they are full. */
export class Remembered<Key, Value> {
  readonly #values = new Map<Key, Value>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: Key): Value | undefined {
    return this.#values.get(key);
  }

  set(key: Key, value: Value): void {
    this.#values.set(key, value);
    if (this.#values.size <= this.#most) return;
    for (const first of this.#values.keys()) {
      this.#values.delete(first);
      break;
    }
  }
}

export type { CallId, ScopeId };
