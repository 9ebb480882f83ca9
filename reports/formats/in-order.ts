/** The order in which findings matter. */
import type { Finding, Severity } from '../finding.ts';

const ORDER: readonly Severity[] = ['violation', 'leak', 'info'];

/** Violations first, what was accepted last; otherwise as the report has them. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const weight = ({ accepted, severity }: Finding): number => (accepted === undefined ? 0 : ORDER.length) + ORDER.indexOf(severity);
  return [...findings].sort((a, b) => weight(a) - weight(b));
}
