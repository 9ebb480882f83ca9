/** What the judge finds while programs run, accepted as the run will accept it. */
import { applyBaseline, applyComments } from '../reports/index.ts';
import type { Baseline, PlacedFinding, Report, RuleSettings } from '../reports/index.ts';
import type { Policy } from './config/read-config.ts';
import { applyPolicy } from './policy.ts';

export interface LiveSettings {
  readonly cwd: string;
  readonly rules: Partial<RuleSettings>;
  /** Absent: there is no configuration. */
  readonly policy?: Policy;
  /** Absent: nobody has accepted anything. */
  readonly baseline?: Baseline;
}

export function acceptLive<Found extends Pick<PlacedFinding, 'finding'>>(found: readonly Found[], { policy, baseline, cwd, rules }: LiveSettings): readonly Found[] {
  const ignored = applyPolicy(applyComments(reportOf(found, cwd, rules), []), policy === undefined ? {} : { policy });
  const { findings } = baseline === undefined ? ignored : applyBaseline(ignored, baseline);
  return found.map((each, at) => ({ ...each, finding: findings[at] ?? each.finding }));
}

/** Of a report, only its findings matter here. */
function reportOf(found: readonly Pick<PlacedFinding, 'finding'>[], directory: string, rules: LiveSettings['rules']): Report {
  const none = { violation: 0, leak: 0, info: 0, occurrences: 0, accepted: 0 };
  return {
    schemaVersion: 1, tool: { name: '', version: '' }, createdAt: '', directory,
    settings: { graceMs: 0, abortGraceMs: 0, blockAfterMs: 0, listenerGrowth: 0, strict: false, ...rules },
    totals: { programs: 0, tasks: 0, inferredTasks: 0, scopes: 0, findings: none, undecided: 0, dropped: 0, omitted: { scopes: 0, tasks: 0 } },
    programs: [], findings: found.map(({ finding }) => finding), undecided: [], scopes: [], tasks: [],
  };
}
