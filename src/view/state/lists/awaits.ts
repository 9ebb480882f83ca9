/** Who waits for whom: what is waited for hangs below whoever waits. A task that several wait for stands below each of them. */
import { startsTask, taskOf, type Call } from '../../model/call.ts';
import type { SessionModel } from '../../model/session.ts';
import { createMatch, type Cells, type List } from '../cells.ts';
import type { Listing, Row } from '../listing.ts';
import type { PlaceBook } from '../place-book.ts';
import type { ListState } from '../ui.ts';
import { tellHandle, tellPlace, tellTaskAndPlace, tellTime, tellWait } from '../words.ts';
import { shownState, stateCell, taskKey, waitedOf } from './tasks.ts';

/** A task on a way, or the thing at its end that is no task. */
export interface AwaitItem {
  /** It may stand in several places. */
  readonly key: string;
  readonly task: Call;
  /** Absent: the task itself. */
  readonly leaf?: string;
  /** It stands further up on the same way: they wait for each other. */
  readonly again: boolean;
}

export const awaits: List<AwaitItem> = {
  id: 'awaits',
  list: (session, state, book) => listAwaits(session, state, book),
  keyOf: ({ key }) => key,
  targetOf: ({ task, leaf }) => (leaf === undefined ? { kind: 'task', key: taskKey(task) } : undefined),
  cells: ({ item }, { session, book }) => cellsOf(item, session, book),
  empty: () => 'No task is known to wait. d takes a dump, which shows all that is suspended; the program stands still meanwhile.',
};

const DEEPEST = 50;
const MOST_ROWS = 20_000;

function listAwaits(session: SessionModel, state: ListState, book: PlaceBook): Listing<AwaitItem> {
  const waiting = session.programs.flatMap((program) => [...program.calls.values()].filter((call) => isWaiting(call)));
  const awaited = new Set(waiting.map(targetOf).filter((task) => task !== undefined));
  const match = createMatch(state.search);
  const roots = waiting.filter((task) => !awaited.has(task));
  // Those that wait for each other have no beginning: each of them is one.
  const reached = new Set<Call>();
  for (const root of roots) for (const task of wayOf(root)) reached.add(task);
  for (const task of waiting) {
    if (reached.has(task)) continue;
    roots.push(task);
    for (const each of wayOf(task)) reached.add(each);
  }
  const wanted = roots.filter((root) => match(() => wayOf(root).map((task) => tellTaskAndPlace(task, book)).join(' ')));
  if (state.sort === 'waiting') wanted.sort((one, other) => waitedOf(other, session) - waitedOf(one, session));
  if (state.sort === 'name') wanted.sort((one, other) => tellTaskAndPlace(one, book).localeCompare(tellTaskAndPlace(other, book)));
  if (state.reversed) wanted.reverse();
  const rows: Row<AwaitItem>[] = [];
  for (const root of wanted) if (rows.length < MOST_ROWS) addWay(root, state.folded, rows);
  return { rows, total: waiting.length };
}

function isWaiting(call: Call): boolean {
  return startsTask(call) && !call.over && call.standing?.waits === true && !call.program.isOver;
}

/** The task that it waits for. Absent: it is none, or not known. */
function targetOf(task: Call): Call | undefined {
  const on = task.standing?.on;
  const call = on === undefined ? undefined : task.program.calls.get(on);
  const target = call === undefined ? undefined : taskOf(call);
  return target === task ? undefined : target;
}

/** The task, what it waits for, and so on; a task that comes again ends it. */
function wayOf(root: Call): Call[] {
  const way: Call[] = [];
  for (let at: Call | undefined = root; at !== undefined && way.length < DEEPEST && !way.includes(at); at = isWaiting(at) ? targetOf(at) : undefined) {
    way.push(at);
  }
  return way;
}

function addWay(root: Call, folded: ReadonlySet<string>, rows: Row<AwaitItem>[]): void {
  const way = wayOf(root);
  const last = way.at(-1) ?? root;
  const next = isWaiting(last) ? targetOf(last) : undefined;
  let prefix = '';
  for (const [depth, task] of way.entries()) {
    const key = `${taskKey(task)}${prefix}`;
    prefix = ` ${key}`;
    const end = task === last && next === undefined ? leafOf(task) : undefined;
    const children = task === last && next === undefined && end === undefined ? 0 : 1;
    rows.push({ item: { key, task, again: false }, depth, children, context: false });
    if (folded.has(key)) return;
    if (end !== undefined) rows.push({ item: { key: `${key} leaf`, task, leaf: end, again: false }, depth: depth + 1, children: 0, context: false });
  }
  if (next === undefined) return;
  rows.push({
    item: { key: `${taskKey(next)} again${prefix}`, task: next, again: way.includes(next) }, depth: way.length, children: 0, context: false,
  });
}

/** What is waited for where it is no task. */
function leafOf({ standing }: Call): string | undefined {
  if (standing?.waits !== true) return undefined;
  if (standing.handle !== undefined) return tellHandle(standing.handle);
  if (standing.what === undefined) return undefined;
  return standing.pending === undefined ? tellWait(standing.what) : `${tellWait(standing.what)} (${standing.pending} left)`;
}

function cellsOf({ task, leaf, again }: AwaitItem, session: SessionModel, book: PlaceBook): Cells {
  if (leaf !== undefined) return { tone: 'accent', cells: { name: { text: leaf } } };
  const places = book.of(task.program);
  return {
    tone: again ? 'bad' : 'plain',
    cells: {
      state: stateCell(shownState(task)),
      wait: { text: tellTime(waitedOf(task, session)) },
      name: { text: `${tellTaskAndPlace(task, book)}${again ? '  ⟲ waits for itself' : ''}` },
      at: { text: tellPlace(places.of(task.standing?.at)), tone: 'dim' },
    },
  };
}
