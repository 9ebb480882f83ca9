/** Scopes inside each other, and signals below those they follow. */
import { taskOf } from '../../model/call.ts';
import { clockOf, ProgramModel, type ScopeModel, type SignalModel } from '../../model/program.ts';
import type { SessionModel } from '../../model/session.ts';
import { createMatch, type Cell, type CellContext, type Cells, type List, type Tone } from '../cells.ts';
import { listTree } from '../listing.ts';
import type { PlaceBook } from '../place-book.ts';
import type { SortId } from '../sorts.ts';
import { tallyOf, type Tallies } from '../tallies.ts';
import type { ListState, Target } from '../ui.ts';
import { clean, tellPlace, tellProgram, tellTaskAndPlace, tellTime, userPlace } from '../words.ts';

export type ScopeItem = ProgramModel | ScopeModel | SignalModel;

export const scopes: List<ScopeItem> = {
  id: 'scopes',
  list(session, state, book) {
    const match = createMatch(state.search);
    const tallies = tallyOf(session);
    const many = session.programs.length > 1;
    return listTree<ScopeItem>({
      items: session.programs.flatMap((program) => [...(many ? [program] : []), ...program.scopes.values(), ...program.signals.values()]),
      keyOf: scopeKey,
      parentOf: (item) => parentOf(item, session, many),
      isWanted: (item) => isWanted(item, state, tallies) && match(() => textOf(item, book)),
      folded: state.folded,
      flat: state.sort !== 'tree',
      reversed: state.reversed,
      ...compareBy(state.sort, session, tallies, book),
    });
  },
  keyOf: scopeKey,
  targetOf,
  cells: ({ item }, context) => cellsOf(item, context),
  newest: (rows) => rows.reduce((best, row, at) => (bornOf(row.item) > bornOf(rows[best]?.item) ? at : best), 0),
  empty: () => 'No scope is open. Those of the library, disposable stacks, requests, clients, transactions and signals appear here.',
};

export function isScope(item: ScopeItem): item is ScopeModel {
  return 'entered' in item;
}

export function scopeKey(item: ScopeItem): string {
  if (item instanceof ProgramModel) return `p${item.number}`;
  return isScope(item) ? `${item.program.number}.${item.entered.scope}` : `${item.program.number}.${item.id}.signal`;
}

function targetOf(item: ScopeItem): Target {
  return { kind: item instanceof ProgramModel ? 'program' : isScope(item) ? 'scope' : 'signal', key: scopeKey(item) };
}

function parentOf(item: ScopeItem, session: SessionModel, many: boolean): ScopeItem | undefined {
  if (item instanceof ProgramModel) return session.programs.find((each) => each.id === item.started?.parent);
  const { program } = item;
  const parent = isScope(item)
    ? item.entered.parent === undefined ? undefined : program.scopes.get(item.entered.parent)
    : item.sources.map((id) => program.signals.get(id)).find((source) => source !== undefined);
  return parent ?? (many ? program : undefined);
}

function bornOf(item: ScopeItem | undefined): number {
  if (item === undefined || item instanceof ProgramModel) return -1;
  return (isScope(item) ? item.entered.atMs : item.createdMs) + (item.program.started?.startedAtEpochMs ?? 0);
}

export function scopeState(item: ScopeModel | SignalModel): string {
  if (!isScope(item)) return item.abortedMs >= 0 ? 'aborted' : 'signal';
  if (item.exitedMs >= 0) return 'exited';
  if (item.cancelledMs >= 0) return 'cancelled';
  return item.program.isOver ? 'left open' : 'open';
}

function isWanted(item: ScopeItem, { filter, sort, search }: ListState, tallies: Tallies): boolean {
  if (item instanceof ProgramModel) return filter === 'all' && sort === 'tree' && search === undefined;
  const state = scopeState(item);
  if (filter === 'open') return state === 'open' || state === 'left open' || state === 'cancelled';
  if (filter === 'cancelled') return state === 'cancelled' || state === 'aborted';
  if (filter === 'with findings') return isScope(item) && tallies.ofScope(item).total > 0;
  return true;
}

