/** Judges tests while their run goes on, from what their programs have recorded so far. */
import { applyComments, checkProgram, createReport, rules } from '../../reports/index.ts';
import type { Finding, ProgramTrace, Sources } from '../../reports/index.ts';
import type { Settings } from '../../tracker/protocol.ts';
import { ruleSettings } from '../conclusion.ts';
import { readConfig } from '../config/read-config.ts';
import { EXIT } from '../exit-codes.ts';
import { parseOptions } from '../options.ts';
import type { RunOptions } from '../invocation.ts';
import { applyPolicy } from '../policy.ts';
import { Problem, reasonOf } from '../problem.ts';
import { createSources } from '../sources.ts';
import { mayBeTakenBack, STANDING_RULES } from '../standing-verdicts.ts';
import { reaches } from '../threshold.ts';
import { trackerSettings } from '../tracker-settings.ts';
import { VERSION } from '../version.ts';
import { GrowingRecordings } from './growing.ts';

/** What a project says of all its tests. */
export interface IntegrationOptions {
  /** What fails a test: `violation`, `leak` (which means both), `info`, `never`, or rules. Default: the configuration's, else `leak`. */
  readonly failOn?: string | readonly string[];
}

const RULES = rules.map(({ id }) => id);

/** The options of the command and its configuration, as if it had been called in this folder. */
export async function readIntegrationOptions(folder: string, { failOn }: IntegrationOptions): Promise<RunOptions> {
  const config = await readConfig(folder);
  const chosen = failOn ?? (config.given.failOn === undefined ? 'leak' : undefined);
  const given = chosen === undefined ? [] : ['--fail-on', typeof chosen === 'string' ? chosen : chosen.join(',')];
  const asked = parseOptions([...given, '--', 'tests'], RULES, config);
  if (asked.kind !== 'run') throw new Problem('The options of scope-trace cannot be read.', EXIT.failure);
  return asked.options;
}

export function settingsFor(options: RunOptions): Settings {
  // Nobody stands outside who could ask where the program stands still.
  return trackerSettings({ ...options, blockAfterMs: 0 });
}

/** A finding, and whether it fails what it was found in. */
export interface Judged {
  readonly finding: Finding;
  readonly fails: boolean;
}

export class TestJudge {
  readonly #recordings: GrowingRecordings;
  readonly #cwd: string;
  readonly #options: RunOptions;
  readonly #told = new Set<string>();
  #failed = false;

  /** @param only - of the programs in the folder, those whose ids begin so */
  constructor(directory: string, cwd: string, options: RunOptions, only = '') {
    this.#recordings = new GrowingRecordings(directory, only);
    this.#cwd = cwd;
    this.#options = options;
  }

  /** What is found now for the first time, and stands whatever comes. */
  standing(): readonly Judged[] {
    return this.#judgeAll(false);
  }

  /** What is found when nothing more is to come. */
  final(): readonly Judged[] {
    return this.#judgeAll(true);
  }

  /** No test fails because we do. */
  #judgeAll(final: boolean): readonly Judged[] {
    if (this.#failed) return [];
    try {
      return this.#recordings.read(final).flatMap((trace) => this.#judge(trace, final));
    } catch (error) {
      this.#failed = true;
      console.error(`scope-trace: tests are not judged any more: ${reasonOf(error)}.`);
      return [];
    }
  }

  #judge(trace: ProgramTrace, final: boolean): Judged[] {
    const sources = createSources({ programs: [trace] }, this.#cwd);
    const settings = ruleSettings(this.#options);
    const { findings } = checkProgram(trace, { ...settings, sources, each: true, ...(final ? {} : { only: STANDING_RULES }) });
    const news = findings.filter((finding) => (final || !mayBeTakenBack(finding, trace)) && this.#isNews(finding, trace));
    return news.length === 0 ? [] : this.#weigh(news, trace, sources);
  }

  /** Comments in the source and the configuration may say otherwise. */
  #weigh(findings: readonly Finding[], trace: ProgramTrace, sources: Sources): Judged[] {
    const session = { programs: [trace] };
    const report = createReport(session, { findings, undecided: [] }, {
      tool: { name: 'scope-trace', version: VERSION },
      createdAt: new Date().toISOString(),
      directory: this.#cwd,
      settings: ruleSettings(this.#options),
      sources,
    });
    const weighed = applyPolicy(applyComments(report, []), this.#options);
    return weighed.findings.map((finding) => ({ finding, fails: reaches(finding, this.#options.failOn) }));
  }

  #isNews({ program, fingerprint, scope, task }: Finding, trace: ProgramTrace): boolean {
    const key = [program, fingerprint, scope?.id ?? '', trace.tasks[task.id - 1]?.root ?? ''].join(' ');
    if (this.#told.has(key)) return false;
    this.#told.add(key);
    return true;
  }
}
