/**
 * Who asked for the ticks that are still to run (`process.nextTick`, of which Node needs a handful for
 * each request). They run in the order in which they were asked for, so a queue does what a stamp on
 * each of them would, for a fraction of the price.
 */
import type { PromiseNode } from './promise-node.ts';

export const TICK = 'TickObject';

const PLACES = 1024;
const ids = new Array<number>(PLACES).fill(0);
const makers = new Array<PromiseNode | null>(PLACES).fill(null);
let first = 0;
let count = 0;

/** False: there is no place left, and the tick is to be found in another way. */
export function addTick(asyncId: number, made: PromiseNode): boolean {
  if (count === PLACES) return false;
  const at = (first + count++) % PLACES;
  ids[at] = asyncId;
  makers[at] = made;
  return true;
}

/** The tick that runs now. Absent: it is none, or none that was added. */
export function takeTick(asyncId: number): PromiseNode | undefined {
  if (count === 0 || ids[first] !== asyncId) return undefined;
  return shift();
}

/** The same for one before which others never ran. */
export function findTick(asyncId: number): PromiseNode | undefined {
  let ahead = 0;
  while (ahead < count && ids[(first + ahead) % PLACES] !== asyncId) ahead++;
  if (ahead === count) return undefined;
  for (; ahead > 0; ahead--) shift();
  return shift();
}

/** A tick that was added later has run: those that are left never will. */
export function forgetTicks(): void {
  while (count > 0) shift();
}

function shift(): PromiseNode {
  const made = makers[first] as PromiseNode;
  makers[first] = null;
  first = (first + 1) % PLACES;
  count--;
  return made;
}
