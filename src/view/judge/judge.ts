/** Looks for findings while the programs run, with the rules that may speak before the end; at a program's end with all. */
import { checkProgram, createFold, momentOf } from '../../../reports/index.ts';
import type { Finding, Fold, ProgramTrace, RuleSettings } from '../../../reports/index.ts';
import type { ProgramId, TraceRecord } from '../../../tracker/protocol.ts';
import { createSources } from '../../sources.ts';
import { mayBeTakenBack, STANDING_RULES } from '../../standing-verdicts.ts';
import type { Verdict } from '../model/session.ts';

const LIMIT = 'So much was recorded that findings are no longer looked for while it runs: the summary at its end has them all.';

type Found = Verdict['findings'][number];

interface Case {
  readonly fold: Fold;
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
  #full = false;

  /** @param most - records that are kept in memory of all programs together: some 400 bytes each, folded */
  constructor(cwd: string, settings: Partial<RuleSettings>, most: number) {
    this.#most = most;
    this.#cwd = cwd;
    this.#settings = settings;
  }

  get isFull(): boolean {
    return this.#full;
  }

  /** A program has ended that was not judged since. */
  get hasEnded(): boolean {
    return [...this.#cases.values()].some((one) => one.over && one.fresh);
  }

  add(program: ProgramId, records: readonly TraceRecord[]): void {
    if (this.#full) return;
    let one = this.#cases.get(program);
    if (one === undefined) this.#cases.set(program, (one = { fold: createFold(program), fresh: true, over: false }));
    for (const record of records) {
      one.fold.add(record);
      if (record.kind === 'program-ended') one.over = true;
    }
    one.fresh = true;
    this.#records += records.length;
    if (this.#records < this.#most) return;
    this.#full = true;
    this.#cases.clear();
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
    if (this.#full) return { findings, limit: LIMIT, final: false };
    return looked ? { findings, final: this.#cases.size === 0 } : undefined;
  }

  #checkOne({ fold, over }: Case): Found[] {
    const trace = fold.finish();
    const sources = createSources({ programs: [trace] }, this.#cwd);
    const spoken = checkProgram(trace, { ...this.#settings, sources, ...(over ? {} : { only: STANDING_RULES }) });
    const standing = spoken.findings.filter((finding) => over || !mayBeTakenBack(finding, trace));
    return standing.filter((finding) => this.#isNews(finding)).map((finding) => locate(finding, trace));
  }

  #isNews({ program, fingerprint, count }: Finding): boolean {
    const key = `${program} ${fingerprint}`;
    if (this.#told.get(key) === count) return false;
    this.#told.set(key, count);
    return true;
  }
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
