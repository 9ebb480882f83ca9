/** Code as people write it. `¦` stands before the token that a finding points to. */
import type { Cure, Spot } from '../../../reports/cures/cure.ts';
import { iteratorInGroup } from '../../../reports/cures/shapes/iterator-in-group.ts';
import { raceAsDeadline } from '../../../reports/cures/shapes/race-as-deadline.ts';
import { taskInGroup } from '../../../reports/cures/shapes/task-in-group.ts';
import { timerAsDeadline } from '../../../reports/cures/shapes/timer-as-deadline.ts';
import { readCode, tokenAt } from '../../../reports/cures/code.ts';

export const SHAPES = {
  race: raceAsDeadline,
  group: (spot: Spot) => taskInGroup(spot, []),
  timer: timerAsDeadline,
  iterator: iteratorInGroup,
} as const;

export type Shape = keyof typeof SHAPES;

/** `‡` stands before each token of the source where its scope is entered or exited. */
export function cureOf(shape: Shape, source: string): Cure | undefined {
  const marks: { offset: number; mark: string }[] = [];
  let text = '';
  for (const piece of source.split(/([¦‡])/)) {
    if (piece === '¦' || piece === '‡') marks.push({ offset: text.length, mark: piece });
    else text += piece;
  }
  const code = readCode(text.split('\n'));
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
  return shape === 'group' ? taskInGroup(spot, edges) : SHAPES[shape](spot);
}
