/**
 * Lets the judge go on when it has let go of all that was recorded so far: it keeps to itself what has nothing to do with that.
 * A record that names something old is left out, and all else that it names counts as old from then on: of whatever is
 * left, every record is there, and what is said of it is what would have been said of the whole.
 */
import type { TraceRecord } from '../../../tracker/protocol.ts';

const SPACES = ['call', 'scope', 'signal', 'generator', 'context', 'race', 'handle'] as const;
type Space = (typeof SPACES)[number];

/** Which fields of records name what. Those that are no numbers, or no lists of such, mean something else. */
const FIELDS: readonly (readonly [field: string, space: Space])[] = [
  ...SPACES.map((space) => [space, space] as const),
  ['caller', 'call'], ['by', 'call'], ['run', 'call'], ['on', 'call'], ['users', 'call'], ['losers', 'call'], ['through', 'call'],
  ['parent', 'scope'], ['scopes', 'scope'], ['sources', 'signal'],
];

/** Number of a thing of any kind. */
type Key = number;
const keyOf = (space: Space, id: number): Key => id * SPACES.length + SPACES.indexOf(space);
/** The main task lives as long as its program: it has to do with everything. */
const MAIN = keyOf('call', 1);

export class Frontier {
  /** The highest number of each kind that was seen, and that was seen when the old was let go of. */
  readonly #highest: number[] = SPACES.map(() => 0);
  #oldest: readonly number[] = this.#highest;
  #isCut = false;
  readonly #old = new Set<Key>();
  /** Who called, or waited at once: of what is new. */
  readonly #above = new Map<Key, Key>();

  /** From now on only what begins later counts. */
  cut(): void {
    this.#oldest = [...this.#highest];
    this.#isCut = true;
    this.#old.clear();
    this.#above.clear();
  }

  /** Whether the record is of new things alone. */
  admits(record: TraceRecord): boolean {
    const named = this.#namedBy(record);
    if (!this.#isCut) return true;
    if (!named.some((key) => this.#isOld(key))) {
      if (record.kind === 'call-started' && record.caller !== undefined) this.#above.set(keyOf('call', record.call), keyOf('call', record.caller));
      else if (record.kind === 'call-awaited') this.#above.set(keyOf('call', record.call), keyOf('call', record.by));
      return true;
    }
    for (const key of named) this.#age(key);
    return false;
  }

  isOld(space: Space, id: number): boolean {
    return this.#isCut && this.#isOld(keyOf(space, id));
  }

  #isOld(key: Key): boolean {
    if (key === MAIN) return false;
    return Math.floor(key / SPACES.length) <= (this.#oldest[key % SPACES.length] ?? 0) || this.#old.has(key);
  }

  /** With those above it: it may be a part of their tasks. */
  #age(key: Key): void {
    for (let at: Key | undefined = key; at !== undefined && at !== MAIN && !this.#isOld(at); at = this.#above.get(at)) this.#old.add(at);
  }

  #namedBy(record: TraceRecord): Key[] {
    const keys: Key[] = [];
    const fields = record as unknown as Readonly<Record<string, unknown>>;
    for (const [field, space] of FIELDS) {
      const value = fields[field];
      if (value === undefined) continue;
      const kind = field === 'by' && record.kind === 'signal-aborted' ? 'signal' : space;
      for (const id of Array.isArray(value) ? (value as readonly unknown[]) : [value]) if (typeof id === 'number' && id > 0) keys.push(this.#note(kind, id));
    }
    return keys;
  }

  #note(space: Space, id: number): Key {
    const at = SPACES.indexOf(space);
    if (id > (this.#highest[at] ?? 0)) this.#highest[at] = id;
    return keyOf(space, id);
  }
}
