/** What a user wants of single rules. */
import type { Finding } from '../finding.ts';
import type { RulePolicy, RuleSettings, Thresholds } from '../rule.ts';

/** Which settings each rule looks at. A rule that is not here has none. */
export const THRESHOLDS: Readonly<Record<string, readonly (keyof Thresholds)[]>> = {
  'cross-task-exit': ['strict'],
  'yield-in-scope': ['strict'],
  'leaked-task': ['graceMs'],
  'race-loser': ['graceMs'],
  'leaked-timer': ['graceMs'],
  'leaked-handle': ['graceMs'],
  'abort-listener-leak': ['listenerGrowth'],
  'ignored-cancellation': ['abortGraceMs'],
  'swallowed-cancellation': ['abortGraceMs'],
  'blocked-event-loop': ['blockAfterMs'],
  'microtask-starvation': ['blockAfterMs'],
};

/** Undefined: nothing differs for this rule. */
export function policyOf(rule: string, { rules = {} }: Pick<RuleSettings, 'rules'>): RulePolicy | undefined {
  return Object.hasOwn(rules, rule) ? rules[rule] : undefined;
}

/** What counts for one rule. */
export function settingsOf(rule: string, settings: RuleSettings): RuleSettings {
  const own = policyOf(rule, settings);
  if (own === undefined) return settings;
  const whole: RuleSettings & RulePolicy = { ...settings, ...own };
  delete (whole as { severity?: unknown }).severity;
  return whole;
}

/** The finding with the severity that the user gave its rule. */
export function weigh(finding: Finding, settings: Pick<RuleSettings, 'rules'>): Finding {
  const severity = policyOf(finding.rule, settings)?.severity;
  return severity === undefined || severity === 'off' ? finding : { ...finding, severity };
}
