/** Whether a function that stops at some place has clean-up left to do: read from its source. */
import type { SiteId } from '../tracker/protocol.ts';
import { type Token, tokensOf } from './source-tokens.ts';
import type { Place, Places } from './sources.ts';

/**
 * Whether the place `at`, in the function that starts at `body`, lies inside a `try` with a `finally`,
 * or behind a `using` of the same block. `undefined` when that cannot be told: the source cannot be
 * read, or the function does not stop there for the `word`.
 */
export function hasCleanUp(places: Places, body: SiteId, at: SiteId, word: 'yield' | 'await'): boolean | undefined {
  const start = places.of(body);
  const place = places.of(at);
  if (start === undefined || place === undefined || start.file !== place.file) return undefined;
  const source = places.excerpt(place, Number.MAX_SAFE_INTEGER);
  if (source === undefined || source.firstLine !== 1) return undefined;
  const search = new Search(offsetOf(source.lines, start), offsetOf(source.lines, place), word);
  let answer: boolean | undefined;
  for (const token of tokensOf(source.lines.join('\n'))) {
    answer = search.read(token);
    if (answer !== undefined || search.failed) break;
  }
  return answer;
}

function offsetOf(lines: readonly string[], { line, column }: Place): number {
  let offset = column - 1;
  for (let index = 0; index < line - 1; index++) offset += (lines[index] ?? '').length + 1;
  return offset;
}

/** An open bracket. */
interface Level {
  readonly offset: number;
  /** What stood before it. */
  readonly before: string;
  /** Of a `try` or a `catch`: a `finally` may follow. */
  readonly guarded: boolean;
  /** The place lies inside, or in an earlier block of the same `try`. */
  relevant: boolean;
  /** Whether a `using` stands in it. */
  using: boolean;
  /** The latest word at which an expression stops. */
  stop: string;
}

const STOPS: ReadonlySet<string> = new Set(['yield', 'await', 'return']);

class Search {
  failed = false;
  readonly #from: number;
  readonly #at: number;
  readonly #word: string;
  readonly #levels: Level[] = [newLevel(-1, '', false, false)];
  #reading = true;
  /** What stood before the parentheses that were closed last. */
  #parenthesised = '';
  #previous = '';
  #beforePrevious = '';
  /** The relevant block that was closed right before. */
  #closed = false;
  /** A `catch` follows a relevant block. */
  #inherits = false;

  constructor(from: number, at: number, word: string) {
    this.#from = from;
    this.#at = at;
    this.#word = word;
  }

  /** The answer, once it is known. */
  read(token: Token): boolean | undefined {
    if (this.#reading && token.offset > this.#at && this.#arrive(token.text)) return true;
    if (this.#closed) {
      if (token.text === 'finally') return true;
      this.#inherits ||= token.text === 'catch';
      this.#closed = false;
    }
    const ended = this.#nest(token);
    this.#beforePrevious = this.#previous;
    this.#previous = token.text;
    return ended ? false : undefined;
  }

  /** The token before was the one at the place, or `next` is in the middle of it. */
  #arrive(next: string): boolean {
    this.#reading = false;
    const inside = this.#levels.filter(({ offset }) => offset >= this.#from);
    const stop = inside.findLast((level) => level.stop !== '')?.stop;
    // `yield*` stops where another generator does.
    if (stop !== this.#word || (this.#previous === 'yield' && next === '*')) this.failed = true;
    for (const level of inside) level.relevant = true;
    return !this.failed && inside.some(({ using }) => using);
  }

  /** Follows brackets; true at the end of the function. */
  #nest({ text, offset }: Token): boolean {
    const level = this.#levels.at(-1) as Level;
    if (text === '{' || text === '(' || text === '[') {
      const guarded = text === '{' && (this.#follows('try') || this.#follows('catch'));
      this.#levels.push(newLevel(offset, this.#previous, guarded, guarded && this.#inherits));
      if (guarded) this.#inherits = false;
    } else if (text === '}' || text === ')' || text === ']') {
      if (this.#levels.length > 1) this.#levels.pop();
      if (text === ')') this.#parenthesised = level.before;
      this.#closed = text === '}' && level.guarded && level.relevant;
      return !this.#reading && !this.#levels.some((one) => one.offset >= this.#from);
    } else if (text === ';') {
      level.stop = '';
    } else if (STOPS.has(text)) {
      level.stop = text;
    } else if (text === '*' && this.#previous === 'yield') {
      level.stop = 'yield*';
    } else if (text === '=' && this.#beforePrevious === 'using') {
      level.using = true;
    }
    return false;
  }

  /** Whether `word`, or `word (…)`, was read last. */
  #follows(word: string): boolean {
    return this.#previous === word || (this.#previous === ')' && this.#parenthesised === word);
  }
}

function newLevel(offset: number, before: string, guarded: boolean, relevant: boolean): Level {
  return { offset, before, guarded, relevant, using: false, stop: '' };
}
