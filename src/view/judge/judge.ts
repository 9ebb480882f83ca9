/** Looks for findings while the programs run, with the rules that may speak before the end; at a program's end with all. */
import { checkProgram, createFold, momentOf } from '../../../reports/index.ts';
import type { Finding, Fold, ProgramTrace, RuleSettings } from '../../../reports/index.ts';
import type { ProgramId, TraceRecord } from '../../../tracker/protocol.ts';
import { createSources } from '../../sources.ts';
import { mayBeTakenBack, STANDING_RULES } from '../../standing-verdicts.ts';
import type { Verdict } from '../model/session.ts';
import { Frontier } from './frontier.ts';

const LIMIT = 'So much was recorded that findings are looked for among new tasks alone: the summary at the end has them all.';

type Found = Verdict['findings'][number];

interface Case {
  readonly program: ProgramId;
  fold: Fold;
  /** What a fold needs to know in any case: the program, its places. */
  readonly basics: TraceRecord[];
  readonly frontier: Frontier;
  /** Something was added since it was looked at. */
  fresh: boolean;
  over: boolean;
}

export class Judge {
  readonly #cases = new Map<ProgramId, Case>();
  readonly #cwd: string;
  readonly #settings: Partial<RuleSettings>;
  readonly #told = new Map<string, number>();
  readonly #most: number;
  #records = 0;
  #limited = false;
  /** How often each was found in what was let go of. */
  #before: ReadonlyMap<string, number> = new Map();

  /** @param most - records that are kept in memory of all programs together: some 400 bytes each, folded. Then they are let go of */
  constructor(cwd: string, settings: Partial<RuleSettings>, most: number) {
    this.#most = most;
    this.#cwd = cwd;
    this.#settings = settings;
  }

  /** So much was added that the next check lets go of it. */
  get isFull(): boolean {
    return this.#records >= this.#most;
  }

  /** A program has ended that was not judged since. */
  get hasEnded(): boolean {
    return [...this.#cases.values()].some((one) => one.over && one.fresh);
  }

  add(program: ProgramId, records: readonly TraceRecord[]): void {
    let one = this.#cases.get(program);
    if (one === undefined) this.#cases.set(program, (one = createCase(program)));
    const { basics, frontier } = one;
    for (const record of records) {
      if (isBasic(record)) basics.push(record);
      if (record.kind === 'program-ended') one.over = true;
      if (!frontier.admits(record)) continue;
      one.fold.add(record);
      this.#records++;
    }
    one.fresh = true;
  }

  /** Nothing more comes of it: its process is gone, or its recording is complete. */
  end(program: ProgramId): void {
    const one = this.#cases.get(program);
    if (one === undefined || one.over) return;
    one.over = true;
    one.fresh = true;
  }

  /** Programs of which more may come. */
  get running(): readonly ProgramId[] {
    return [...this.#cases].filter(([, one]) => !one.over).map(([id]) => id);
  }

  /** What was not known yet. Undefined: nothing. */
  check(): Verdict | undefined {
    const findings: Found[] = [];
    let looked = false;
    for (const [id, one] of this.#cases) {
      if (!one.fresh) continue;
      looked = true;
      one.fresh = false;
      findings.push(...this.#checkOne(one));
      // What has ended and was judged needs no memory any more.
      if (one.over) this.#cases.delete(id);
    }
    if (this.isFull) this.#letGo();
    const limit = this.#limited ? { limit: LIMIT } : {};
    return looked ? { findings, ...limit, final: this.#cases.size === 0 } : undefined;
  }

  /** Memory is bounded: what was judged is forgotten, and with it all that still has to do with it. */
  #letGo(): void {
    this.#limited = true;
    this.#records = 0;
    this.#before = new Map(this.#told);
    for (const one of this.#cases.values()) {
      one.frontier.cut();
      one.fold = createFold(one.program);
      for (const record of one.basics) one.fold.add(record);
    }
  }

  #checkOne({ fold, over, frontier }: Case): Found[] {
    const whole = fold.finish();
    const trace = over ? whole : withoutStandstills(whole);
    const sources = createSources({ programs: [trace] }, this.#cwd);
    // Where something was let go of, that something is missing means nothing.
    const all = over && !this.#limited;
    const spoken = checkProgram(trace, { ...this.#settings, sources, ...(all ? {} : { only: STANDING_RULES }) });
    return spoken.findings
      .filter((finding) => over || !mayBeTakenBack(finding, trace))
      .map((finding) => locate(this.#withEarlier(finding), trace))
      .filter(({ finding, call, expected }) => !isAbout([['call', call], ['call', expected], ['scope', finding.scope?.id ?? 0]], frontier))
      .filter(({ finding }) => this.#isNews(finding));
  }

  #withEarlier(finding: Finding): Finding {
    return { ...finding, count: finding.count + (this.#before.get(nameOf(finding)) ?? 0) };
  }

  #isNews(finding: Finding): boolean {
    const name = nameOf(finding);
    if (this.#told.get(name) === finding.count) return false;
    this.#told.set(name, finding.count);
    return true;
  }
}

function createCase(program: ProgramId): Case {
  return { program, fold: createFold(program), basics: [], frontier: new Frontier(), fresh: true, over: false };
}

const BASICS: ReadonlySet<TraceRecord['kind']> = new Set([
  'program-started', 'site-seen', 'source-map-seen', 'caveat-noted', 'following-paused', 'following-resumed',
]);

function isBasic(record: TraceRecord): boolean {
  return BASICS.has(record.kind) || (record.kind === 'call-started' && record.call === 1);
}

function nameOf({ program, fingerprint }: Finding): string {
  return `${program} ${fingerprint}`;
}

/** One that goes on would be told as if it had never ended. That the loop stands still is said in the first line meanwhile. */
function withoutStandstills(trace: ProgramTrace): ProgramTrace {
  const stalls = trace.hangs.stalls.filter(({ ended }) => ended !== undefined);
  return { ...trace, hangs: { ...trace.hangs, stalls } };
}

/** Whether something old is named. 0: nothing is. */
function isAbout(named: readonly (readonly ['call' | 'scope', number])[], frontier: Frontier): boolean {
  return named.some(([space, id]) => id !== 0 && frontier.isOld(space, id));
}

function locate(finding: Finding, trace: ProgramTrace): Found {
  const rootOf = (id: number | undefined): number => (id === undefined ? 0 : (trace.tasks[id - 1]?.root ?? 0));
  return {
    key: `${finding.program} ${finding.fingerprint}`,
    finding,
    atMs: momentOf(finding, trace),
    call: rootOf(finding.task.id),
    expected: rootOf(finding.expectedTask?.id),
  };
}
