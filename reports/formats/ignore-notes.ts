/** What a summary says of ignores: those of profiles when they were used, all others when they are of no use. */
import { count } from '../describe/words.ts';
import type { Ignore, ReportIgnore } from '../policy/ignores.ts';
import type { Report } from '../report.ts';

/** One sentence each. */
export function noteIgnores({ ignores = [], findings }: Report): string[] {
  return ignores.flatMap((ignore) => {
    if (ignore.by !== 'profile') return noteUseless(ignore);
    const times = findings.filter(({ accepted }) => accepted?.by === 'profile' && accepted.where === ignore.where && accepted.reason === ignore.reason).length;
    return times === 0 ? [] : [`${count(times, 'finding')} left out by the profile ${ignore.where}: ${ignore.reason}`];
  });
}

function noteUseless(ignore: ReportIgnore): string[] {
  const head = `${ignore.where} (${tellCriteria(ignore)})`;
  switch (ignore.state) {
    case 'used':
      return [];
    case 'unused':
      return [`${head} ignores nothing that was found: take it out when that stays so.`];
    case 'expired':
      return [`${head} ended on ${ignore.until ?? ''}: what it ignored counts again.`];
    case 'unreasoned':
      return [`${head} gives no reason, and so ignores nothing: write it behind a colon.`];
  }
}

const CRITERIA = ['rule', 'file', 'function', 'task', 'scope', 'package'] as const satisfies readonly (keyof Ignore)[];

/** `leaked-task in src/legacy/**`, without the reason. */
function tellCriteria(ignore: Ignore): string {
  return CRITERIA.flatMap((name) => {
    const value = ignore[name];
    if (value === undefined) return [];
    const text = typeof value === 'string' ? value : value.join(', ');
    return [name === 'rule' ? text : `${name} ${text}`];
  }).join(', ');
}
