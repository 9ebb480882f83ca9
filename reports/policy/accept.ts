/** Findings that somebody has accepted: they are listed, and fail nothing. */
import type { Accepted, Finding } from '../finding.ts';
import type { Report } from '../report.ts';
import { countFindings } from '../report/totals.ts';

/** @param why - undefined: it stays as it is */
export function accept(report: Report, why: (finding: Finding) => Accepted | undefined): Report {
  const findings = report.findings.map((finding) => {
    const accepted = finding.accepted ?? why(finding);
    return accepted === undefined ? finding : { ...finding, accepted };
  });
  return { ...report, findings, totals: { ...report.totals, findings: countFindings(findings) } };
}
