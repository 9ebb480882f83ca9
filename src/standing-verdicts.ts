import { rules } from '../reports/index.ts';
import type { Finding, ProgramTrace } from '../reports/index.ts';

/** Rules that say of a recording what they say of every longer one. */
export const STANDING_RULES = rules.filter((rule) => rule.standsAtOnce === true);

/** Whoever started the task may still wait for it, and so have lent it the scope. Nobody waits for a callback. */
export function mayBeTakenBack({ scope, task }: Finding, trace: ProgramTrace): boolean {
  const about = trace.tasks[task.id - 1];
  if (scope === undefined || about === undefined || about.origin === 'callback') return false;
  return about.spawner !== undefined && about.spawner.ended === undefined;
}
