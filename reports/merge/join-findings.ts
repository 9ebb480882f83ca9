/** Equal findings of several programs become one. */
import type { ProgramId } from '../../tracker/protocol.ts';
import type { Finding, Severity } from '../finding.ts';

export function keyOf({ rule, fingerprint }: Finding): string {
  return `${fingerprint} ${rule}`;
}

const FROM_LOW: readonly Severity[] = ['info', 'leak', 'violation'];

/** The one whose program comes first is shown. It is accepted when each of them is. */
export function joinFindings(one: Finding, other: Finding): Finding {
  const [shown, second] = isBefore(other, one) ? [other, one] : [one, other];
  const counts = new Map(countsOf(one));
  for (const [program, count] of countsOf(other)) counts.set(program, Math.max(count, counts.get(program) ?? 0));
  const programs = [...counts].map(([program, count]) => ({ program, count })).sort((a, b) => (a.program < b.program ? -1 : 1));
  const joined: { -readonly [Name in keyof Finding]: Finding[Name] } = {
    ...shown,
    severity: FROM_LOW.indexOf(second.severity) > FROM_LOW.indexOf(shown.severity) ? second.severity : shown.severity,
    count: programs.reduce((sum, { count }) => sum + count, 0),
  };
  if (programs.length > 1) joined.programs = programs;
  if (second.accepted === undefined) delete joined.accepted;
  return joined;
}

function countsOf({ programs, program, count }: Finding): readonly (readonly [ProgramId, number])[] {
  return programs?.map((one) => [one.program, one.count] as const) ?? [[program, count]];
}

/** An order that does not depend on what was joined before. */
export function isBefore(one: Finding, other: Finding): boolean {
  if (one.program !== other.program) return one.program < other.program;
  return keyOf(one) < keyOf(other);
}

export function withoutExcerpts(finding: Finding): Finding {
  if (finding.places.every(({ excerpt }) => excerpt === undefined)) return finding;
  const places = finding.places.map(({ label, task, place }) => ({ label, task, ...(place === undefined ? {} : { place }) }));
  return { ...finding, places };
}
