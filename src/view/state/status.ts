import type { SessionModel } from '../model/session.ts';
import { clockOf } from '../model/program.ts';
import type { Playing, Status } from './snapshot.ts';

/** What is said of the session on every screen. */
export function statusOf(session: SessionModel, paused: boolean, playing: Playing | undefined): Status {
  const { programs } = session;
  const all = [...session.findings.values()];
  const findings = all.filter((found) => !session.isKnown(found));
  const violations = findings.filter(({ finding }) => finding.severity === 'violation').length;
  const running = programs.filter((program) => !program.isOver);
  const stalls = running.filter((program) => program.stalledSinceMs >= 0);
  const stalledMs = Math.max(-1, ...stalls.map((program) => clockOf(program, session.nowMs) - program.stalledSinceMs));
  const sum = (value: (program: (typeof programs)[number]) => number): number => programs.reduce((total, program) => total + value(program), 0);
  return {
    programs: programs.length,
    running: running.length,
    tasks: running.reduce((total, program) => total + program.alive, 0),
    scopes: running.reduce((total, program) => total + program.open, 0),
    violations,
    leaks: findings.filter(({ finding }) => finding.severity === 'leak').length,
    known: all.length - findings.length,
    rate: running.reduce((total, program) => total + program.rate, 0),
    lost: sum((program) => program.lost + program.omitted),
    ...(stalledMs < 0 ? {} : { stalledMs }),
    unfollowed: running.some((program) => program.unfollowedSinceMs >= 0),
    paused,
    over: programs.length > 0 && running.length === 0,
    ...(session.verdict.limit === undefined ? {} : { limit: session.verdict.limit }),
    ...(playing === undefined ? {} : { playing }),
  };
}
