/** Code as people write it. `¦` stands before the token that a finding points to. */
import type { Cure, Spot } from '../../../reports/cures/cure.ts';
import { membersInGroup } from '../../../reports/cures/shapes/members-in-group.ts';
import { iteratorInGroup } from '../../../reports/cures/shapes/iterator-in-group.ts';
import { bodyIsolated } from '../../../reports/cures/shapes/body-isolated.ts';
import { exitByOwner } from '../../../reports/cures/shapes/exit-by-owner.ts';
import { readerTold } from '../../../reports/cures/shapes/reader-told.ts';
import { signalPerCall } from '../../../reports/cures/shapes/signal-per-call.ts';
import { taskUntilEnd } from '../../../reports/cures/shapes/task-until-end.ts';
import { timerInTry } from '../../../reports/cures/shapes/timer-in-try.ts';
import { waitAsDeadline } from '../../../reports/cures/shapes/wait-as-deadline.ts';
import { helperAsDeadline, helperOfDeadline } from '../../../reports/cures/shapes/helper-as-deadline.ts';
import { raceAsDeadline } from '../../../reports/cures/shapes/race-as-deadline.ts';
import { taskInGroup } from '../../../reports/cures/shapes/task-in-group.ts';
import { timerAsDeadline } from '../../../reports/cures/shapes/timer-as-deadline.ts';
import { readCode, tokenAt } from '../../../reports/cures/code.ts';

export const SHAPES = {
  race: raceAsDeadline,
  group: (spot: Spot) => taskInGroup(spot, []),
  all: (spot: Spot) => membersInGroup(spot, 'all'),
  first: (spot: Spot) => membersInGroup(spot, 'race'),
  helper: (spot: Spot) => helperAsDeadline(spot, spot),
  interval: timerInTry,
  perCall: (spot: Spot) => signalPerCall(spot, spot),
  wait: waitAsDeadline,
  context: bodyIsolated,
  background: taskUntilEnd,
  limit: helperOfDeadline,
  exit: (spot: Spot) => exitByOwner(spot, spot, 'upload'),
  reader: (spot: Spot) => readerTold(spot, spot),
  timer: timerAsDeadline,
  iterator: iteratorInGroup,
} as const;

export type Shape = keyof typeof SHAPES;

/** `‡` stands before each token of the source where its scope is entered or exited. */
export function cureOf(shape: Shape, source: string, file = 'app.mjs'): Cure | undefined {
  const marks: { offset: number; mark: string }[] = [];
  let text = '';
  for (const piece of source.split(/([¦‡])/)) {
    if (piece === '¦' || piece === '‡') marks.push({ offset: text.length, mark: piece });
    else text += piece;
  }
  const code = readCode(text.split('\n'), file);
  if (code === undefined) return undefined;
  const tokenOf = (offset: number): number => {
    const before = text.slice(0, offset).split('\n');
    const at = tokenAt(code, before.length, (before.at(-1)?.length ?? 0) + 1);
    if (at === undefined) throw new Error(`no token at ${offset} of ${text}`);
    return at;
  };
  const spots = marks.filter(({ mark }) => mark === '¦').map(({ offset }) => tokenOf(offset));
  const edges = marks.filter(({ mark }) => mark === '‡').map(({ offset }) => tokenOf(offset));
  const spot = { code, at: spots[0] ?? 0 };
  if (shape === 'perCall') return signalPerCall(spot, { code, at: spots[1] ?? 0 });
  if (shape === 'exit') return exitByOwner(spot, { code, at: spots[1] ?? 0 }, 'upload');
  if (shape === 'reader') return readerTold(spot, { code, at: spots[1] ?? 0 });
  if (shape === 'helper') return helperAsDeadline(spot, { code, at: spots[1] ?? 0 });
  return shape === 'group' ? taskInGroup(spot, edges) : SHAPES[shape](spot);
}
