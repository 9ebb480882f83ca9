/**
 * Turns the records of one program into spans, each as soon as it is over. A task is a span below the scope that it was
 * started in, or else below the task that started it; a scope is one below the scope around it, or else below the
 * task that entered it. The main task is the program's own span. A request that is served begins a trace of
 * its own, or goes on with the one that its client named. Memory is bounded: what is too much is counted.
 */
import type { CallId, ProgramEnded, ProgramId, ProgramStarted, ScopeEntered, ScopeId, SiteId, SiteSeen, TraceRecord } from '../../tracker/protocol.ts';
import { nameResource } from '../describe/resources.ts';
import { nameProgram } from '../formats/program-name.ts';
import { Remembered, startsTask } from './calls.ts';
import type { OpenCall, OpenScope } from './calls.ts';
import { parseTraceparent, spanIdOf, traceIdOf } from './spans.ts';
import type { SpanAttributes, SpanCounts, SpanData, SpanPlace } from './spans.ts';

export interface SpanFoldOptions {
  readonly program: ProgramId;
  /** A name that no other run has. */
  readonly run: string;
  /** Where the command itself was started. Absent: the run is a trace of its own. */
  readonly parent?: SpanPlace;
}

const MOST_CALLS = 100_000;
const MOST_SCOPES = 50_000;
const MOST_LINKS = 128;
/** Traces of calls and scopes that are over, which joins and findings still name. */
const MOST_REMEMBERED = 50_000;
const MAIN = 1;
const FAR = 1000;

export class SpanFold {
  readonly counts: SpanCounts = { tasks: 0, scopes: 0, omitted: 0 };
  readonly #options: SpanFoldOptions;
  readonly #root: SpanPlace;
  readonly #calls = new Map<CallId, OpenCall>();
  readonly #scopes = new Map<ScopeId, OpenScope>();
  readonly #sites = new Map<SiteId, SiteSeen>();
  readonly #traces = new Remembered<string, string>(MOST_REMEMBERED);
  /** Who waited for calls that are over: whatever they did, that one's task did. */
  readonly #callers = new Remembered<CallId, CallId>(MOST_REMEMBERED);
  readonly #mainLinks: OpenCall['links'] = [];
  #droppedMainLinks = 0;
  #started: ProgramStarted | undefined;
  #ended: ProgramEnded | undefined;
  #lastMs = 0;

  constructor(options: SpanFoldOptions) {
    this.#options = options;
    const { run, program, parent } = options;
    this.#root = { traceId: parent?.traceId ?? traceIdOf(run, 'run'), spanId: spanIdOf(run, program, 'program', 0) };
  }

  get started(): ProgramStarted | undefined {
    return this.#started;
  }

  get alive(): number {
    return this.#calls.size;
  }

  get open(): number {
    return this.#scopes.size;
  }

  get isOver(): boolean {
    return this.#ended !== undefined;
  }

