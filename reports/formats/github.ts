/**
 * Annotations of a GitHub workflow: commands among the output of a step.
 *
 * @see {@link https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands}
 */
import type { Finding } from '../finding.ts';
import type { Report } from '../report.ts';
import { withoutControls, withoutTurns } from './escape.ts';
import { inOrder } from './in-order.ts';
import { fails, locate, mainPlaceOf, tellPlace, tellTest, testsOf } from './located.ts';
import type { FormatOptions } from './style.ts';

/** GitHub shows the first ten of each level of a step, so the sum and the worst findings lead. */
export function formatGithub(report: Report, options: FormatOptions): string {
  const { violation, leak } = report.totals.findings;
  const lines = inOrder(report.findings.filter(({ accepted }) => accepted === undefined)).map((finding) => annotate(finding, options));
  const sum = `scope-trace: ${violation} violation${violation === 1 ? '' : 's'}, ${leak} leak${leak === 1 ? '' : 's'}`;
  return `${[`::notice title=scope-trace::${escapeData(sum)}`, ...lines].join('\n')}\n`;
}

function annotate(finding: Finding, options: FormatOptions): string {
  const place = mainPlaceOf(finding);
  const properties = [
    ...(place === undefined ? [] : [['file', locate(place.file, options)], ['line', String(place.line)], ['col', String(place.column)]]),
    ['title', `scope-trace: ${finding.rule}${finding.count === 1 ? '' : ` (${finding.count} times)`}`],
  ];
  const others = finding.places.flatMap(({ label, place: at }) => (at === undefined || at === place ? [] : [`${label}: ${tellPlace(at, options)}`]));
  const tests = testsOf(finding).map((test) => `in test: ${tellTest(test, options)}`);
  const text = [finding.message, ...tests, ...others, finding.advice].join('\n');
  const list = properties.map(([name = '', value = '']) => `${name}=${escapeProperty(value)}`).join(',');
  const level = fails(finding, options) ? 'error' : finding.severity === 'info' ? 'notice' : 'warning';
  return `::${level} ${list}::${escapeData(withoutTurns(text))}`;
}

function escapeData(text: string): string {
  return withoutControls(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
