/** What earlier work has left in the task that runs now, for whoever asks: told at once, and written nowhere. */
import { announce } from './announce.ts';
import { leftTo } from './contexts.ts';
import { forEachLiving } from './nursery.ts';
import { INTERNAL, KIND, LOADER, type PromiseNode, SPAWNED } from './promise-node.ts';
import type { Site } from './sites.ts';
import { listUnfinished } from './unfinished.ts';

export interface ResidueAnswer {
  /** Tasks that the running one has started, itself or by others, and that go on. */
  readonly tasks: readonly { readonly id: number; readonly name: string; readonly place?: string }[];
  /** Contexts that were entered by a call which has ended, and hold here nevertheless. */
  readonly contexts: readonly { readonly by: string; readonly place: string }[];
}

/** More of them help nobody. */
const MOST = 100;

export function residueOf(call: PromiseNode, task: PromiseNode, nameOf: (node: PromiseNode) => string): ResidueAnswer {
  const tasks = new Set<PromiseNode>();
  const note = (node: PromiseNode): void => {
    if (tasks.size < MOST && isTask(node) && isWithin(node, task)) tasks.add(node);
  };
  for (const node of listUnfinished()) note(node);
  forEachLiving(note);
  return {
    tasks: [...tasks].map((node) => ({ id: announce(node), name: nameOf(node), ...placeOf(node.details?.place ?? null) })),
    contexts: leftTo(call).map(({ functions, at }) => ({ by: functions.at(-1) === at.fn ? (at.name ?? 'a function') : 'a function', place: text(at) })),
  };
}

function isTask(node: PromiseNode): boolean {
  return (node.bits & SPAWNED) !== 0 && (node.bits & INTERNAL) === 0 && (node.bits & KIND) !== LOADER;
}

/** Started by `task`, directly or not. */
function isWithin(node: PromiseNode, task: PromiseNode): boolean {
  for (let at = node.owner, steps = 0; at !== null && steps < 10_000; at = at.owner, steps++) if (at === task) return true;
  return false;
}

function placeOf(site: Site | null): { place?: string } {
  return site === null ? {} : { place: text(site) };
}

function text({ file, line, column }: Site): string {
  return `${file}:${line}:${column}`;
}
