import type { Finding, Severity } from '../reports/index.ts';
import { EXIT } from './exit-codes.ts';
import { nearest } from './nearest.ts';
import { Problem } from './problem.ts';

/** Which findings make the command fail. */
export interface Threshold {
  /** `violation`: only these. `leak`: these as well. `info`: every finding. Absent: no finding for its severity alone. */
  readonly severity?: Severity;
  /** Ids of rules whose every finding counts. */
  readonly rules: readonly string[];
}

const FROM_LOW: readonly Severity[] = ['info', 'leak', 'violation'];

/**
 * Reads the value of `--fail-on`: `never`, or severities and rules, separated by commas.
 *
 * @throws {Problem} when it names a rule that does not exist
 */
export function parseThreshold(text: string, rules: readonly string[]): Threshold {
  const words = text.split(',').map((word) => word.trim());
  if (words.length === 1 && words[0] === 'never') return { rules: [] };
  const severities: readonly string[] = ['violation', 'leak', 'info'] satisfies Severity[];
  const known = [...severities, ...rules];
  for (const word of words) {
    if (known.includes(word)) continue;
    const near = nearest(word, [...known, 'never']);
    const hint = near === undefined ? `Known are: ${known.join(', ')}, never.` : `Did you mean ${near}?`;
    const what = word === 'never' ? '"never" stands alone' : `there is no rule or severity ${JSON.stringify(word)}`;
    throw new Problem(`--fail-on ${text}: ${what}. ${word === 'never' ? 'Leave the others out.' : hint}`, EXIT.usage);
  }
  const named = words.filter((word) => !severities.includes(word));
  const severity = FROM_LOW.find((each) => words.includes(each));
  return severity === undefined ? { rules: named } : { severity, rules: named };
}

/** Whether a finding makes the command fail. One that was accepted does not. */
export function reaches(finding: Pick<Finding, 'rule' | 'severity' | 'accepted'>, threshold: Threshold): boolean {
  if (finding.accepted !== undefined) return false;
  if (threshold.rules.includes(finding.rule)) return true;
  return threshold.severity !== undefined && FROM_LOW.indexOf(finding.severity) >= FROM_LOW.indexOf(threshold.severity);
}
