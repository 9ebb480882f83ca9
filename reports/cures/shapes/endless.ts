/** Whether what a call does may go on for ever. */
import { callAround } from '../calls.ts';
import { mentions, reads, textAt, type Code } from '../code.ts';
import { definitionOf } from '../definitions.ts';

const LOOPS: ReadonlySet<string> = new Set(['while', 'do', 'setInterval', 'once', 'on', 'Promise']);

/** What is defined elsewhere may; here, only what loops without a count, or waits for an event. */
export function mayNeverEnd(code: Code, at: number): boolean {
  const call = callAround(code, at);
  const defined = call === undefined ? undefined : definitionOf(code, call.callee, at);
  if (defined === undefined) return true;
  const close = code.partner.get(defined.params) ?? defined.params;
  const open = code.tokens.findIndex(({ text }, index) => index > close && text === '{');
  const end = code.partner.get(open) ?? close;
  if (mentions(code, open, end, LOOPS)) return true;
  for (let index = open; index < end; index++) {
    if (reads(code, index, 'for', 'await')) return true;
    if (reads(code, index, 'for', '(')) {
      const last = code.partner.get(index + 1) ?? index;
      // `for (;;)`, and `for (let n = 1; ; n++)`.
      for (let inside = index + 2; inside < last; inside++) if (reads(code, inside, ';', ';')) return true;
    }
  }
  return textAt(code, open) !== '{';
}