  /** Spans that are over with this record. */
  add(record: TraceRecord): readonly SpanData[] {
    if ('atMs' in record && record.atMs > this.#lastMs) this.#lastMs = record.atMs;
    switch (record.kind) {
      case 'program-started':
        this.#started ??= record;
        return [];
      case 'site-seen':
        this.#sites.set(record.site, record);
        return [];
      case 'call-started':
        if (record.call === MAIN || this.#calls.has(record.call)) return [];
        if (this.#calls.size >= MOST_CALLS) this.counts.omitted++;
        else this.#calls.set(record.call, { started: record, origin: record.origin, fate: 'undecided', fateInferred: false, links: [], droppedLinks: 0 });
        return [];
      case 'call-awaited':
      case 'call-spawned':
        return this.#decide(record.call, record.by, record.kind === 'call-spawned', record.inferred === true);
      case 'call-joined':
        this.#link(record.by, record.call);
        return [];
      case 'call-ended':
      case 'call-vanished':
        return this.#end(record.call, record.atMs, record.kind === 'call-vanished');
      case 'scope-entered':
        this.#enter(record);
        return [];
      case 'scope-cancelled':
        this.#scopes.get(record.scope)?.events.push({
          name: 'cancelled', atEpochMs: this.#epoch(record.atMs), attributes: record.reason === undefined ? {} : { 'scope_trace.cancel.reason': record.reason },
        });
        return [];
      case 'scope-exited':
        return this.#exit(record.scope, record.call, record.atMs);
      case 'program-ended':
        this.#ended = record;
        return [];
      default:
        return [];
    }
  }

  /** All that is not over, and the program itself: nothing more comes of it. */
  finish(): readonly SpanData[] {
    const atMs = this.#ended?.atMs ?? this.#lastMs;
    const scopes = [...this.#scopes.values()].map((scope) => this.#describeScope(scope, atMs, { 'scope_trace.scope.exited': false }));
    const tasks = [...this.#calls.values()].filter(startsTask).map((call) => this.#describeTask(call, call.endMs ?? atMs, call.endMs === undefined ? 'unfinished' : 'ended'));
    this.#scopes.clear();
    this.#calls.clear();
    return [...scopes, ...tasks, this.#describeProgram(atMs)];
  }

  /** Where a finding belongs: to the scope that it is about, or else to the task that did it. */
  placeOf(scope: ScopeId | undefined, call: CallId): SpanPlace {
    if (scope !== undefined) return this.#placeOfScope(scope);
    return this.placeOfCall(call);
  }

  /** Of the task that the call is a part of. */
  placeOfCall(id: CallId): SpanPlace {
    let at = id;
    for (let steps = 0; steps < FAR; steps++) {
      if (at <= MAIN) return this.#root;
      const call = this.#calls.get(at);
      const above: CallId | undefined = call === undefined ? this.#callers.get(at) : startsTask(call) ? undefined : (call.by ?? call.started.caller ?? MAIN);
      if (above === undefined) return { traceId: this.#traceOfCall(at), spanId: this.#idOf('task', at) };
      at = above;
    }
    return this.#root;
  }

  epochOf(atMs: number): number {
    return this.#epoch(atMs);
  }

  #decide(id: CallId, by: CallId, spawned: boolean, inferred: boolean): readonly SpanData[] {
    const call = this.#calls.get(id);
    if (call === undefined || (call.fate !== 'undecided' && !(call.fateInferred && (spawned || !inferred)))) return [];
    call.by = by;
    call.fate = spawned ? 'spawned' : 'awaited';
    call.fateInferred = inferred;
    return call.endMs === undefined ? [] : this.#end(id, call.endMs, false);
  }

  #end(id: CallId, atMs: number, vanished: boolean): readonly SpanData[] {
    const call = this.#calls.get(id);
    if (call === undefined) return [];
    call.endMs = atMs;
    // Whose task it was is often known a little later.
    if (call.fate === 'undecided' && !startsTask(call)) return [];
    const spans = startsTask(call) ? [this.#describeTask(call, atMs, vanished ? 'vanished' : 'ended')] : [];
    if (spans.length === 0) this.#callers.set(id, call.by ?? call.started.caller ?? MAIN);
    this.#calls.delete(id);
    return spans;
  }

  #link(by: CallId, to: CallId): void {
    const { spanId } = this.placeOfCall(by);
    const joiner = this.#taskOf(by);
    const link = { ...this.placeOfCall(to), attributes: { 'scope_trace.link': 'joined' } };
    if (link.spanId === spanId) return;
    if (joiner === undefined) {
      if (spanId !== this.#root.spanId) return;
      if (this.#mainLinks.length < MOST_LINKS) this.#mainLinks.push(link);
      else this.#droppedMainLinks++;
    } else if (joiner.links.length < MOST_LINKS) joiner.links.push(link);
    else joiner.droppedLinks++;
  }

  /** The first call of its task. Undefined: that is the main task, or it is over. */
  #taskOf(id: CallId): OpenCall | undefined {
    let at: CallId | undefined = id;
    for (let steps = 0; at !== undefined && steps < FAR; steps++) {
      const call: OpenCall | undefined = this.#calls.get(at);
      if (call !== undefined && startsTask(call)) return call;
      at = call === undefined ? this.#callers.get(at) : (call.by ?? call.started.caller);
    }
    return undefined;
  }

  #enter(record: ScopeEntered): void {
    if (this.#scopes.size >= MOST_SCOPES) {
      this.counts.omitted++;
      return;
    }
    const traceId = this.#traceOfScope(record);
    if (traceId !== this.#root.traceId) this.#traces.set(`scope ${record.scope}`, traceId);
    this.#scopes.set(record.scope, { entered: record, traceId, events: [] });
  }

  #exit(id: ScopeId, by: CallId, atMs: number): readonly SpanData[] {
    const scope = this.#scopes.get(id);
    if (scope === undefined) return [];
    const other = this.placeOfCall(by).spanId !== this.placeOfCall(scope.entered.call).spanId;
    this.#scopes.delete(id);
    return [this.#describeScope(scope, atMs, { 'scope_trace.scope.exited': true, ...(other ? { 'scope_trace.scope.exited_by_other_task': true } : {}) })];
  }

  #traceOfScope(entered: ScopeEntered): string {
    if (entered.scopeKind === 'request') return parentOfRequest(entered)?.traceId ?? traceIdOf(this.#options.run, `${this.#options.program} request ${entered.scope}`);
    if (entered.parent !== undefined) return this.#placeOfScope(entered.parent).traceId;
    return this.placeOfCall(entered.call).traceId;
  }

  #traceOfCall(id: CallId): string {
    const known = this.#traces.get(`call ${id}`);
    if (known !== undefined) return known;
    const { scope, caller } = this.#calls.get(id)?.started ?? {};
    const traceId = scope !== undefined ? this.#placeOfScope(scope).traceId : caller === undefined || caller >= id ? this.#root.traceId : this.placeOfCall(caller).traceId;
    if (traceId !== this.#root.traceId) this.#traces.set(`call ${id}`, traceId);
    return traceId;
  }

  #placeOfScope(id: ScopeId): SpanPlace {
    return { traceId: this.#scopes.get(id)?.traceId ?? this.#traces.get(`scope ${id}`) ?? this.#root.traceId, spanId: this.#idOf('scope', id) };
  }

  #describeTask({ started, links, droppedLinks, by }: OpenCall, endMs: number, state: string): SpanData {
    this.counts.tasks++;
    const { call, scope, caller, origin, inferred, site, from } = started;
    const parent = scope === undefined ? this.placeOfCall(by ?? caller ?? MAIN) : this.#placeOfScope(scope);
    return this.#describe({
      traceId: this.#traceOfCall(call), spanId: this.#idOf('task', call), parentSpanId: parent.spanId,
      name: this.#nameTask(started),
      startMs: started.atMs, endMs, links, droppedLinks,
      attributes: {
        'scope_trace.kind': 'task', 'scope_trace.task.origin': origin, 'scope_trace.task.state': state,
        ...(inferred === true ? { 'scope_trace.task.inferred': true } : {}),
        ...this.#codeOf(origin === 'callback' || origin === 'named' ? (from ?? site) : (site ?? from)),
      },
    });
  }

  #nameTask({ origin, name, resource, site }: OpenCall['started']): string {
    if (origin === 'named') return name ?? 'task';
    if (origin === 'callback') return nameResource(resource);
    const at = site === undefined ? undefined : this.#sites.get(site)?.function;
    return at ?? (origin === 'generator' ? 'async generator' : origin === 'then' ? 'then callback' : 'async function');
  }

