/**
 * GitLab's code quality report.
 *
 * @see {@link https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format}
 */
import type { Finding } from '../finding.ts';
import type { Report } from '../report.ts';
import { fails, locate, mainPlaceOf, tellTest } from './located.ts';
import type { FormatOptions } from './style.ts';

/** Findings without a place are left out: the format has none for them. */
export function formatGitlab(report: Report, options: FormatOptions): string {
  const entries = report.findings.filter(({ accepted }) => accepted === undefined).flatMap((finding) => describe(finding, options));
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

function describe(finding: Finding, options: FormatOptions): object[] {
  const place = mainPlaceOf(finding);
  if (place === undefined) return [];
  return [
    {
      description: finding.test === undefined ? finding.message : `${finding.message} In test: ${tellTest(finding.test, options)}.`,
      check_name: finding.rule,
      fingerprint: finding.fingerprint,
      severity: fails(finding, options) ? 'major' : finding.severity === 'info' ? 'info' : 'minor',
      location: { path: locate(place.file, options), lines: { begin: place.line } },
    },
  ];
}
