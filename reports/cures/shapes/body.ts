/** The body of a function that a group is put around. */
import { isAbortSignal } from '../definitions.ts';
import { partsOf, slice, textAt, type Code, type Range } from '../code.ts';
import type { FunctionBody } from '../statements.ts';

/** What stands between its braces, without the last semicolon. `undefined` where a function around it would mean something else. */
export function bodyOf(code: Code, { open, close }: FunctionBody): Range | undefined {
  const to = textAt(code, close - 1) === ';' ? close - 2 : close - 1;
  if (to <= open) return undefined;
  // A directive has to stay where it is.
  const first = code.tokens[open + 1];
  if (first?.text === '`' && code.text.slice(first.offset + 1).startsWith('use ')) return undefined;
  return { from: open + 1, to };
}

/** What a group is given so that it obeys the signal that the function was given: `{ signal }`. */
export function signalOf(code: Code, { params, open }: FunctionBody): string | undefined {
  if (params === undefined) return undefined;
  for (const { from, to } of partsOf(code, params)) {
    const text = slice(code, from, to);
    const isOwn = /^signal\b/.test(text) && isAbortSignal(code, { from: params, to: code.partner.get(open) ?? open });
    if (isOwn || (text.startsWith('{') && /[{,]\s*signal\s*[,}]/.test(text))) return '{ signal }';
    const name = /^[\w$]+/.exec(text)?.[0];
    if (name === undefined) continue;
    for (let at = open; at < (code.partner.get(open) ?? open); at++) {
      if (textAt(code, at) === name && textAt(code, at - 1) !== '.' && textAt(code, at + 1) === '.' && textAt(code, at + 2) === 'signal') {
        return `{ signal: ${name}.signal }`;
      }
    }
  }
  return undefined;
}
