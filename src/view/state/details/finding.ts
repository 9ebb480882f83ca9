/** A finding, as the summary prints it: both places, both tasks, what to do. */
import { formatFindingAlone } from '../../../../reports/index.ts';
import type { SessionModel } from '../../model/session.ts';
import type { Target } from '../ui.ts';
import { count, tellProgram } from '../words.ts';
import type { Detail, DetailContext } from './detail.ts';

const WIDEST = 120;

export function describeFinding(key: string, { session, style, width }: DetailContext): Detail {
  const found = session.findings.get(key);
  if (found === undefined) return { title: 'Finding', lines: [], hint: 'esc back' };
  const { finding } = found;
  const known = session.isKnown(found);
  const program = session.programs.find(({ id }) => id === finding.program);
  const where = session.programs.length > 1 && program !== undefined ? tellProgram(program) : undefined;
  return {
    title: `Finding${finding.count > 1 ? `, seen ${count(finding.count, 'time')}` : ''}${known ? ', known: it fails nothing' : ''}`,
    lines: formatFindingAlone(finding, where, { style, width: Math.min(width, WIDEST) }),
    hint: `enter task  s scope  e the other task  m ${known ? 'no longer known' : 'mark as known'}  esc back`,
  };
}

/** @param key - of the keyboard: `s` leads to the scope, `e` to the task that should have done it, others to the one that did */
export function relatedToFinding(target: string, key: string, session: SessionModel): Target | undefined {
  const found = session.findings.get(target);
  const program = session.programs.find(({ id }) => id === found?.finding.program);
  if (found === undefined || program === undefined) return undefined;
  const { finding, call, expected } = found;
  if (key === 's') return finding.scope === undefined ? undefined : { kind: 'scope', key: `${program.number}.${finding.scope.id}` };
  const id = key === 'e' ? expected : call;
  return id === 0 ? undefined : { kind: 'task', key: `${program.number}.${id}` };
}
