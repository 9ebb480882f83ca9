/**
 * The words and brackets of JavaScript or TypeScript, without comments, strings and regular
 * expressions. It knows no grammar: a reader checks that what it looks for is where it should be.
 */

export interface Token {
  /** A word, a number, or one character. `` ` `` stands for a piece of a template or for a string. */
  readonly text: string;
  readonly offset: number;
  /** Where it ends. */
  readonly end: number;
}

const WORD = /[\p{ID_Continue}$#@\u200c\u200d]+/uy;
const SPACE = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)+/y;
const QUOTED = /'(?:[^'\\\n\r]|\\[\s\S])*'?|"(?:[^"\\\n\r]|\\[\s\S])*"?/y;
const PATTERN = /\/(?:[^/\\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.)*\])+\/[\p{ID_Continue}]*/uy;
const TEMPLATE = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y;
/** After these a slash begins a regular expression, after any other word it divides. */
const BEFORE_PATTERN: ReadonlySet<string> = new Set([
  'return', 'typeof', 'case', 'yield', 'await', 'in', 'of', 'do', 'else', 'void', 'delete', 'throw', 'new', 'instanceof',
]);

export function* tokensOf(text: string): Generator<Token> {
  /** For each open brace, whether its end continues a template. */
  const braces: boolean[] = [];
  let offset = /^#!.*/.exec(text)?.[0].length ?? 0;
  let before = '';
  while (offset < text.length) {
    offset = endOf(SPACE, text, offset);
    const first = text[offset];
    if (first === undefined) return;
    let token = '`';
    let end = offset + 1;
    if (first === '`' || (first === '}' && braces.pop() === true)) {
      end = endOf(TEMPLATE, text, end);
      if (text.endsWith('${', end)) braces.push(true);
    } else if (first === "'" || first === '"') {
      end = endOf(QUOTED, text, offset);
    } else if (first === '/' && !endsValue(before)) {
      end = Math.max(end, endOf(PATTERN, text, offset));
    } else {
      if (first === '{') braces.push(false);
      end = Math.max(end, endOf(WORD, text, offset));
      token = text.slice(offset, end);
    }
    yield { text: token, offset, end };
    before = token;
    offset = end;
  }
}

/** Whether what follows goes on with an expression. */
function endsValue(token: string): boolean {
  return /^[\p{ID_Continue}$)\]}`]/u.test(token) && !BEFORE_PATTERN.has(token);
}

/** Where the match that begins at `from` ends; `from` when there is none. */
function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}
