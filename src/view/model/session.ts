/**
 * All that is shown of a session: records, findings and the clock go in. It knows no file, no thread and no screen, and reads no
 * clock of its own, so that a replay shows the same as the run did. It changes in place: 20,000 records a second leave no time to copy.
 */
import type { Finding } from '../../../reports/index.ts';
import type { CallId, ProgramId, TraceRecord } from '../../../tracker/protocol.ts';
import { forgetGone, type Call } from './call.ts';
import { History } from './history.ts';
import { ProgramModel, type ProcessFacts } from './program.ts';
import { addRecord } from './records.ts';

/** What is over stays to be seen for this long, and fades before it goes. */
export const KEEP_MS = 6000;
export const FADE_MS = 2500;
const MOST_HAPPENINGS = 20_000;
/** Of what is over, no more is kept, however lately it ended: nobody reads that much. */
const MOST_OVER = 5000;
/** Rates are those of this time. */
const RATE_OVER_MS = 2000;

/** A finding, and what it speaks of. */
export interface KnownFinding {
  readonly key: string;
  readonly finding: Finding;
  /** When it happened, in milliseconds since its program's start. */
  readonly atMs: number;
  /** The first call of the task that did it, and of the one that should have. 0: none. */
  readonly call: CallId;
  readonly expected: CallId;
  /** Order of discovery: of two, the newer one has the greater number. */
  readonly number: number;
}

/** What the judge says. */
export interface Verdict {
  readonly findings: readonly Omit<KnownFinding, 'number'>[];
  /** A sentence: why nothing more will be found before the end. Absent: more may be. */
  readonly limit?: string;
  /** All has been read, and every rule has spoken. */
  readonly final: boolean;
}

export class SessionModel {
  readonly programs: ProgramModel[] = [];
  readonly history = new History(MOST_HAPPENINGS);
  readonly findings = new Map<string, KnownFinding>();
  /** Fingerprints of findings that somebody has accepted. They are shown, and count for nothing. */
  known: ReadonlySet<string> = new Set();
  verdict: Omit<Verdict, 'findings'> = { final: false };
  /** Milliseconds since 1970: now, or the moment that a replay shows. */
  nowMs = 0;
  /** Raised by everything that can be seen. */
  version = 0;
  /** The folder with the recordings was removed. */
  removed = false;
  readonly #byId = new Map<ProgramId, ProgramModel>();
  #over: { readonly program: ProgramModel; readonly call: Call; readonly atMs: number }[] = [];
  #rates = new Map<ProgramModel, { readonly atMs: number; readonly records: number }>();
  #sweptMs = 0;

  program(id: ProgramId): ProgramModel {
    let program = this.#byId.get(id);
    if (program === undefined) {
      program = new ProgramModel(id, this.programs.length + 1);
      this.#byId.set(id, program);
      this.programs.push(program);
    }
    return program;
  }

  add(id: ProgramId, records: readonly TraceRecord[]): void {
    const program = this.program(id);
    const over = (call: Call): void => void this.#over.push({ program, call, atMs: this.nowMs });
    for (const record of records) addRecord({ program, history: this.history, over }, record);
    if (this.#over.length > MOST_OVER * 1.2) this.#letGo();
    this.version++;
  }

  noteDamage(id: ProgramId, lines: number, trouble: string | undefined): void {
    const program = this.program(id);
    program.damaged += lines;
    if (trouble !== undefined && program.ended === undefined && !program.troubles.includes(trouble)) program.troubles.push(trouble);
    this.version++;
  }

  noteProcess(program: ProgramModel, facts: ProcessFacts | undefined, alive: boolean): void {
    program.facts = facts;
    if (!alive && !program.isOver) program.killed = true;
    this.version++;
  }

  /** Only ever adds: what was found before its end is true of the whole run. */
  judge({ findings, ...verdict }: Verdict): void {
    for (const found of findings) {
      const known = this.findings.get(found.key);
      this.findings.set(found.key, { ...found, number: known?.number ?? this.findings.size + 1 });
    }
    this.verdict = verdict;
    this.version++;
  }

  isKnown({ finding }: KnownFinding): boolean {
    return this.known.has(finding.fingerprint);
  }

  tick(nowMs: number): void {
    this.nowMs = nowMs;
    if (nowMs - this.#sweptMs < 1000 && nowMs >= this.#sweptMs) return;
    this.#sweptMs = nowMs;
    this.#measureRates();
    this.#sweep();
    this.version++;
  }

  #measureRates(): void {
    for (const program of this.programs) {
      const last = this.#rates.get(program);
      const elapsed = last === undefined ? 0 : this.nowMs - last.atMs;
      if (last !== undefined && elapsed < RATE_OVER_MS / 2) continue;
      if (last !== undefined) program.rate = ((program.records - last.records) * 1000) / elapsed;
      this.#rates.set(program, { atMs: this.nowMs, records: program.records });
    }
  }

  #sweep(): void {
    this.#letGo();
    for (const program of this.programs) this.#sweepProgram(program);
  }

  /** Of what has been over for long enough. */
  #letGo(): void {
    let done = 0;
    for (const { program, call, atMs } of this.#over) {
      if (this.nowMs - atMs < KEEP_MS && this.nowMs >= atMs && this.#over.length - done <= MOST_OVER) break;
      // A request may have turned out to be served still: it comes again when it is done.
      if (call.over) letGo(program, call);
      done++;
    }
    this.#over = this.#over.slice(done);
  }

  #sweepProgram(program: ProgramModel): void {
    const overBefore = this.nowMs - (program.started?.startedAtEpochMs ?? 0) - KEEP_MS;
    if (program.isOver) return;
    for (const call of program.calls.values()) forgetGone(call);
    for (const [id, scope] of program.scopes) {
      if (scope.exitedMs >= 0 && scope.exitedMs < overBefore) program.scopes.delete(id);
    }
    for (const [id, handle] of program.handles) {
      if (handle.closedMs >= 0 && handle.closedMs < overBefore) program.handles.delete(id);
    }
    for (const [id, signal] of program.signals) {
      if (signal.abortedMs >= 0 && signal.abortedMs < overBefore - KEEP_MS) program.signals.delete(id);
    }
  }
}

function letGo(program: ProgramModel, call: Call): void {
  call.gone = true;
  program.calls.delete(call.id);
}
