/** A call that nobody waits for, `void work(x)`, as a task of a group that is put around what happens meanwhile. */
import { readCall, withSignal, type Signalled } from '../calls.ts';
import { mentions, textAt, type Code, type Range } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { hasSemicolon, indent, linesOf, semicolonOf } from '../layout.ts';
import { functionAround, statementAround, type FunctionBody } from '../statements.ts';
import { bodyOf, signalOf } from './body.ts';
import { replace } from './replace.ts';

/** Would leave another function than before. */
const LEAVES: ReadonlySet<string> = new Set(['return', 'break', 'continue', 'yield', 'var', 'function', 'class']);
const RETURN: ReadonlySet<string> = new Set(['return']);

/** `edges`: where the scope that it outlived was entered and exited, as far as that is in this source. */
export function taskInGroup({ code, at }: Spot, edges: readonly number[]): Cure | undefined {
  const statement = statementAround(code, at);
  const around = functionAround(code, at);
  if (statement === undefined || around === undefined || !around.isAsync || around.isGenerator) return undefined;
  const started = readStarted(code, statement, at);
  if (started === undefined) return undefined;
  const inside = edges.filter((edge) => edge > around.open && edge < around.close);
  return inside.length === 0 ? aroundBody(code, around, statement, started) : untilExit(code, around, statement, started, inside);
}

interface Started extends Signalled {
  /** The last name of what is called. */
  readonly name: string;
}

/** `work(x)`, `void work(x)`, also with `.catch(…)` behind it, when it is `work` that the place is at. */
function readStarted(code: Code, { from, to }: Range, at: number): Started | undefined {
  const start = textAt(code, from) === 'void' ? from + 1 : from;
  let end = start;
  while (textAt(code, end + 1) === '.') end += 2;
  const close = code.partner.get(end + 1);
  if (textAt(code, end + 1) !== '(' || close === undefined || close > to || at < from || at > end) return undefined;
  const call = readCall(code, { from: start, to: close });
  if (call === undefined || !isChain(code, close + 1, to)) return undefined;
  const name = textAt(code, end).replace('#', '');
  const signalled = withSignal(code, call, close === to ? '' : code.text.slice(code.tokens[close]?.end, code.tokens[to]?.end));
  return signalled === undefined ? undefined : { ...signalled, name };
}

function isChain(code: Code, from: number, to: number): boolean {
  let at = from;
  while (at <= to && textAt(code, at) === '.' && ['catch', 'then', 'finally'].includes(textAt(code, at + 1)) && textAt(code, at + 2) === '(') {
    at = (code.partner.get(at + 2) ?? to) + 1;
  }
  return at === to + 1;
}

/** Around the whole body: whatever leaves it, waits for the group. */
function aroundBody(code: Code, around: FunctionBody, statement: Range, started: Started): Cure | undefined {
  const body = bodyOf(code, around);
  const start = startIn(code, around);
  if (body === undefined || start === undefined) return undefined;
  const outer = signalOf(code, around);
  const replaced = replace(code, body, statement, start.call(started));
  if (replaced === undefined) return undefined;
  const ways = outer === undefined ? '' : `, ${outer}`;
  const head = mentions(code, body.from, body.to, RETURN) ? 'return await' : 'await';
  const where = replaced.isWhole ? '' : `The group goes around the whole body of ${around.name === undefined ? 'the function' : `\`${around.name}\``}.`;
  const note = [where, started.note ?? ''].filter((text) => text !== '').join(' ');
  return {
    remedy: 'taskGroup',
    before: replaced.before.join('\n'),
    after: [`${head} taskGroup(async (${start.param}) => {`, ...indent(replaced.after), `}${ways})${semicolonOf(code, statement)}`].join('\n'),
    ...(note === '' ? {} : { note }),
  };
}

/** From the call up to the exit of the scope, in the same block. */
function untilExit(code: Code, around: FunctionBody, statement: Range, started: Started, edges: readonly number[]): Cure | undefined {
  const block = code.within[statement.from] ?? -1;
  const [exit, ...others] = edges.filter((edge) => edge > statement.to);
  if (block < 0 || exit === undefined || others.length > 0 || code.within[exit] !== block) return undefined;
  const leaving = statementAround(code, exit);
  const start = startIn(code, around);
  if (leaving === undefined || start === undefined || leaving.from <= statement.to + 1) return undefined;
  const last = leaving.from - 1;
  const range = { from: statement.from, to: hasSemicolon(code, { from: statement.from, to: last - 1 }) ? last - 1 : last };
  if (mentions(code, range.from, range.to, LEAVES)) return undefined;
  const result = resultOf(code, range, leaving.from, code.partner.get(block) ?? 0);
  if (result === undefined) return undefined;
  const replaced = replace(code, range, statement, start.call(started));
  if (replaced?.isWhole !== true) return undefined;
  const exits = linesOf(code, leaving);
  const inner = result === '' ? replaced.after : [...replaced.after, `return ${result}${semicolonOf(code, statement)}`];
  const outer = signalOf(code, around);
  return {
    remedy: 'taskGroup',
    before: [...replaced.before, ...exits].join('\n'),
    after: [
      `${result === '' ? '' : `const ${result} = `}await taskGroup(async (${start.param}) => {`, ...indent(inner),
      `}${outer === undefined ? '' : `, ${outer}`})${semicolonOf(code, statement)}`, ...exits,
    ].join('\n'),
    ...(started.note === undefined ? {} : { note: started.note }),
  };
}

/** The one name that is declared inside and used after. Empty: there is none. `undefined`: there are several. */
function resultOf(code: Code, { from, to }: Range, after: number, end: number): string | undefined {
  const used: string[] = [];
  const block = code.within[from];
  for (let at = from; at <= to; at++) {
    if (code.within[at] !== block || !['const', 'let', 'using'].includes(textAt(code, at))) continue;
    const isPlain = textAt(code, at) === 'const' && textAt(code, at + 2) === '=';
    const names = isPlain ? [textAt(code, at + 1)] : undefined;
    if (names === undefined) return undefined;
    if (mentions(code, after, end, new Set(names))) used.push(...names);
  }
  return used.length > 1 ? undefined : (used[0] ?? '');
}

interface Start {
  readonly param: string;
  readonly call: (started: Started) => string;
}

/** A name for what starts tasks that the function does not use yet. */
function startIn(code: Code, { open, close, params }: FunctionBody): Start | undefined {
  const from = params ?? open;
  const written = (name: string, { fn }: Started): string => `'${name}', ${fn}`;
  if (!mentions(code, from, close, new Set(['start']))) {
    return { param: '{ start }', call: (started) => `start(${written(started.name, started)})` };
  }
  if (mentions(code, from, close, new Set(['group']))) return undefined;
  return { param: 'group', call: (started) => `group.start(${written(started.name, started)})` };
}
