/** A scope that another task exits: the outline of a task of its own, which enters it and exits it. */
import { callAround } from '../calls.ts';
import { isWord, slice, textAt, type Code, type Range } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { hasLongText, indent, isShort, LEFT_OUT, linesOf, semicolonOf } from '../layout.ts';
import { statementAround } from '../statements.ts';

/** `scope`: its name. */
export function exitByOwner(entered: Spot, exited: Spot, scope: string): Cure | undefined {
  const [entering, leaving] = [statementAround(entered.code, entered.at), statementAround(exited.code, exited.at)];
  const exit = callAround(exited.code, exited.at);
  const owner = entering === undefined ? undefined : ownerOf(entered.code, entering, entered.at);
  if (entering === undefined || leaving === undefined || exit === undefined || owner === undefined) return undefined;
  // Of another name it may be another one, or one that cannot be reached there.
  if (exit.callee.slice(0, exit.callee.lastIndexOf('.')) !== owner) return undefined;
  const [enters, exits] = [linesOf(entered.code, entering), linesOf(exited.code, leaving)];
  if (!isShort([...enters, ...exits, '']) || hasLongText(entered.code, entering) || hasLongText(exited.code, leaving)) return undefined;
  const end = semicolonOf(entered.code, entering);
  const isWaitedFor = textAt(exited.code, exit.from - 1) === 'await' || /\.(?:disposeAsync|close)$/.test(exit.callee);
  const text = slice(exited.code, exit.from, exit.to);
  return {
    remedy: 'trackCall',
    outline: true,
    before: [...enters, LEFT_OUT, ...exits].join('\n'),
    after: [
      `const opened = trackCall('${scope.replaceAll(/['\\\n]/g, ' ')}', async ({ signal }) => {`,
      ...indent([...enters, 'try {', `  ${LEFT_OUT} what is done in it, until the signal is aborted`, '} finally {', `  ${isWaitedFor ? 'await ' : ''}${text}${end}`, '}']),
      `})${end}`,
      `${LEFT_OUT} in place of ${exit.callee}()`,
      `opened.cancel()${end}`,
      `await opened.safeToProceed()${end}`,
    ].join('\n'),
    note: 'The task that enters the scope exits it; others tell it to stop, and wait until it has.',
  };
}

const CLOSES = /\.(?:\w*(?:close|exit|end|dispose|disconnect|destroy|stop|quit|release|shutdown|terminate|finish|leave|teardown))\w*$/i;

/** Whether the call says by its name that it closes something: others may do so among much else. */
export function isClosing({ code, at }: Spot): boolean {
  return CLOSES.test(callAround(code, at)?.callee ?? '');
}

/** What is exited later: `scope` of `const scope = enterScope(…)`, `this.stack` of `this.stack.defer(…)`. */
function ownerOf(code: Code, { from, to }: Range, at: number): string | undefined {
  const call = callAround(code, at);
  // What was put on the stack before stands elsewhere.
  if (call?.callee.endsWith('.move') === true) return undefined;
  const name = ['const', 'let'].includes(textAt(code, from)) ? from + 1 : from;
  let end = name;
  while (textAt(code, end + 1) === '.' && isWord(textAt(code, end + 2))) end += 2;
  if (isWord(textAt(code, name)) && textAt(code, end + 1) === '=' && !['=', '>'].includes(textAt(code, end + 2))) return slice(code, name, end);
  if (call === undefined || call.from !== from || call.to !== to || !call.callee.includes('.')) return undefined;
  return call.callee.slice(0, call.callee.lastIndexOf('.'));
}
