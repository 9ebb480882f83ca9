/** What the configuration and the profiles make of a report. */
import { relative, resolve } from 'node:path';
import { applyIgnores, profiles } from '../reports/index.ts';
import type { Report } from '../reports/index.ts';
import type { Options } from './invocation.ts';

export function applyPolicy(report: Report, { policy }: Pick<Options, 'policy'>): Report {
  const chosen = profiles.filter(({ id }) => policy?.profiles?.includes(id) ?? true);
  const folder = policy?.folder ?? process.cwd();
  return applyIgnores(report, {
    ignores: [...(policy?.ignores ?? []), ...chosen.flatMap(({ ignores }) => ignores)],
    today: new Date().toISOString().slice(0, 10),
    namesOf: (file) => [file, relative(folder, resolve(report.directory, file))],
  });
}
