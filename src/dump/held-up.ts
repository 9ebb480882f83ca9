/** What is said of a thread whose event loop does not turn: its stack, in place of a tree. */
import { wrap } from '../../reports/index.ts';
import type { HeldFrame, Place } from '../../reports/index.ts';
import type { Screen } from '../screen.ts';
import type { HeldUp } from './take-dump.ts';

const MOST_FRAMES = 20;
const VARIABLES_INDENT = '      ';

export function formatHeldUp(who: string, { kind, stack }: HeldUp, { style, width }: Screen): string {
  const shown = stack.filter(({ internal }) => !internal);
  const first = shown[0] ?? stack[0];
  const where = first === undefined ? 'in code without a name' : `at ${atPlace(first)}`;
  const headline =
    kind === 'busy'
      ? `${who} is busy in synchronous code ${where}, and its event loop does not turn: nothing that waits can go on before this ends.`
      : `${who} is held by another debugger ${where}: nothing goes on before it is resumed there.`;
  const frames = (shown.length > 0 ? shown : stack).slice(0, MOST_FRAMES).flatMap((frame) => {
    const variables = wrap(tellVariables(frame), width - VARIABLES_INDENT.length).map((each) => style.dim(`${VARIABLES_INDENT}${each}`));
    return [`  ${frame.library ? style.dim(line(frame)) : line(frame)}`, ...(frame.variables === undefined ? [] : variables)];
  });
  return `${wrap(headline, width).map((each) => style.bold(each)).join('\n')}\n\n${frames.join('\n')}\n`;
}

/** `n, total`, or `n = 3, total = 7`. */
function tellVariables({ variables = [] }: HeldFrame): string {
  return variables.map(({ name, value }) => (value === undefined ? name : `${name} = ${value}`)).join(', ');
}

function line(place: Place): string {
  return `${place.function ?? '(anonymous)'}  ${place.file}:${place.line}:${place.column}`;
}

function atPlace({ file, line: number, function: name }: Place): string {
  return `${file}:${number}${name === undefined ? '' : ` in ${name}`}`;
}
