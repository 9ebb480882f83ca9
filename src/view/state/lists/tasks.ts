/** Tasks below those that started them; with several programs, each below its own. */
import { startsTask, spawnerOf, stateOf, type Call, type Standing } from '../../model/call.ts';
import { clockOf, ProgramModel } from '../../model/program.ts';
import { FADE_MS, type SessionModel } from '../../model/session.ts';
import { createMatch, type Cell, type Cells, type List, type Tone } from '../cells.ts';
import { tallyOf, type Tallies } from '../tallies.ts';
import { listTree } from '../listing.ts';
import type { PlaceBook } from '../place-book.ts';
import type { SortId } from '../sorts.ts';
import type { ListState } from '../ui.ts';
import { placeOf, tellHandle, tellPlace, tellProgram, tellTask, tellTaskAndPlace, tellTime, tellWait } from '../words.ts';

export type TaskItem = Call | ProgramModel;

export const tasks: List<TaskItem> = {
  id: 'tasks',
  list(session, state, book) {
    const match = createMatch(state.search);
    const tallies = tallyOf(session);
    const many = session.programs.length > 1;
    return listTree<TaskItem>({
      items: itemsOf(session, many),
      keyOf: taskKey,
      parentOf: (item) => parentOf(item, session, many),
      ...(isWhole(state) ? {} : { isWanted: (item: TaskItem) => isWanted(item, state, tallies) && match(() => textOf(item, book)) }),
      folded: state.folded,
      flat: state.sort !== 'tree',
      reversed: state.reversed,
      ...compareBy(state.sort, session, tallies, book),
    });
  },
  keyOf: taskKey,
  targetOf: (item) => ({ kind: item instanceof ProgramModel ? 'program' : 'task', key: taskKey(item) }),
  cells: ({ item }, { session, book }) => (item instanceof ProgramModel ? programCells(item) : taskCells(item, session, book)),
  newest: (rows) => rows.reduce((best, row, at) => (bornOf(row.item) > bornOf(rows[best]?.item) ? at : best), 0),
  empty: (session) =>
    session.programs.length === 0
      ? 'No program of this session has been seen yet.'
      : 'No task fits. Esc takes the search and the filter back.',
};

function bornOf(item: TaskItem | undefined): number {
  return item === undefined || item instanceof ProgramModel ? -1 : item.startMs + (item.program.started?.startedAtEpochMs ?? 0);
}

export function taskKey(item: TaskItem): string {
  return item instanceof ProgramModel ? `p${item.number}` : `${item.program.number}.${item.id}`;
}

function itemsOf(session: SessionModel, many: boolean): TaskItem[] {
  const items: TaskItem[] = [];
  for (const program of session.programs) {
    if (many) items.push(program);
    for (const call of program.calls.values()) if (startsTask(call)) items.push(call);
  }
  return items;
}

function parentOf(item: TaskItem, session: SessionModel, many: boolean): TaskItem | undefined {
  if (item instanceof ProgramModel) return session.programs.find((each) => each.id === item.started?.parent);
  return nearestTask(spawnerOf(item)) ?? (many ? item.program : mainOf(item));
}

const FAR = 1000;

/** The first on the way up that is in the list: a starter may have been let go of, or be a call of which too little is known. */
function nearestTask(call: Call | undefined): Call | undefined {
  let at = call;
  for (let steps = 0; at !== undefined && steps < FAR; steps++) {
    if (!at.gone && startsTask(at)) return at;
    at = spawnerOf(at);
  }
  return undefined;
}

function isWhole({ filter, search, sort }: ListState): boolean {
  return filter === 'all' && search === undefined && sort === 'tree';
}

/** What nobody is known to have started hangs below the main task. */
function mainOf(task: Call): Call | undefined {
  return task.id === 1 ? undefined : task.program.calls.get(1);
}

function isWanted(item: TaskItem, { filter, sort, search }: ListState, tallies: Tallies): boolean {
  if (item instanceof ProgramModel) return filter === 'all' && sort === 'tree' && search === undefined;
  switch (filter) {
    case 'alive':
      return !item.over && !item.program.isOver;
    case 'waiting':
      return stateOf(item) === 'waiting';
    case 'in scopes':
      return item.scope !== 0 || tallies.openOf(item) > 0;
    case 'with findings':
      return tallies.findingsOf(item).total > 0;
    default:
      return true;
  }
}

function textOf(item: TaskItem, book: PlaceBook): string {
  return item instanceof ProgramModel ? tellProgram(item) : `${tellTask(item, book)} ${tellPlace(placeOf(item, book))}`;
}

