import type { FindingExpectation } from './program-expectations.ts';

/** A finding as a report shows it: the lines of the program that it points at, in reading order. */
export interface SeenFinding {
  readonly rule: string;
  readonly message: string;
  readonly lines: readonly number[];
}

/** @returns one sentence for each difference; none when all is as stated */
export function compareFindings(expectations: readonly FindingExpectation[], findings: readonly SeenFinding[]): string[] {
  const left = [...findings];
  const problems: string[] = [];
  for (const { line, rule } of expectations.filter(({ kind }) => kind === 'expect')) {
    const index = left.findIndex((finding) => finding.rule === rule && finding.lines.includes(line));
    const finding = left[index];
    if (finding === undefined) {
      problems.push(`line ${line}: expected ${rule}, found nothing like it`);
      continue;
    }
    left.splice(index, 1);
    const others = expectations.filter((one) => one.kind === 'with' && one.rule === rule);
    if (others.length > 0 && !others.some((one) => finding.lines.includes(one.line))) {
      problems.push(`line ${line}: expected ${rule} to show line ${others.map((one) => one.line).join(' or ')} too, found ${show(finding)}`);
    }
  }
  return [...problems, ...left.map((finding) => `not expected: ${show(finding)}`)];
}

function show(finding: SeenFinding): string {
  return `${finding.rule} at line ${finding.lines.join(' and ')}: ${finding.message}`;
}
