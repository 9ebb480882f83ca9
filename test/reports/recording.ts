/** Writes recordings by hand: every method appends one record, and time goes on by 1 ms each. */
import type { CallOrigin, CallStarted, ProgramStarted, ScopeKind, SiteId, TraceRecord } from '../../tracker/protocol.ts';
import { PROTOCOL_VERSION } from '../../tracker/protocol.ts';
import {
  checkProgram,
  createReport,
  foldProgram,
  foldSession,
  identitySources,
  type CheckOptions,
  type Finding,
  type Report,
  type Sources,
} from '../../reports/index.ts';

interface CallOptions extends Partial<Omit<CallStarted, 'kind' | 'call' | 'origin' | 'atMs'>> {
  /** Announce only. Otherwise the fate is written at once: `by` is the caller. */
  readonly fate?: 'awaited' | 'spawned' | 'none';
  readonly fateInferred?: true;
}

export const MAIN = 1;

export class Recording {
  readonly records: TraceRecord[] = [];
  readonly #sites = new Map<string, SiteId>();
  #now = 0;
  #calls = 1;
  #scopes = 0;

  constructor(started: Partial<ProgramStarted> = {}) {
    this.records.push({ ...PROGRAM, ...started });
    this.records.push({ kind: 'call-started', call: MAIN, origin: 'main', atMs: 0 });
  }

  wait(ms: number): this {
    this.#now += ms;
    return this;
  }

  /** `file:line[:column] [function]` */
  site(text: string): SiteId {
    const known = this.#sites.get(text);
    if (known !== undefined) return known;
    const [where = '', name] = text.split(' ');
    const [, file = '', line = '1', column = '1'] = /^(.*?):(\d+)(?::(\d+))?$/.exec(where) ?? [];
    const site = this.#sites.size + 1;
    this.#sites.set(text, site);
    this.records.push({
      kind: 'site-seen',
      site,
      file,
      line: Number(line),
      column: Number(column),
      ...(name === undefined ? {} : { function: name }),
    });
    return site;
  }

  call(origin: CallOrigin, caller: number | undefined, options: CallOptions = {}): number {
    const { fate, fateInferred, ...rest } = options;
    const call = ++this.#calls;
    const by = caller ?? MAIN;
    this.add({ kind: 'call-started', call, origin, ...(caller === undefined ? {} : { caller }), ...rest });
    const inferred = fateInferred === undefined ? {} : { inferred: true as const };
    if (fate === 'awaited') this.add({ kind: 'call-awaited', call, by, ...inferred });
    if (fate === 'spawned') this.add({ kind: 'call-spawned', call, by, ...inferred });
    return call;
  }

  spawn(caller: number, options: CallOptions = {}): number {
    return this.call('async', caller, { fate: 'spawned', ...this.#user(), ...options });
  }

  awaited(caller: number, options: CallOptions = {}): number {
    return this.call('async', caller, { fate: 'awaited', ...options });
  }

  named(name: string, caller: number, options: CallOptions = {}): number {
    return this.call('named', caller, { name, ...this.#user(), ...options });
  }

  callback(resource: string, caller: number, options: CallOptions = {}): number {
    return this.call('callback', caller, { resource, ...options });
  }

  join(call: number, by: number, inferred?: true): this {
    return this.add({ kind: 'call-joined', call, by, ...(inferred === undefined ? {} : { inferred }) });
  }

  observe(call: number, by: number): this {
    return this.add({ kind: 'call-observed', call, by });
  }

  end(call: number): this {
    return this.add({ kind: 'call-ended', call });
  }

  enter(
    name: string, call: number, options: { parent?: number; stack?: readonly SiteId[]; scopeKind?: ScopeKind; traceparent?: string } = {},
  ): number {
    const scope = ++this.#scopes;
    this.add({ kind: 'scope-entered', scope, call, scopeKind: 'explicit', name, stack: [], ...options });
    return scope;
  }

  exit(scope: number, call: number, stack: readonly SiteId[] = []): this {
    return this.add({ kind: 'scope-exited', scope, call, stack });
  }

  use(scope: number, call: number, use = 'run'): this {
    return this.add({ kind: 'scope-used', scope, call, use, stack: [] });
  }

  ended(how: 'drained' | 'exit-called' | 'signal' = 'drained'): this {
    return this.add({ kind: 'program-ended', how, exitCode: 0 });
  }

  add(record: DistributiveOmit<Extract<TraceRecord, { atMs: number }>, 'atMs'>): this {
    this.#now += 1;
    this.records.push({ ...record, atMs: this.#now });
    return this;
  }

  #user(): { readonly site: SiteId } {
    return { site: this.site('/app/app.mjs:10:1 work') };
  }
}

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

const PROGRAM: ProgramStarted = {
  kind: 'program-started',
  protocol: PROTOCOL_VERSION,
  tracker: '0.0.0',
  program: '7-0-1',
  pid: 7,
  ppid: 1,
  thread: 0,
  argv: ['/usr/bin/node', '/app/app.mjs'],
  execArgv: [],
  cwd: '/app',
  node: 'v20.20.2',
  platform: 'linux',
  startedAtEpochMs: 1_700_000_000_000,
  caveats: [],
};

export type Options = Partial<CheckOptions>;

export function check(recording: Recording, options: Options = {}): { findings: readonly Finding[]; undecided: number } {
  const verdicts = checkProgram(foldProgram(recording.records), { sources: identitySources, ...options });
  return { findings: verdicts.findings, undecided: verdicts.undecided.reduce((sum, one) => sum + one.count, 0) };
}

/** Ids of the rules that spoke, one for each finding. */
export function ruleIds(recording: Recording, options: Options = {}): string[] {
  return check(recording, options).findings.map((finding) => finding.rule);
}

export function reportOf(recordings: readonly Recording[], sources: Sources = identitySources): Report {
  const session = foldSession(recordings.map((one) => foldProgram(one.records)));
  const findings = session.programs.map((program) => checkProgram(program, { sources }));
  return createReport(
    session,
    { findings: findings.flatMap((one) => one.findings), undecided: findings.flatMap((one) => one.undecided) },
    {
      tool: { name: 'scope-trace', version: '0.0.0' },
      createdAt: '2030-01-01T00:00:00.000Z',
      directory: '/work',
      settings: { graceMs: 100, abortGraceMs: 1000, blockAfterMs: 1000, listenerGrowth: 50, strict: false },
      sources,
    },
  );
}
