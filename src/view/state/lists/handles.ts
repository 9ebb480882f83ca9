/** What keeps programs alive, or could: timers, servers, sockets, as far as they are recorded. */
import { taskOf } from '../../model/call.ts';
import { clockOf, type HandleModel } from '../../model/program.ts';
import type { SessionModel } from '../../model/session.ts';
import { createMatch, type CellContext, type Cells, type List } from '../cells.ts';
import { listTree } from '../listing.ts';
import type { PlaceBook } from '../place-book.ts';
import { clean, tellHandle, tellPlace, tellTaskAndPlace, tellTime, userPlace } from '../words.ts';

export const handles: List<HandleModel> = {
  id: 'handles',
  list(session, state, book) {
    const match = createMatch(state.search);
    const byName = (one: HandleModel, other: HandleModel): number => textOf(one, book).localeCompare(textOf(other, book));
    const byAge = (one: HandleModel, other: HandleModel): number => ageOf(other, session) - ageOf(one, session);
    return listTree<HandleModel>({
      items: session.programs.flatMap((program) => [...program.handles.values()]),
      keyOf: handleKey,
      parentOf: () => undefined,
      isWanted: (item) => (state.filter === 'all' || item.refd) && match(() => textOf(item, book)),
      folded: state.folded,
      flat: true,
      reversed: state.reversed,
      ...(state.sort === 'tree' ? {} : { compare: state.sort === 'name' ? byName : byAge }),
    });
  },
  keyOf: handleKey,
  targetOf: (item) => ({ kind: 'handle', key: handleKey(item) }),
  cells: ({ item }, context) => cellsOf(item, context),
  empty: () => 'None is recorded yet: a handle appears when it outlives its scope, and at the program\'s end. A dump (Awaits, d) shows all.',
};

function handleKey({ program, opened }: HandleModel): string {
  return `${program.number}.${opened.handle}`;
}

function textOf(item: HandleModel, book: PlaceBook): string {
  return `${tellHandle(item.opened.type)} ${tellPlace(userPlace(item.program, item.opened.stack, book))}`;
}

function ageOf({ program, opened, closedMs }: HandleModel, session: SessionModel): number {
  return (closedMs >= 0 ? closedMs : clockOf(program, session.nowMs)) - opened.atMs;
}

export function handleState({ closedMs, how, refd }: HandleModel): string {
  if (closedMs >= 0) return how === 'fired' ? 'fired' : 'closed';
  return refd ? 'open' : 'unref’d';
}

function cellsOf(item: HandleModel, { session, book }: CellContext): Cells {
  const { program, opened } = item;
  const scope = opened.scope === undefined ? undefined : program.scopes.get(opened.scope);
  const state = handleState(item);
  return {
    tone: item.closedMs >= 0 ? 'dim' : 'plain',
    cells: {
      state: { text: state, tone: state === 'open' ? 'good' : 'dim' },
      age: { text: tellTime(ageOf(item, session)) },
      name: { text: tellHandle(opened.type) },
      made: { text: tellPlace(userPlace(program, opened.stack, book)) },
      task: { text: tellTaskAndPlace(taskOf(program.call(opened.call)), book) },
      scope: { text: scope === undefined ? '' : clean(scope.entered.name) },
    },
  };
}