  #describeScope({ entered, traceId, events }: OpenScope, endMs: number, more: SpanAttributes): SpanData {
    this.counts.scopes++;
    const request = entered.scopeKind === 'request';
    const host = this.placeOfCall(entered.call);
    const parent = request ? parentOfRequest(entered) : entered.parent === undefined ? host : this.#placeOfScope(entered.parent);
    const [method = '', path = ''] = entered.name.split(' ');
    return this.#describe({
      traceId, spanId: this.#idOf('scope', entered.scope), ...(parent === undefined ? {} : { parentSpanId: parent.spanId }),
      name: entered.name, kind: request ? 'server' : 'internal', startMs: entered.atMs, endMs, events,
      links: request ? [{ ...this.#root, attributes: { 'scope_trace.link': 'program' } }] : [],
      attributes: {
        'scope_trace.kind': 'scope', 'scope_trace.scope.kind': entered.scopeKind, 'scope_trace.scope.id': entered.scope, ...more,
        ...(request ? { 'http.request.method': method, 'url.path': path } : {}),
        ...this.#codeOf(entered.stack[0]),
      },
    });
  }

  #describeProgram(atMs: number): SpanData {
    const { run, program, parent } = this.#options;
    const started = this.#started;
    const above = started?.parent === undefined ? parent?.spanId : spanIdOf(run, started.parent, 'program', 0);
    const { exitCode = 0, signal, how = 'killed' } = this.#ended ?? {};
    const error = signal !== undefined ? `ended by ${signal}` : exitCode !== 0 ? `exit code ${exitCode}` : undefined;
    return this.#describe({
      ...this.#root, ...(above === undefined ? {} : { parentSpanId: above }),
      name: nameProgram({ id: program, command: started?.argv.map((word, at) => (at === 0 ? 'node' : word)) ?? [], ...(started === undefined ? {} : { thread: started.thread }) }),
      startMs: 0, endMs: atMs, links: this.#mainLinks, droppedLinks: this.#droppedMainLinks,
      attributes: { 'scope_trace.kind': 'program', 'scope_trace.program.ended': how, ...(this.#ended === undefined ? {} : { 'process.exit.code': exitCode }) },
      ...(error === undefined ? {} : { error }),
    });
  }

  #describe({ startMs, endMs, ...span }: Omit<Partial<SpanData>, 'program'> & SpanPlace & Pick<SpanData, 'name' | 'attributes'> & { startMs: number; endMs: number }): SpanData {
    return {
      kind: 'internal', events: [], links: [], droppedLinks: 0, ...span, program: this.#options.program,
      startEpochMs: this.#epoch(startMs), endEpochMs: this.#epoch(Math.max(startMs, endMs)),
    };
  }

  #codeOf(site: SiteId | undefined): SpanAttributes {
    const seen = site === undefined ? undefined : this.#sites.get(site);
    if (seen === undefined || seen.file === '') return {};
    return { 'code.file.path': seen.file, 'code.line.number': seen.line, ...(seen.function === undefined ? {} : { 'code.function.name': seen.function }) };
  }

  #idOf(kind: 'task' | 'scope', id: number): string {
    return spanIdOf(this.#options.run, this.#options.program, kind, id);
  }

  #epoch(atMs: number): number {
    return (this.#started?.startedAtEpochMs ?? 0) + atMs;
  }
}

/** The span of the client that sent the request. Absent: it named none. */
function parentOfRequest(entered: ScopeEntered): SpanPlace | undefined {
  return parseTraceparent(entered.traceparent);
}
