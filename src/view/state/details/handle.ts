/** A timer, a server, a socket: who made it, and where. */
import { taskOf } from '../../model/call.ts';
import type { SessionModel } from '../../model/session.ts';
import { handleState } from '../lists/handles.ts';
import { taskKey } from '../lists/tasks.ts';
import type { Target } from '../ui.ts';
import { clean, pathOf, tellHandle, tellPlace, tellTime } from '../words.ts';
import { fact, type Detail, type DetailContext } from './detail.ts';
import { findHandle } from './find.ts';

export function describeHandle(key: string, context: DetailContext): Detail {
  const handle = findHandle(key, context.session);
  if (handle === undefined) return { title: 'Handle', lines: ['', '  It is not kept any longer.'], hint: 'esc back' };
  const { program, opened } = handle;
  const { book } = context;
  const scope = opened.scope === undefined ? undefined : program.scopes.get(opened.scope);
  return {
    title: `A ${tellHandle(opened.type)}`,
    lines: [
      ...fact('state', handleState(handle), context),
      ...fact('made', `${tellTime(opened.atMs)} after the program's start${opened.by === undefined ? '' : `, by ${opened.by}`}`, context),
      ...fact('by task', pathOf(taskOf(program.call(opened.call)), book).join(' › '), context),
      ...fact('in scope', scope === undefined ? '' : `"${clean(scope.entered.name)}"`, context),
      ...opened.stack.flatMap((site, at) => fact(at === 0 ? 'at' : '', tellPlace(book.of(program).of(site)), context)),
    ],
    hint: 'enter task  esc back',
  };
}

export function relatedToHandle(key: string, session: SessionModel): Target | undefined {
  const handle = findHandle(key, session);
  return handle === undefined ? undefined : { kind: 'task', key: taskKey(taskOf(handle.program.call(handle.opened.call))) };
}
