/** The text of one function, cut out of its script. It may be too long, up to the whole script, never too short. */
import { tokensOf } from '../../source-tokens.ts';

const OPEN = new Set(['(', '[', '{']);
const CLOSED = new Set([')', ']', '}']);

export interface Start {
  /** From 0. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/**
 * @param start Where V8 says that it begins: at its parameters, or at `class`.
 * @param parses Whether a script with this text could be run: what was cut out must be a whole function.
 * @returns `undefined` when the start does not lie in the source
 */
export function functionText(source: string, start: Start, parses: (code: string) => boolean): string | undefined {
  const from = offsetOf(source, start);
  if (from === undefined) return undefined;
  const rest = source.slice(from);
  // Modules and scripts are functions too, from their first character to their last.
  if (from === 0) return source;
  const cut = rest.slice(0, lengthOf(rest));
  if (isWhole(cut, parses)) return cut;
  const members = membersIn(rest);
  return areMembers(members, parses) ? members : source;
}

function offsetOf(source: string, { line, column }: Start): number | undefined {
  let offset = 0;
  for (let at = 0; at < line; at++) {
    const end = source.indexOf('\n', offset);
    if (end === -1) return undefined;
    offset = end + 1;
  }
  return offset + column <= source.length ? offset + column : undefined;
}

/** To the end of the body: its last brace or, of an arrow function without one, the end of the expression. */
function lengthOf(text: string): number {
  let depth = 0;
  let arrow = false;
  let expression = false;
  let before = '';
  for (const { text: token, offset } of tokensOf(text)) {
    if (depth === 0 && arrow && before === '>' && token !== '{') expression = true;
    if (depth === 0 && before === '=' && token === '>') arrow = true;
    if (OPEN.has(token)) depth++;
    if (CLOSED.has(token)) {
      depth--;
      if (depth < 0) return offset;
      if (depth === 0 && token === '}' && !expression) return offset + 1;
    }
    if (depth === 0 && expression && (token === ',' || token === ';')) return offset;
    before = token;
  }
  return text.length;
}

/**
 * What sets the fields of a class begins at the first brace of the class, or at the first of them. They may stand
 * anywhere up to its last brace.
 */
function membersIn(text: string): string {
  const from = text.startsWith('{') ? 1 : 0;
  const inside = text.slice(from);
  let depth = 0;
  for (const { text: token, offset } of tokensOf(inside)) {
    if (OPEN.has(token)) depth++;
    if (CLOSED.has(token) && --depth < 0) return inside.slice(0, offset);
  }
  return '';
}

/** A function begins with its parameters, and no member of a class does. Private names may be those of the class around it. */
function areMembers(cut: string, parses: (code: string) => boolean): boolean {
  const text = cut.replace(/\bimport\.meta\b/g, '(0)');
  return text !== '' && parses(`(class extends Object{${privateNames(text)}m(){(class extends Object{${text}})}})`);
}

/** Declarations of the private names that a text mentions. */
function privateNames(text: string): string {
  return [...new Set(text.match(/#[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [])].map((name) => `${name};`).join('');
}

/** In a class, where private names and `super` are allowed, or on its own, where the rules are looser. */
function isWhole(cut: string, parses: (code: string) => boolean): boolean {
  const text = cut.replace(/\bimport\.meta\b/g, '(0)');
  const names = privateNames(text);
  return [
    `(class extends Object{${names}async*m${text}})`,
    `(class extends Object{${names}m${text}})`,
    `(class extends Object{${names}constructor${text}})`,
    `(class extends Object{${names}async*m(){(async ${text})}})`,
    `(class extends Object{${names}m(){(${text})}})`,
    `(async function*${text})`,
    `(function${text})`,
    `(${text})`,
  ].some(parses);
}
