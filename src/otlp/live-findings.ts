/** What the judge finds while programs run, accepted as the run will accept it. */
import { applyBaseline } from '../../reports/index.ts';
import type { PlacedFinding, Report } from '../../reports/index.ts';
import { applyPolicy } from '../policy.ts';
import type { OtlpSettings } from './messages.ts';

export function acceptLive(found: readonly PlacedFinding[], { policy, baseline, cwd, rules }: OtlpSettings): readonly PlacedFinding[] {
  const ignored = applyPolicy(reportOf(found, cwd, rules), policy === undefined ? {} : { policy });
  const { findings } = baseline === undefined ? ignored : applyBaseline(ignored, baseline);
  return found.map((each, at) => ({ ...each, finding: findings[at] ?? each.finding }));
}

/** Of a report, only its findings matter here. */
function reportOf(found: readonly PlacedFinding[], directory: string, rules: OtlpSettings['rules']): Report {
  const none = { violation: 0, leak: 0, info: 0, occurrences: 0, accepted: 0 };
  return {
    schemaVersion: 1, tool: { name: '', version: '' }, createdAt: '', directory,
    settings: { graceMs: 0, abortGraceMs: 0, blockAfterMs: 0, listenerGrowth: 0, strict: false, ...rules },
    totals: { programs: 0, tasks: 0, inferredTasks: 0, scopes: 0, findings: none, undecided: 0, dropped: 0, omitted: { scopes: 0, tasks: 0 } },
    programs: [], findings: found.map(({ finding }) => finding), undecided: [], scopes: [], tasks: [],
  };
}
