/** What a suspended function has still to do: its text behind the `await` at which it stands. */
import { tokensOf } from '../../source-tokens.ts';

const OPEN = new Set(['(', '[', '{']);
const CLOSED = new Set([')', ']', '}']);
const LOOPS = new Set(['for', 'while', 'do']);
/** What an expression goes on with, or begins with, before or after a value. */
const WITHIN = new Set(['.', '?', 'new', 'await', 'void', 'typeof', 'delete', '!', '~', '`', '(', '[']);

/**
 * @param text Of the function.
 * @param offset Where in it the `await` begins.
 * @returns the whole text when it stands in a loop, which may do all of it again
 */
export function restText(text: string, offset: number): string {
  return standsInLoop(text.slice(0, offset)) ? text : text.slice(offset + operandLength(text.slice(offset)));
}

/** A statement without braces counts as far as its end. */
function standsInLoop(before: string): boolean {
  const open: { readonly loop: boolean; readonly bracket: string }[] = [];
  let loop = false;
  for (const { text } of tokensOf(before)) {
    if (LOOPS.has(text)) loop = true;
    else if (OPEN.has(text)) {
      open.push({ loop, bracket: text });
      if (text === '{') loop = false;
    } else if (CLOSED.has(text)) {
      const closed = open.pop();
      // After the parentheses of a loop comes what it repeats.
      loop = closed?.bracket === '(' && closed.loop;
    } else if (text === ';' && open.at(-1)?.bracket !== '(') loop = false;
  }
  return loop || open.some((each) => each.loop);
}

/** `await`, and the value that is awaited: that has been worked out. */
function operandLength(text: string): number {
  let depth = 0;
  let value = false;
  for (const { text: token, offset } of tokensOf(text)) {
    if (depth > 0) {
      if (OPEN.has(token)) depth++;
      else if (CLOSED.has(token)) depth--;
      continue;
    }
    const word = /^[\p{ID_Continue}$#]/u.test(token);
    if (value && word && !text.slice(0, offset).trimEnd().endsWith('.')) return offset;
    if (!word && !WITHIN.has(token) && token !== '{') return offset;
    if (!value || token !== '{') {
      if (OPEN.has(token)) depth++;
    } else return offset;
    value = word ? !WITHIN.has(token) && !/^(?:async|function|class)$/.test(token) : token !== '!' && token !== '~' && token !== '.' && token !== '?';
  }
  return text.length;
}
