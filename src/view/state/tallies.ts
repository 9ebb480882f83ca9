/** Open scopes and findings of each task, counted once for each state of the session. */
import { taskOf, type Call } from '../model/call.ts';
import type { ScopeModel } from '../model/program.ts';
import type { KnownFinding, SessionModel } from '../model/session.ts';

export interface Tally {
  readonly total: number;
  readonly violations: number;
}

export interface Tallies {
  openOf(task: Call): number;
  findingsOf(task: Call): Tally;
  ofScope(scope: ScopeModel): Tally;
  /** Living tasks that were started inside it. */
  insideOf(scope: ScopeModel): number;
}

const NONE: Tally = { total: 0, violations: 0 };
const known = new WeakMap<SessionModel, { readonly version: number; readonly tallies: Tallies }>();

export function tallyOf(session: SessionModel): Tallies {
  const last = known.get(session);
  if (last?.version === session.version) return last.tallies;
  const tallies = count(session);
  known.set(session, { version: session.version, tallies });
  return tallies;
}

function count(session: SessionModel): Tallies {
  const open = new Map<Call, number>();
  const inside = new Map<string, number>();
  for (const program of session.programs) {
    for (const scope of program.scopes.values()) {
      if (scope.exitedMs >= 0) continue;
      const host = taskOf(scope.call);
      open.set(host, (open.get(host) ?? 0) + 1);
    }
    if (program.scopes.size === 0) continue;
    for (const call of program.calls.values()) {
      if (call.scope === 0 || call.over || taskOf(call) !== call) continue;
      const key = `${program.number}.${call.scope}`;
      inside.set(key, (inside.get(key) ?? 0) + 1);
    }
  }
  const findings = countFindings([...session.findings.values()].filter((found) => !session.isKnown(found)));
  return {
    openOf: (task) => open.get(task) ?? 0,
    findingsOf: (task) => findings.get(`${task.program.id} task ${task.id}`) ?? NONE,
    ofScope: ({ program, entered }) => findings.get(`${program.id} scope ${entered.scope}`) ?? NONE,
    insideOf: ({ program, entered }) => inside.get(`${program.number}.${entered.scope}`) ?? 0,
  };
}

function countFindings(findings: Iterable<KnownFinding>): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const { finding, call, expected } of findings) {
    const about = new Set([`task ${call}`, `task ${expected}`, ...(finding.scope === undefined ? [] : [`scope ${finding.scope.id}`])]);
    for (const what of about) {
      const key = `${finding.program} ${what}`;
      const { total, violations } = tallies.get(key) ?? NONE;
      tallies.set(key, { total: total + 1, violations: violations + (finding.severity === 'violation' ? 1 : 0) });
    }
  }
  return tallies;
}
