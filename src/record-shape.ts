import type { TraceRecord } from '../tracker/protocol.ts';

type Check = 'number' | 'string' | 'boolean' | 'numbers' | 'strings' | 'anything';
type Kind = TraceRecord['kind'];
type Fields<K extends Kind> = Exclude<keyof Extract<TraceRecord, { kind: K }>, 'kind'>;

/** The fields of every record. A field whose check ends in `?` may be absent. */
const SHAPES: { readonly [K in Kind]: { readonly [Field in Fields<K>]: Check | `${Check}?` } } = {
  'program-started': {
    protocol: 'number', tracker: 'string', program: 'string', parent: 'string?', pid: 'number', ppid: 'number',
    thread: 'number', argv: 'strings', execArgv: 'strings', cwd: 'string', node: 'string', platform: 'string',
    startedAtEpochMs: 'number', caveats: 'strings',
  },
  'site-seen': { site: 'number', file: 'string', line: 'number', column: 'number', function: 'string?' },
  'source-map-seen': { file: 'string', map: 'anything' },
  'call-started': {
    call: 'number', caller: 'number?', origin: 'string', name: 'string?', resource: 'string?', site: 'number?',
    from: 'number?', scope: 'number?', inferred: 'boolean?', atMs: 'number',
  },
  'call-awaited': { call: 'number', by: 'number', inferred: 'boolean?', atMs: 'number' },
  'call-spawned': { call: 'number', by: 'number', inferred: 'boolean?', atMs: 'number' },
  'call-joined': { call: 'number', by: 'number', inferred: 'boolean?', atMs: 'number' },
  'call-observed': { call: 'number', by: 'number', atMs: 'number' },
  'call-ended': { call: 'number', atMs: 'number' },
  'call-vanished': { call: 'number', atMs: 'number' },
  'call-pending': { call: 'number', at: 'number?', atMs: 'number' },
  'call-standing': {
    call: 'number', at: 'number?', what: 'string?', on: 'number?', pending: 'number?', handle: 'string?', waits: 'boolean',
    atMs: 'number',
  },
  'scope-entered': {
    scope: 'number', call: 'number', scopeKind: 'string', name: 'string', parent: 'number?', waives: 'strings?', traceparent: 'string?', stack: 'numbers',
    atMs: 'number',
  },
  'scope-exited': { scope: 'number', call: 'number', moved: 'boolean?', stack: 'numbers', atMs: 'number' },
  'scope-cancelled': { scope: 'number', call: 'number', reason: 'string?', stack: 'numbers', atMs: 'number' },
  'scope-used': { scope: 'number', call: 'number', use: 'string', stack: 'numbers', atMs: 'number' },
  'context-entered': { context: 'number', call: 'number', fn: 'number', stack: 'numbers', atMs: 'number' },
  'context-read': { context: 'number', call: 'number', run: 'number', stack: 'numbers', atMs: 'number' },
  'signal-created': { signal: 'number', how: 'string', call: 'number?', sources: 'numbers?', atMs: 'number' },
  'signal-used': {
    signal: 'number', call: 'number', how: 'string', api: 'string?', aborted: 'boolean', stack: 'numbers', atMs: 'number',
  },
  'signal-aborted': {
    signal: 'number', call: 'number?', by: 'number?', reason: 'string?', users: 'numbers', partial: 'boolean?', stack: 'numbers',
    atMs: 'number',
  },
  'work-continued': { call: 'number', atMs: 'number' },
  'listeners-left': { signal: 'number', api: 'string?', stack: 'numbers', calls: 'number', call: 'number', atMs: 'number' },
  'handle-opened': {
    handle: 'number', type: 'string', call: 'number', scope: 'number?', stack: 'numbers', by: 'string?', local: 'boolean?',
    lostRace: 'boolean?', inferred: 'boolean?', atMs: 'number',
  },
  'handle-standing': { handle: 'number', refd: 'boolean', atMs: 'number' },
  'handle-closed': { handle: 'number', how: 'string', openAtMs: 'number', atMs: 'number' },
  'generator-advanced': { generator: 'number', call: 'number', from: 'number?', scopes: 'numbers', atMs: 'number' },
  'generator-closed': {
    generator: 'number', call: 'number', how: 'string', from: 'number?', at: 'number', body: 'number', scopes: 'numbers', atMs: 'number',
  },
  'generator-left': {
    generator: 'number', call: 'number', how: 'string', from: 'number?', at: 'number', body: 'number', scopes: 'numbers', atMs: 'number',
  },
  'generator-yielded': { call: 'number', scope: 'number', at: 'number?', atMs: 'number' },
  'race-decided': {
    race: 'number', how: 'string', call: 'number', losers: 'numbers', through: 'numbers', stack: 'numbers', atMs: 'number',
  },
  'loser-worked': { race: 'number', call: 'number', atMs: 'number' },
  'loser-awaited': { race: 'number', call: 'number', atMs: 'number' },
  'top-level-await-left': { call: 'number', at: 'number?', inferred: 'boolean?', atMs: 'number' },
  'wait-followed': {
    what: 'string', call: 'number?', at: 'number?', pending: 'number?', handle: 'string?', inferred: 'boolean?', atMs: 'number',
  },
  'stall-sampled': {
    stall: 'number', call: 'number', startMs: 'number', ran: 'number', inside: 'string?', stack: 'numbers', overdue: 'number?',
    dueMs: 'number?', due: 'number?', waiting: 'number?', waitingMs: 'number?', inferred: 'boolean?', atMs: 'number',
  },
  'stall-ended': { stall: 'number', ran: 'number', atMs: 'number' },
  'program-dumped': {
    protocol: 'number', tracker: 'string', program: 'string', why: 'string', verdicts: 'number', atMs: 'number',
  },
  'verdict-reached': {
    verdict: 'number', outcome: 'string', certain: 'boolean', circular: 'boolean', waiting: 'number', dependents: 'number',
    held: 'string?', heldBy: 'string?', by: 'string?', atMs: 'number',
  },
  'waiter-named': {
    verdict: 'number', name: 'string', module: 'boolean', iterates: 'boolean', call: 'number?', stack: 'numbers', awaited: 'boolean',
    held: 'string?', atMs: 'number',
  },
  'following-paused': { computedMs: 'number', unfollowedMs: 'number', atMs: 'number' },
  'following-resumed': { computedMs: 'number', unfollowedMs: 'number', atMs: 'number' },
  'following-counted': { computedMs: 'number', unfollowedMs: 'number', atMs: 'number' },
  'test-seen': { scope: 'number', titles: 'strings', file: 'string?', id: 'string?', atMs: 'number' },
  'unfollowed-ran': { atMs: 'number', untilMs: 'number' },
  counted: { tasks: 'number', inferredTasks: 'number', scopes: 'number', dropped: 'number', atMs: 'number' },
  'caveat-noted': { caveat: 'string', atMs: 'number' },
  'tracker-failed': { reason: 'string', stopped: 'boolean', atMs: 'number' },
  'program-ended': { how: 'string', exitCode: 'number?', signal: 'string?', atMs: 'number' },
};

/**
 * Whether `value` is a record. Also true for an object of a kind that this version does not know:
 * such records are counted where the trace is folded.
 */
export function isRecord(value: unknown): value is TraceRecord {
  if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string') return false;
  const shape: Readonly<Record<string, string>> | undefined = shapeOf(value.kind);
  if (shape === undefined) return true;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const name in shape) {
    if (!passes(fields[name], shape[name] ?? '')) return false;
  }
  return true;
}

function shapeOf(kind: string): Readonly<Record<string, string>> | undefined {
  return Object.hasOwn(SHAPES, kind) ? SHAPES[kind as Kind] : undefined;
}

function passes(value: unknown, check: string): boolean {
  if (check.endsWith('?')) return value === undefined || passes(value, check.slice(0, -1));
  if (check === 'anything') return value !== undefined;
  if (check === 'numbers') return Array.isArray(value) && value.every((item) => typeof item === 'number');
  if (check === 'strings') return Array.isArray(value) && value.every((item) => typeof item === 'string');
  return typeof value === check;
}
