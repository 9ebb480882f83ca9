/**
 * A baseline: findings that were there before, and that are accepted until somebody mends them. It is a file in the
 * user's repository, so it is short, sorted, and says nothing that changes from run to run.
 */
import type { Finding } from '../finding.ts';
import type { Report } from '../report.ts';
import { accept } from './accept.ts';

/** Raised when a field changes its meaning or goes away. */
export const BASELINE_VERSION = 1;

export interface Baseline {
  readonly baselineVersion: typeof BASELINE_VERSION;
  /** Sorted by rule, then by fingerprint. */
  readonly findings: readonly KnownFinding[];
}

/** What is kept of a finding. Only the fingerprint counts: the rest is for whoever reads the file. */
export interface KnownFinding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly message: string;
  /** `src/client.mjs`. Absent when no place is known. */
  readonly file?: string;
}

/** All findings of a report, without those that are ignored: an ignore that is taken out again is to be noticed. */
export function createBaseline(report: Report, locate: (file: string) => string): Baseline {
  const open = report.findings.filter(({ accepted }) => accepted === undefined || accepted.by === 'baseline');
  return withKnown(EMPTY_BASELINE, open.map((finding) => describeKnown(finding, locate)));
}

export const EMPTY_BASELINE: Baseline = { baselineVersion: BASELINE_VERSION, findings: [] };

/** What it knows, and these as they are now. */
export function withKnown(baseline: Baseline, more: readonly KnownFinding[]): Baseline {
  const known = new Map([...baseline.findings, ...more].map((finding) => [finding.fingerprint, finding]));
  const findings = [...known.values()].sort((one, other) => compare(one.rule, other.rule) || compare(one.fingerprint, other.fingerprint));
  return { ...baseline, findings };
}

export function withoutKnown(baseline: Baseline, fingerprint: string): Baseline {
  return { ...baseline, findings: baseline.findings.filter((finding) => finding.fingerprint !== fingerprint) };
}

export function describeKnown({ fingerprint, rule, message, places }: Finding, locate: (file: string) => string): KnownFinding {
  const file = places.find(({ place }) => place !== undefined)?.place?.file;
  return { fingerprint, rule, message, ...(file === undefined ? {} : { file: locate(file) }) };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Accepts what the baseline knows, and names what it knows and the report has not. */
export function applyBaseline(report: Report, { findings }: Baseline): Report {
  const known = new Set(findings.map(({ fingerprint }) => fingerprint));
  const found = new Set(report.findings.map(({ fingerprint }) => fingerprint));
  const accepted = accept(report, ({ fingerprint }) => (known.has(fingerprint) ? { by: 'baseline' } : undefined));
  return { ...accepted, fixed: findings.filter(({ fingerprint }) => !found.has(fingerprint)) };
}

/** What two reports have in common, and what not. */
export interface ReportDifference {
  readonly added: readonly Finding[];
  readonly fixed: readonly Finding[];
  readonly unchanged: readonly Finding[];
}

export function compareReports(base: Report, head: Report): ReportDifference {
  const before = new Set(base.findings.map(({ fingerprint }) => fingerprint));
  const after = new Set(head.findings.map(({ fingerprint }) => fingerprint));
  return {
    added: head.findings.filter(({ fingerprint }) => !before.has(fingerprint)),
    fixed: base.findings.filter(({ fingerprint }) => !after.has(fingerprint)),
    unchanged: head.findings.filter(({ fingerprint }) => before.has(fingerprint)),
  };
}
