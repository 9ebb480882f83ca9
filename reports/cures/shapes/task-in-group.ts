/** A call that nobody waits for, `void work(x)`, as a task of a group that is put around what happens meanwhile. */
import { mentions, type Code } from '../code.ts';
import type { Cure, Spot } from '../cure.ts';
import { indent, semicolonOf } from '../layout.ts';
import { statementAround } from '../statements.ts';
import { signalOf } from './body.ts';
import { mayNeverEnd } from './endless.ts';
import { replace } from './replace.ts';
import { roomFor, waiterAround, type Waiter } from './room.ts';
import { readStarted } from './started.ts';

/** `edges`: where the scope that it outlived was entered and exited, as far as that is in this source. */
export function taskInGroup({ code, at }: Spot, edges: readonly number[]): Cure | undefined {
  const statement = statementAround(code, at);
  const waiter = statement === undefined ? undefined : waiterAround(code, at);
  if (statement === undefined || waiter === undefined) return undefined;
  const started = readStarted(code, statement, at);
  const room = roomFor(code, waiter, statement, edges);
  const names = namesIn(code, waiter);
  if (started === undefined || room === undefined || names === undefined) return undefined;
  const edit = started.edit(names.start);
  const replaced = replace(code, room.range, statement, edit);
  if (replaced === undefined || (!replaced.isWhole && room.words === undefined)) return undefined;
  const end = semicolonOf(code, statement);
  const entrance = room.entrance ?? [];
  const inner = room.result === undefined ? replaced.after : [...replaced.after, `return ${room.result}${end}`];
  const outer = waiter === 'module' ? undefined : signalOf(code, waiter);
  const notes = [
    ...(replaced.isWhole ? [] : [room.words ?? '']), ...started.notes,
    // The group would wait for it, and nobody would tell it to stop.
    ...(mayNeverEnd(code, started.at) ? [`If \`${started.name}\` never ends by itself, call the group's \`cancel()\` when it is no longer needed.`] : []),
  ];
  return {
    remedy: 'taskGroup',
    before: [...entrance, ...replaced.before, ...room.exits].join('\n'),
    after: [
      ...entrance,
      `${room.head} taskGroup(async (${names.param}) => {`, ...indent(inner),
      `}${outer === undefined ? '' : `, ${outer}`})${end}`, ...room.exits,
    ].join('\n'),
    ...(notes.length === 0 ? {} : { note: notes.join(' ') }),
  };
}

interface Names {
  readonly param: string;
  readonly start: string;
}

/** A name for what starts tasks that the function does not use yet. */
function namesIn(code: Code, waiter: Waiter): Names | undefined {
  const [from, to] = waiter === 'module' ? [0, code.tokens.length] : [waiter.params ?? waiter.open, waiter.close];
  if (!mentions(code, from, to, new Set(['start']))) return { param: '{ start }', start: 'start' };
  return mentions(code, from, to, new Set(['group'])) ? undefined : { param: 'group', start: 'group.start' };
}
