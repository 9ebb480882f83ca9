/** Gathers what happened to each scope, in order, and follows who owns it. */
import type { CallId, ScopeEntered, ScopeId, SiteId } from '../../tracker/protocol.ts';
import type { Scope, ScopeEvent, ScopeExit } from '../model.ts';
import type { Facts, TimelineRecord } from './facts.ts';
import { indexCalls, waitingFor, type Call, type CallLookup } from './calls.ts';
import { createOwnership, type Ownership } from './ownership.ts';
import type { Growing, TaskIndex } from './tasks.ts';

/** A scope while it is being folded: the lists still grow. */
export type GrowingScope = Growing<Omit<Scope, 'exits' | 'cancels' | 'uses' | 'owners'>> & {
  exits: ScopeExit[];
  cancels: Scope['cancels'][number][];
  uses: Scope['uses'][number][];
  owners: Scope['owners'][number][];
};

export interface ScopeFold {
  /** Orders of the joins whose waiting task was inferred. */
  readonly inferredJoins: readonly number[];
  readonly scopes: Map<ScopeId, GrowingScope>;
  /** Records that speak of scopes nobody entered. */
  readonly dangling: number;
}

/** One walk along the recording. */
export function foldScopes(facts: Facts, index: TaskIndex): ScopeFold {
  const scopes = new Map<ScopeId, GrowingScope>();
  const ownership = createOwnership();
  const find = indexCalls(facts.calls, index);
  let dangling = 0;
  for (const { order, record } of facts.timeline) {
    if (!replay(order, record, { scopes, ownership, index, find })) dangling++;
  }
  return { scopes, dangling, inferredJoins: ownership.inferredJoins };
}

interface Replay {
  readonly scopes: Map<ScopeId, GrowingScope>;
  readonly ownership: Ownership;
  readonly index: TaskIndex;
  readonly find: CallLookup;
}

/** False: the record speaks of a scope that was never entered. */
function replay(order: number, record: TimelineRecord, { scopes, ownership, index, find }: Replay): boolean {
  switch (record.kind) {
    case 'scope-entered':
      if (!scopes.has(record.scope)) enter(order, record, { scopes, ownership, index, find });
      return true;
    case 'scope-exited':
    case 'scope-cancelled':
    case 'scope-used': {
      const scope = scopes.get(record.scope);
      if (scope === undefined) return false;
      const event = eventOf(order, record, index);
      if (record.kind === 'scope-exited') {
        const callers = event.task === scope.entered.task ? {} : callersOf(find(record.call));
        ownership.exit(scope, { ...event, ...(record.moved === true && { moved: true }), ...callers });
      } else if (record.kind === 'scope-used') scope.uses.push({ ...event, use: record.use });
      else scope.cancels.push({ ...event, ...reasonOf(record) });
      return true;
    }
    default:
      meet(order, record, ownership, index);
      return true;
  }
}

/** So many are enough to come to what the program calls it in its own words. */
const MOST_CALLERS = 20;

function callersOf(exiting: Call): Pick<ScopeExit, 'calledFrom'> {
  const calledFrom: SiteId[] = [];
  let steps = 0;
  for (const { from } of waitingFor(exiting)) {
    if (++steps > MOST_CALLERS) break;
    if (from !== undefined) calledFrom.push(from);
  }
  return calledFrom.length === 0 ? {} : { calledFrom };
}

function enter(order: number, record: ScopeEntered, { scopes, ownership, index }: Replay): void {
  const entered = eventOf(order, record, index);
  const parent = record.parent === undefined ? undefined : scopes.get(record.parent);
  const scope: GrowingScope = {
    id: record.scope,
    kind: record.scopeKind,
    name: record.name,
    ...(record.waives === undefined ? {} : { waives: record.waives }),
    ...(parent === undefined ? {} : { parent }),
    entered,
    exits: [],
    cancels: [],
    uses: [],
    owners: [],
  };
  scopes.set(record.scope, scope);
  ownership.enter(scope);
}

function meet(
  order: number,
  record: Extract<TimelineRecord, { kind: `call-${string}` }>,
  ownership: Ownership,
  index: TaskIndex,
): void {
  const task = index.startedBy(record.call);
  if (task === undefined) return;
  if (record.kind === 'call-ended') {
    ownership.end(task, order, record.atMs);
    return;
  }
  const by = index.of(record.by);
  if (by.task === task) return;
  const meeting = { task: by.task, order, atMs: record.atMs };
  if (record.kind === 'call-observed') {
    task.observers.push({ ...meeting, certain: by.certain });
    return;
  }
  // A task with an identity of its own whose caller awaited it at once is joined when it ends.
  ownership.join(task, { ...meeting, certain: by.certain && record.inferred !== true });
}

function eventOf(
  order: number,
  record: { readonly call: CallId; readonly stack: readonly SiteId[]; readonly atMs: number },
  index: TaskIndex,
): ScopeEvent {
  const { task, certain } = index.of(record.call);
  const origin = index.originOf(record.call);
  const byCallback = origin === 'callback' || origin === 'then';
  return { task, certain, stack: record.stack, order, atMs: record.atMs, ...(byCallback && { byCallback }) };
}

function reasonOf({ reason }: { readonly reason?: string }): { readonly reason?: string } {
  return reason === undefined ? {} : { reason };
}
