/** Folds records into what is shown. Nothing is judged here: findings come from the rules alone. */
import type {
  CallAwaited, CallSpawned, CallStanding, CallStarted, HandleClosed, HandleStanding, ScopeCancelled, ScopeEntered, ScopeExited, TraceRecord,
} from '../../../tracker/protocol.ts';
import { Call, startsTask } from './call.ts';
import type { History } from './history.ts';
import type { ProgramModel, ScopeModel } from './program.ts';
import { addSignalRecord } from './signals.ts';

/** What can be shown of one program at most. */
const MOST_CALLS = 200_000;
const MOST_SCOPES = 100_000;
const MOST_HANDLES = 20_000;

export interface Folding {
  readonly program: ProgramModel;
  readonly history: History;
  /** Told of what is over, in that order: it is let go of after a while. */
  readonly over: (call: Call) => void;
}

export function addRecord(folding: Folding, record: TraceRecord): void {
  const { program } = folding;
  program.records++;
  if ('atMs' in record && record.atMs > program.lastAtMs) program.lastAtMs = record.atMs;
  if (addCallRecord(folding, record) || addScopeRecord(folding, record) || addHandleRecord(program, record)) return;
  if (addSignalRecord(folding, record)) return;
  addProgramRecord(program, record);
}

function addCallRecord(folding: Folding, record: TraceRecord): boolean {
  const { program, history } = folding;
  switch (record.kind) {
    case 'call-started':
      announce(folding, record);
      return true;
    case 'call-awaited':
    case 'call-spawned':
      decide(folding, record);
      return true;
    case 'call-joined': {
      const call = program.call(record.call);
      call.joinedBy = record.by;
      history.add({ program, atMs: record.atMs, text: 'was waited for by', call, other: program.call(record.by) });
      return true;
    }
    case 'call-observed':
      history.add({ program, atMs: record.atMs, text: 'is waited for, too, by', call: program.call(record.call), other: program.call(record.by) });
      return true;
    case 'call-ended':
      end(folding, program.calls.get(record.call), record.atMs);
      return true;
    case 'call-vanished':
      vanish(folding, program.calls.get(record.call), record.atMs);
      return true;
    case 'call-pending':
      stand(program, { ...record, kind: 'call-standing', waits: true });
      return true;
    case 'call-standing':
      stand(program, record);
      return true;
    default:
      return false;
  }
}

function announce({ program, history }: Folding, record: CallStarted): void {
  if (program.calls.size >= MOST_CALLS) {
    program.omitted++;
    return;
  }
  if (program.calls.has(record.call)) return;
  const caller = record.caller === undefined ? undefined : program.call(record.caller);
  const call = new Call(program, record, caller);
  program.calls.set(call.id, call);
  if (startsTask(call)) program.alive++;
  if (caller !== undefined && startsTask(call)) {
    history.add({ program, atMs: record.atMs, text: 'started', call: caller, other: call, ...(call.from === 0 ? {} : { at: call.from }) });
  }
}

/** The first word counts, unless it was inferred and a later one was seen: as in the fold of the reports. */
function decide({ program, history }: Folding, record: CallAwaited | CallSpawned): void {
  const call = program.calls.get(record.call);
  if (call === undefined) return;
  const known = call.fate;
  const spawned = record.kind === 'call-spawned';
  if (known !== 'undecided' && !(call.fateInferred && (spawned || record.inferred !== true))) return;
  const was = startsTask(call);
  const by = program.call(record.by);
  call.by = by;
  call.fate = spawned ? 'spawned' : 'awaited';
  call.fateInferred = record.inferred === true;
  const is = startsTask(call);
  if (!call.over && was !== is) program.alive += is ? 1 : -1;
  if (is && !was) {
    history.add({ program, atMs: call.startMs, text: 'started', call: by, other: call, ...(call.from === 0 ? {} : { at: call.from }) });
  }
}

function end(folding: Folding, call: Call | undefined, atMs: number): void {
  // The main task ends when nothing is left to do, not when its script has run.
  if (call === undefined || call.endMs >= 0 || call.vanishedMs >= 0 || call.id === 1) return;
  call.endMs = atMs;
  call.standing = undefined;
  if (call.over) finish(folding, call, atMs);
}

function finish({ program, history, over }: Folding, call: Call, atMs: number): void {
  if (startsTask(call)) {
    program.alive--;
    history.add({ program, atMs, text: 'ended', call });
  }
  over(call);
}

function vanish({ program, history, over }: Folding, call: Call | undefined, atMs: number): void {
  if (call === undefined || call.over || call.serves) return;
  call.vanishedMs = atMs;
  if (startsTask(call)) program.alive--;
  history.add({ program, atMs, text: 'was collected while it waited', call });
  over(call);
}

function stand(program: ProgramModel, record: CallStanding): void {
  const call = program.calls.get(record.call);
  if (call === undefined) return;
  const { at, what, on, pending, handle, waits, atMs } = record;
  call.standing = {
    ...(at === undefined ? {} : { at }),
    ...(what === undefined ? {} : { what }),
    ...(on === undefined ? {} : { on }),
    ...(pending === undefined ? {} : { pending }),
    ...(handle === undefined ? {} : { handle }),
    waits,
    sinceMs: atMs,
  };
}