type Compare = { readonly compare?: (one: TaskItem, other: TaskItem) => number };

function compareBy(sort: SortId, session: SessionModel, tallies: Tallies, book: PlaceBook): Compare {
  const by = (value: (call: Call) => number): Compare => ({
    compare: (one, other) => valueOf(other, value) - valueOf(one, value),
  });
  switch (sort) {
    case 'age':
      return by((call) => ageOf(call, session));
    case 'waiting':
      return by((call) => waitedOf(call, session));
    case 'scopes':
      return by((call) => tallies.openOf(call));
    case 'findings':
      return by((call) => tallies.findingsOf(call).total);
    case 'name':
      return { compare: (one, other) => textOf(one, book).localeCompare(textOf(other, book)) };
    default:
      return {};
  }
}

function valueOf(item: TaskItem, value: (call: Call) => number): number {
  return item instanceof ProgramModel ? -1 : value(item);
}

export function ageOf(call: Call, session: SessionModel): number {
  const end = call.vanishedMs >= 0 ? call.vanishedMs : call.endMs;
  return (call.over ? end : clockOf(call.program, session.nowMs)) - call.startMs;
}

/** -1: it does not wait. */
export function waitedOf(call: Call, session: SessionModel): number {
  const { standing } = call;
  return standing?.waits !== true || call.over ? -1 : Math.max(0, clockOf(call.program, session.nowMs) - standing.sinceMs);
}

function programCells(program: ProgramModel): Cells {
  const state = program.ended === undefined ? (program.killed ? 'killed' : 'running') : 'ended';
  return {
    tone: program.isOver ? 'dim' : 'strong',
    cells: {
      state: { text: state, ...(program.killed ? { tone: 'bad' as const } : {}) },
      name: { text: tellProgram(program) },
      place: { text: `process ${program.started?.pid ?? '?'}` },
    },
  };
}

function taskCells(call: Call, session: SessionModel, book: PlaceBook): Cells {
  const state = shownState(call);
  const { open, findings } = countsOf(call, session);
  return {
    tone: toneOf(call, session),
    cells: {
      state: stateCell(state),
      age: { text: tellTime(ageOf(call, session)) },
      wait: { text: tellTime(waitedOf(call, session)) },
      scopes: { text: open === 0 ? '' : String(open), tone: 'accent' },
      findings,
      name: { text: tellTaskAndPlace(call, book) },
      place: { text: tellPlace(placeOf(call, book)), tone: 'dim' },
      awaits: { text: call.over ? '' : tellStanding(call, book) },
    },
  };
}

function countsOf(call: Call, session: SessionModel): { readonly open: number; readonly findings: Cell } {
  const tallies = tallyOf(session);
  const { total, violations } = tallies.findingsOf(call);
  return {
    open: tallies.openOf(call),
    findings: total === 0 ? { text: '' } : { text: String(total), tone: violations > 0 ? 'bad' : 'warn' },
  };
}

/** `unfinished`: its program is over, and it was not. */
export function shownState(call: Call): string {
  const state = stateOf(call);
  if (call.over || !call.program.isOver) return state;
  return call.id === 1 && call.program.ended?.how === 'drained' ? 'finished' : 'unfinished';
}

const STATES: Readonly<Record<string, Tone>> = {
  running: 'good', serving: 'good', waiting: 'accent', finished: 'dim', vanished: 'bad', unfinished: 'warn',
};

export function stateCell(state: string): Cell {
  return { text: state, tone: STATES[state] ?? 'plain' };
}

/** What is over fades before it goes. */
function toneOf(call: Call, session: SessionModel): Tone {
  if (!call.over) return 'plain';
  const overMs = clockOf(call.program, session.nowMs) - Math.max(call.endMs, call.vanishedMs);
  return overMs > FADE_MS || call.program.isOver ? 'dim' : 'plain';
}

/** What it waits for, and where: `timer at poll.mjs:12`. */
export function tellStanding(call: Call, book: PlaceBook): string {
  const { standing } = call;
  if (standing?.waits !== true) return '';
  const at = tellPlace(book.of(call.program).of(standing.at));
  return [what(call, standing, book), at === '' ? '' : `at ${at}`].filter((part) => part !== '').join(' ');
}

function what(call: Call, { what: kind, on, handle, pending }: Standing, book: PlaceBook): string {
  const other = on === undefined ? undefined : call.program.calls.get(on);
  if (other !== undefined) return tellTask(other, book);
  if (handle !== undefined) return tellHandle(handle);
  if (kind === undefined) return '';
  return pending === undefined ? tellWait(kind) : `${tellWait(kind)} (${pending} left)`;
}
