/** A signal: who made it, who works under it, who aborted it. */
import { taskOf } from '../../model/call.ts';
import type { SessionModel } from '../../model/session.ts';
import { taskKey } from '../lists/tasks.ts';
import type { Target } from '../ui.ts';
import { clean, count, pathOf, tellPlace, tellTaskAndPlace, tellTime } from '../words.ts';
import { fact, heading, type Detail, type DetailContext } from './detail.ts';
import { findSignal } from './find.ts';

const MOST_LISTED = 30;

export function describeSignal(key: string, context: DetailContext): Detail {
  const signal = findSignal(key, context.session);
  if (signal === undefined) return { title: 'Signal', lines: ['', '  It is not kept any longer.'], hint: 'esc back' };
  const { program, how, call, createdMs, abortedMs, abortedBy, abortedAt, reason, left, users } = signal;
  const { book } = context;
  const pathTo = (id: number): string => (id === 0 ? '' : pathOf(taskOf(program.call(id)), book).join(' › '));
  const at = tellPlace(abortedAt === 0 ? undefined : book.of(program).of(abortedAt));
  const under = [...users].map((id) => program.calls.get(id)).filter((user) => user !== undefined);
  return {
    title: 'AbortSignal',
    lines: [
      ...fact('made by', [how, pathTo(call)].filter((part) => part !== '').join(', '), context),
      ...fact('made', `${tellTime(createdMs)} after the program's start`, context),
      ...fact('aborted', abortedMs < 0 ? 'no' : `${tellTime(abortedMs)} after the program's start${reason === '' ? '' : `: ${clean(reason)}`}`, context),
      ...fact('aborted by', pathTo(abortedBy), context),
      ...fact('aborted at', at, context),
      ...fact('listeners', left === 0 ? '' : `${count(left, 'call')} that ended left one`, context),
      ...(under.length === 0 ? [] : heading('Worked under it', context)),
      ...under.slice(0, MOST_LISTED).map((user) => `  ${tellTaskAndPlace(taskOf(user), book)}`),
    ],
    hint: 'enter task that made it  esc back',
  };
}

export function relatedToSignal(key: string, session: SessionModel): Target | undefined {
  const signal = findSignal(key, session);
  const call = signal === undefined ? undefined : signal.program.calls.get(signal.call);
  return call === undefined ? undefined : { kind: 'task', key: taskKey(taskOf(call)) };
}