function addScopeRecord(folding: Folding, record: TraceRecord): boolean {
  switch (record.kind) {
    case 'scope-entered':
      enter(folding, record);
      return true;
    case 'scope-exited':
      exit(folding, record);
      return true;
    case 'scope-cancelled':
      cancel(folding, record);
      return true;
    case 'scope-used': {
      const { program, history } = folding;
      const at = record.stack[0];
      history.add({
        program, atMs: record.atMs, text: `used (${record.use}) after its exit`, call: program.call(record.call), scope: record.scope,
        ...(at === undefined ? {} : { at }),
      });
      return true;
    }
    default:
      return false;
  }
}

function enter({ program, history }: Folding, record: ScopeEntered): void {
  if (program.scopes.size >= MOST_SCOPES) {
    program.omitted++;
    return;
  }
  const call = program.call(record.call);
  program.open++;
  const scope: ScopeModel = {
    program, entered: record, call, exitedMs: -1, exitedBy: undefined, exitedAt: 0, cancelledMs: -1, reason: '',
  };
  program.scopes.set(record.scope, scope);
  if (record.scopeKind === 'request') serve(program, call, scope);
  const at = record.stack[0];
  history.add({
    program, atMs: record.atMs, text: `entered "${record.name}"`, call: program.call(record.call), scope: record.scope,
    ...(at === undefined ? {} : { at }),
  });
}

/** Often it is told only when the callback has long returned. */
function serve(program: ProgramModel, call: Call, scope: ScopeModel): void {
  if (!startsTask(call) || call.id === 1) return;
  if (call.over) program.alive++;
  call.request = scope;
}

function exit(folding: Folding, record: ScopeExited): void {
  const { program, history } = folding;
  const scope = program.scopes.get(record.scope);
  if (scope === undefined) return;
  const at = record.stack[0];
  const text = record.moved === true ? 'handed on what it held' : scope.exitedMs >= 0 ? 'exited once more' : 'exited';
  history.add({
    program, atMs: record.atMs, text: `${text} "${scope.entered.name}"`, call: program.call(record.call), scope: record.scope,
    ...(at === undefined ? {} : { at }),
  });
  if (scope.exitedMs >= 0) return;
  scope.exitedMs = record.atMs;
  scope.exitedBy = program.call(record.call);
  scope.exitedAt = at ?? 0;
  program.open--;
  const { call } = scope;
  if (call.request !== scope || (call.endMs < 0 && call.vanishedMs < 0)) return;
  call.endMs = record.atMs;
  finish(folding, call, record.atMs);
}

function cancel({ program, history }: Folding, record: ScopeCancelled): void {
  const scope = program.scopes.get(record.scope);
  if (scope === undefined) return;
  scope.cancelledMs = record.atMs;
  scope.reason = record.reason ?? '';
  const at = record.stack[0];
  history.add({
    program, atMs: record.atMs, text: `cancelled "${scope.entered.name}"`, call: program.call(record.call), scope: record.scope,
    ...(at === undefined ? {} : { at }),
  });
}

function addHandleRecord(program: ProgramModel, record: TraceRecord): boolean {
  switch (record.kind) {
    case 'handle-opened':
      if (program.handles.size >= MOST_HANDLES) program.omitted++;
      else program.handles.set(record.handle, { program, opened: record, refd: true, closedMs: -1, how: undefined });
      return true;
    case 'handle-standing':
      noteStanding(program, record);
      return true;
    case 'handle-closed':
      noteClosed(program, record);
      return true;
    default:
      return false;
  }
}

function noteStanding(program: ProgramModel, { handle, refd }: HandleStanding): void {
  const known = program.handles.get(handle);
  if (known !== undefined) known.refd = refd;
}

function noteClosed(program: ProgramModel, { handle, how, atMs }: HandleClosed): void {
  const known = program.handles.get(handle);
  if (known === undefined) return;
  known.closedMs = atMs;
  known.how = how;
}

function addProgramRecord(program: ProgramModel, record: TraceRecord): void {
  switch (record.kind) {
    case 'program-started':
      program.started ??= record;
      program.caveats.push(...record.caveats);
      return;
    case 'site-seen':
      program.sites.set(record.site, record);
      return;
    case 'source-map-seen':
      program.sourceMaps.set(record.file, record.map);
      return;
    case 'counted':
      program.counted = record;
      return;
    case 'caveat-noted':
      program.caveats.push(record.caveat);
      return;
    case 'tracker-failed':
      program.troubles.push(record.reason);
      return;
    case 'stall-sampled':
      program.stalledSinceMs = record.startMs;
      return;
    case 'stall-ended':
      program.stalledSinceMs = -1;
      return;
    case 'following-paused':
      program.unfollowedSinceMs = record.atMs;
      return;
    case 'following-resumed':
      program.unfollowedSinceMs = -1;
      return;
    case 'program-ended':
      program.ended = record;
      program.stalledSinceMs = -1;
      return;
    default:
  }
}

