/** Every rule, in the order of the documents: structure first, then leaks, cancellation and hangs. */
import type { Rule } from '../rule.ts';
import { abandonedGenerator } from './abandoned-generator.ts';
import { abortListenerLeak } from './abort-listener-leak.ts';
import { blockedEventLoop } from './blocked-event-loop.ts';
import { contextLeak } from './context-leak.ts';
import { crossTaskExit } from './cross-task-exit.ts';
import { crossTaskGenerator } from './cross-task-generator.ts';
import { deadlock } from './deadlock.ts';
import { doubleExit } from './double-exit.ts';
import { ignoredCancellation } from './ignored-cancellation.ts';
import { leakedHandle } from './leaked-handle.ts';
import { leakedTask } from './leaked-task.ts';
import { leakedTimer } from './leaked-timer.ts';
import { microtaskStarvation } from './microtask-starvation.ts';
import { misnestedExit } from './misnested-exit.ts';
import { raceLoser } from './race-loser.ts';
import { residualCancellation } from './residual-cancellation.ts';
import { stalledTask } from './stalled-task.ts';
import { swallowedCancellation } from './swallowed-cancellation.ts';
import { unclosedScope } from './unclosed-scope.ts';
import { unfinishedAtExit } from './unfinished-at-exit.ts';
import { unsettledTopLevelAwait } from './unsettled-top-level-await.ts';
import { useAfterExit } from './use-after-exit.ts';
import { vanishedTask } from './vanished-task.ts';
import { yieldInScope } from './yield-in-scope.ts';

export const rules: readonly Rule[] = [
  crossTaskExit,
  misnestedExit,
  doubleExit,
  unclosedScope,
  useAfterExit,
  yieldInScope,
  crossTaskGenerator,
  abandonedGenerator,
  contextLeak,
  leakedTask,
  raceLoser,
  unfinishedAtExit,
  vanishedTask,
  abortListenerLeak,
  leakedTimer,
  leakedHandle,
  residualCancellation,
  ignoredCancellation,
  swallowedCancellation,
  stalledTask,
  deadlock,
  blockedEventLoop,
  microtaskStarvation,
  unsettledTopLevelAwait,
];

export function findRule(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
