/** Findings that somebody has marked as known: they are written into the baseline, and taken out again. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { describeKnown, EMPTY_BASELINE, withKnown, withoutKnown } from '../../../reports/index.ts';
import type { Baseline, Finding } from '../../../reports/index.ts';
import { readBaseline, writeBaseline } from '../../baseline-file.ts';
import { DEFAULT_BASELINE, readNote, writeNote } from '../../marked-baseline.ts';
import { locateFrom } from '../../report-files.ts';

/** What is known now, and a sentence on what was done. */
export interface Marked {
  readonly fingerprints: ReadonlySet<string>;
  readonly notice?: string;
}

export interface KnownRequest {
  /** The session's folder. */
  readonly directory: string;
  /** In which the programs were started. */
  readonly cwd: string;
  /** A run is told of it: it may accept what is marked. */
  readonly runs: boolean;
}

export class KnownFindings {
  /** As one would type it. */
  readonly name: string;
  /** Why nothing can be marked, as a sentence. Absent: it can. */
  readonly refusal?: string;
  readonly #request: KnownRequest;
  readonly #file: string;
  /** Whether the run was given it. Otherwise what it holds counts from the first mark on. */
  readonly #given: boolean;
  /** Nobody had that file before. */
  #made = false;
  #marks = 0;
  #known: ReadonlySet<string> = new Set();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(request: KnownRequest) {
    const note = readNote(request.directory);
    this.#request = request;
    this.#given = note !== undefined;
    this.#file = note?.file ?? resolve(request.cwd, DEFAULT_BASELINE);
    this.name = relative(process.cwd(), this.#file);
    if (note?.update === true) this.refusal = `All that is found is written into ${this.name} at the end, as --update-baseline says.`;
  }

  /** What the run accepts from its start. */
  async load(): Promise<Marked> {
    if (this.#given) this.#known = fingerprintsOf(await readBaseline(this.#file).catch(() => EMPTY_BASELINE));
    return { fingerprints: this.#known };
  }

  /** Marks a finding, or takes the mark back. One after the other, and never rejects. */
  toggle(finding: Finding): Promise<Marked> {
    const done = this.#queue.then(() => this.#toggle(finding)).catch((error: unknown) => ({ fingerprints: this.#known, notice: tell(error) }));
    this.#queue = done;
    return done;
  }

  async #toggle(finding: Finding): Promise<Marked> {
    const before = await this.#read();
    const { fingerprint } = finding;
    const marks = !before.findings.some((known) => known.fingerprint === fingerprint);
    const after = marks ? withKnown(before, [describeKnown(finding, locateFrom(this.#request.cwd))]) : withoutKnown(before, fingerprint);
    await this.#write(after);
    this.#marks += marks ? 1 : -1;
    this.#tellRun();
    this.#known = this.#given || this.#marks > 0 ? fingerprintsOf(after) : new Set();
    return { fingerprints: this.#known, notice: marks ? `Known from now on: it is in ${this.name}. m takes it back` : `No longer known: it is taken out of ${this.name}.` };
  }

  /** Anew each time: others may have changed it. */
  async #read(): Promise<Baseline> {
    if (existsSync(this.#file)) return readBaseline(this.#file);
    this.#made = true;
    return EMPTY_BASELINE;
  }

  async #write(baseline: Baseline): Promise<void> {
    if (this.#made && baseline.findings.length === 0) await rm(this.#file, { force: true });
    else await writeBaseline(this.#file, baseline);
  }

  #tellRun(): void {
    if (!this.#request.runs) return;
    try {
      writeNote(this.#request.directory, { file: this.#file, update: false, marked: this.#given || this.#marks > 0 });
    } catch {
      // It has ended, and taken its folder along.
    }
  }
}

function tell(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fingerprintsOf({ findings }: Baseline): ReadonlySet<string> {
  return new Set(findings.map(({ fingerprint }) => fingerprint));
}
