/** Reads records one by one into tables. Nothing is judged here: a later record may change it. */
import type {
  CallAwaited,
  CallEnded,
  CallId,
  CallJoined,
  CallObserved,
  CallPending,
  CallSpawned,
  CallStarted,
  Counted,
  ProgramEnded,
  ProgramStarted,
  ScopeCancelled,
  ScopeEntered,
  ScopeExited,
  ScopeUsed,
  SiteId,
  SiteSeen,
  TraceRecord,
} from '../../tracker/protocol.ts';
import type { Moment } from '../model.ts';

/** All that the recording says of one call, whenever it said it. */
export interface CallFacts {
  readonly id: CallId;
  /** Absent: the recording names the call and never announces it. */
  started?: CallStarted;
  /** Of its announcement. */
  order?: number;
  fate?: CallAwaited | CallSpawned;
  ended?: Moment;
  vanished?: Moment;
  pending?: CallPending;
}

/** The records whose order decides who owns a scope. */
export type TimelineRecord =
  | ScopeEntered
  | ScopeExited
  | ScopeCancelled
  | ScopeUsed
  | CallJoined
  | CallObserved
  | CallEnded
  | CallAwaited;

export interface Facts {
  started?: ProgramStarted;
  ended?: ProgramEnded;
  /** In the order they are first named, which in a sound recording is that of announcement. */
  readonly calls: Map<CallId, CallFacts>;
  readonly sites: Map<SiteId, SiteSeen>;
  readonly sourceMaps: Map<string, unknown>;
  readonly timeline: { readonly order: number; readonly record: TimelineRecord }[];
  counted?: Counted;
  /** The last moment at which nothing had been lost yet. */
  soundUntil: number;
  readonly failures: string[];
  /** Noted while the program ran. */
  readonly caveats: string[];
  stopped?: string;
  stoppedAt?: number;
  records: number;
  unknownRecords: number;
  lastAtMs: number;
}

export function createFacts(): Facts {
  return {
    calls: new Map(),
    sites: new Map(),
    sourceMaps: new Map(),
    timeline: [],
    soundUntil: 0,
    failures: [],
    caveats: [],
    records: 0,
    unknownRecords: 0,
    lastAtMs: 0,
  };
}

export function callFacts(facts: Facts, id: CallId): CallFacts {
  let call = facts.calls.get(id);
  if (call === undefined) facts.calls.set(id, (call = { id }));
  return call;
}

/** `counted`: a family has taken the record, and only its position and its time matter here. */
export function addRecord(facts: Facts, record: TraceRecord, counted = false): void {
  const order = facts.records++;
  if ('atMs' in record && record.atMs > facts.lastAtMs) facts.lastAtMs = record.atMs;
  if (counted) return;
  if (!addCallRecord(facts, record, order) && !addProgramRecord(facts, record, order)) {
    facts.unknownRecords++;
  }
}

/** False: the record does not speak of a call or a scope. */
function addCallRecord(facts: Facts, record: TraceRecord, order: number): boolean {
  switch (record.kind) {
    case 'call-started':
      announce(facts, record, order);
      return true;
    case 'call-awaited':
    case 'call-spawned':
      addFate(facts, record, order);
      return true;
    case 'call-ended':
      callFacts(facts, record.call).ended ??= { order, atMs: record.atMs };
      facts.timeline.push({ order, record });
      return true;
    case 'call-vanished':
      callFacts(facts, record.call).vanished ??= { order, atMs: record.atMs };
      return true;
    case 'call-pending':
      callFacts(facts, record.call).pending = record;
      return true;
    case 'call-standing':
      // For whoever watches the program: a later record says more.
      return true;
    case 'call-joined':
    case 'call-observed':
    case 'scope-entered':
    case 'scope-exited':
    case 'scope-cancelled':
    case 'scope-used':
      facts.timeline.push({ order, record });
      return true;
    default:
      return false;
  }
}

function announce(facts: Facts, record: CallStarted, order: number): void {
  const call = callFacts(facts, record.call);
  if (call.started !== undefined) return;
  call.started = record;
  call.order = order;
}

function addFate(facts: Facts, record: CallAwaited | CallSpawned, order: number): void {
  const call = callFacts(facts, record.call);
  decideFate(call, record);
  // Awaiting a task that is always one of its own is a join; any other awaited call is no task.
  const origin = call.started?.origin;
  if (record.kind !== 'call-awaited' || (origin !== 'named' && origin !== 'callback')) return;
  facts.timeline.push({ order, record });
}

/** The first word counts, unless it was inferred and a later one was seen. */
function decideFate(call: CallFacts, record: CallAwaited | CallSpawned): void {
  const known = call.fate;
  if (known === undefined) call.fate = record;
  else if (known.inferred === true) {
    if (record.kind === 'call-spawned' || record.inferred !== true) call.fate = record;
  }
}

/** False: a kind this version does not know. */
function addProgramRecord(facts: Facts, record: TraceRecord, order: number): boolean {
  switch (record.kind) {
    case 'program-started':
      facts.started ??= record;
      return true;
    case 'site-seen':
      facts.sites.set(record.site, record);
      return true;
    case 'source-map-seen':
      facts.sourceMaps.set(record.file, record.map);
      return true;
    case 'counted':
      facts.counted = record;
      if (record.dropped === 0) facts.soundUntil = order;
      return true;
    case 'caveat-noted':
      facts.caveats.push(record.caveat);
      return true;
    case 'tracker-failed':
      facts.failures.push(record.reason);
      if (record.stopped) {
        facts.stopped ??= record.reason;
        facts.stoppedAt ??= order;
      }
      return true;
    case 'program-ended':
      facts.ended = record;
      return true;
    default:
      return false;
  }
}
