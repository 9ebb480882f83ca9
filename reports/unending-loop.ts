/** Whether a line stands in a loop without an end of its own, as those of workers do: read from the source before it. */
import { tokensOf } from './source-tokens.ts';
import type { Place, Places } from './sources.ts';

/** Functions are seldom longer. */
const LINES_BEFORE = 80;

/** True also where the source cannot be read: what is not known to end may be a worker. */
export function isInUnendingLoop(place: Place, places: Places): boolean {
  const source = places.excerpt(place, LINES_BEFORE);
  if (source === undefined) return true;
  const index = place.line - source.firstLine;
  const before = [...source.lines.slice(0, index), (source.lines[index] ?? '').slice(0, place.column - 1)].join('\n');
  return endsInLoop(before);
}

/** What a bracket, or a statement without braces, belongs to. */
interface Open {
  readonly bracket: string;
  /** `header`: the parentheses of a loop. `body`: what it repeats. */
  readonly loop: 'none' | 'header' | 'body';
  /** The words between the parentheses so far, for a `for`. */
  readonly words: string[];
}

/**
 * `while`, `do`, `for await` and a `for` that counts nothing, as in `for (;;)` or `for (; item; )`. Those that go over a list
 * or count have an end.
 */
function endsInLoop(text: string): boolean {
  const open: Open[] = [];
  let before: string[] = [];
  /** A loop's parentheses have just been closed, or `do` was read. */
  let body = false;
  for (const { text: token } of tokensOf(text)) {
    // A statement without braces ends there.
    if (token === ';' || token === '}') while (open.at(-1)?.bracket === 'statement') open.pop();
    if (body && token !== '{' && token !== ';') open.push({ bracket: 'statement', loop: 'body', words: [] });
    if (token === '(' || token === '{' || token === '[') {
      const loop = token === '{' && body ? 'body' : token === '(' && isLoopWord(before) ? 'header' : 'none';
      open.push({ bracket: token, loop, words: loop === 'header' ? [...before] : [] });
      body = false;
    } else if (token === ')' || token === '}' || token === ']') {
      const closed = open.pop();
      body = closed?.loop === 'header' && isUnending(closed.words);
    } else {
      body = token === 'do';
      if (token !== '`') open.findLast(({ loop }) => loop === 'header')?.words.push(token);
    }
    before = [...before.slice(-1), token];
  }
  return body || open.some((each) => each.loop === 'body' || (each.loop === 'header' && (isUnending(each.words) || each.words.includes(';'))));
}

function isLoopWord(before: readonly string[]): boolean {
  const last = before.at(-1);
  return last === 'while' || last === 'for' || (last === 'await' && before.at(-2) === 'for');
}

/** The first words are those before the parenthesis. */
function isUnending(words: readonly string[]): boolean {
  if (words.slice(0, 2).includes('while') || (words[0] === 'for' && words[1] === 'await')) return true;
  const last = words.lastIndexOf(';');
  return last !== -1 && last === words.length - 1;
}
