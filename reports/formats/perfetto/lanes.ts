import type { Stack } from './tracks.ts';

/** As few lanes as there are stacks at once. */
export function shareLanes(stacks: readonly Stack[]): Stack[][] {
  const byStart = [...stacks].sort((a, b) => a.start - b.start);
  const byEnd = [...stacks].sort((a, b) => a.end - b.end);
  const lanes: Stack[][] = [];
  const laneOf = new Map<Stack, number>();
  const free: number[] = [];
  let ended = 0;
  for (const stack of byStart) {
    for (let next = byEnd[ended]; next !== undefined && next.end < stack.start; next = byEnd[++ended]) {
      const lane = laneOf.get(next);
      if (lane !== undefined) free.push(lane);
    }
    const lane = free.pop() ?? lanes.push([]) - 1;
    laneOf.set(stack, lane);
    lanes[lane]?.push(stack);
  }
  return lanes;
}