function nameOf(item: ScopeItem): string {
  if (item instanceof ProgramModel) return tellProgram(item);
  if (isScope(item)) return `${clean(item.entered.name)}${item.entered.scopeKind === 'explicit' ? '' : `  (${item.entered.scopeKind})`}`;
  return item.how === 'unknown' ? 'AbortSignal' : item.how === 'controller' ? 'AbortController' : `AbortSignal.${item.how}`;
}

function textOf(item: ScopeItem, book: PlaceBook): string {
  return item instanceof ProgramModel ? nameOf(item) : `${nameOf(item)} ${hostOf(item, book)}`;
}

function hostOf(item: ScopeModel | SignalModel, book: PlaceBook): string {
  if (isScope(item)) return tellTaskAndPlace(taskOf(item.call), book);
  return item.call === 0 ? '' : tellTaskAndPlace(taskOf(item.program.call(item.call)), book);
}

type Compare = { readonly compare?: (one: ScopeItem, other: ScopeItem) => number };

function compareBy(sort: SortId, session: SessionModel, tallies: Tallies, book: PlaceBook): Compare {
  switch (sort) {
    case 'age':
      return { compare: (one, other) => ageOf(other, session) - ageOf(one, session) };
    case 'inside':
      return { compare: (one, other) => insideOf(other, tallies) - insideOf(one, tallies) };
    case 'findings':
      return { compare: (one, other) => foundOf(other, tallies) - foundOf(one, tallies) };
    case 'name':
      return { compare: (one, other) => textOf(one, book).localeCompare(textOf(other, book)) };
    default:
      return {};
  }
}

export function ageOf(item: ScopeItem, session: SessionModel): number {
  if (item instanceof ProgramModel) return -1;
  const nowMs = clockOf(item.program, session.nowMs);
  if (!isScope(item)) return nowMs - item.createdMs;
  return (item.exitedMs >= 0 ? item.exitedMs : nowMs) - item.entered.atMs;
}

function insideOf(item: ScopeItem, tallies: Tallies): number {
  if (item instanceof ProgramModel) return -1;
  return isScope(item) ? tallies.insideOf(item) : item.users.size;
}

function foundOf(item: ScopeItem, tallies: Tallies): number {
  return item instanceof ProgramModel || !isScope(item) ? 0 : tallies.ofScope(item).total;
}

const TONES: Readonly<Record<string, Tone>> = {
  open: 'good', cancelled: 'warn', aborted: 'warn', exited: 'dim', 'left open': 'warn', signal: 'accent',
};

function cellsOf(item: ScopeItem, { session, book }: CellContext): Cells {
  if (item instanceof ProgramModel) return { tone: 'strong', cells: { name: { text: nameOf(item) } } };
  const tallies = tallyOf(session);
  const state = scopeState(item);
  const inside = insideOf(item, tallies);
  const place = isScope(item) ? userPlace(item.program, item.entered.stack, book) : undefined;
  return {
    tone: state === 'exited' ? 'dim' : 'plain',
    cells: {
      state: { text: state, tone: TONES[state] ?? 'plain' },
      age: { text: tellTime(ageOf(item, session)) },
      inside: { text: inside === 0 ? '' : String(inside) },
      listeners: { text: isScope(item) || item.left === 0 ? '' : String(item.left), tone: 'warn' },
      findings: findingsCell(item, tallies),
      name: { text: nameOf(item) },
      host: { text: hostOf(item, book) },
      reason: { text: clean(item.reason), tone: 'warn' },
      place: { text: tellPlace(place), tone: 'dim' },
    },
  };
}

function findingsCell(item: ScopeModel | SignalModel, tallies: Tallies): Cell {
  if (!isScope(item)) return { text: '' };
  const { total, violations } = tallies.ofScope(item);
  return total === 0 ? { text: '' } : { text: String(total), tone: violations > 0 ? 'bad' : 'warn' };
}
