/** What is said of a thing that was selected, and where one can go from there. */
import type { SessionModel } from '../../model/session.ts';
import type { Target } from '../ui.ts';
import type { Detail, DetailContext } from './detail.ts';
import { describeFinding, relatedToFinding } from './finding.ts';
import { describeHandle, relatedToHandle } from './handle.ts';
import { describeProgram } from './program.ts';
import { describeScope, relatedToScope } from './scope.ts';
import { describeSignal, relatedToSignal } from './signal.ts';
import { describeTask, relatedToTask } from './task.ts';

interface Kind {
  readonly describe: (key: string, context: DetailContext) => Detail;
  /** Absent: nowhere. */
  readonly related?: (key: string, pressed: string, session: SessionModel) => Target | undefined;
}

const KINDS: Readonly<Record<Target['kind'], Kind>> = {
  task: { describe: describeTask, related: (key, pressed, session) => relatedToTask(key, pressed, session) },
  scope: { describe: describeScope, related: (key, _, session) => relatedToScope(key, session) },
  signal: { describe: describeSignal, related: (key, _, session) => relatedToSignal(key, session) },
  finding: { describe: describeFinding, related: relatedToFinding },
  handle: { describe: describeHandle, related: (key, _, session) => relatedToHandle(key, session) },
  program: { describe: describeProgram },
};

export function describeTarget({ kind, key }: Target, context: DetailContext): Detail {
  return KINDS[kind].describe(key, context);
}

/** Where a key leads from there. */
export function relatedOf({ kind, key }: Target, pressed: string, session: SessionModel): Target | undefined {
  return KINDS[kind].related?.(key, pressed, session);
}
