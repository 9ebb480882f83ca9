/** Answers an inspector that has found a node in a private field of the program's objects. */
import { announce, callOriginOf } from './announce.ts';
import { flush } from './channel.ts';
import { atMs } from './clock.ts';
import { guarded, hasFailed } from './failure.ts';
import { CALL, ENDED, idOf, KIND, LOADER, PromiseNode, ROOT, SPAWNED } from './promise-node.ts';
import type { Subject } from './announce.ts';
import { INSPECTED, type Inspected, type InspectedSite, type InspectedStep } from './protocol.ts';
import { main } from './running.ts';
import type { Site } from './sites.ts';
import { readStack } from './stalls.ts';

const MOST_TASKS = 8;
const MOST_SCOPES = 20;
const LONGEST_WAY = 10_000;

export function answerInspectors(): void {
  Object.defineProperty(PromiseNode.prototype, INSPECTED, {
    value(this: PromiseNode): Inspected {
      return tell(this);
    },
  });
}

function tell(node: PromiseNode): Inspected {
  if ((node.bits & KIND) === CALL && (node.bits & ENDED) === 0) announceWaiting(node);
  return describe(node);
}

/** What is known of it, and nothing more than is known. */
export function describe(node: PromiseNode): Inspected {
  const call = idOf(node);
  const made = siteOf(node.details?.handle?.making.sites[0] ?? null);
  return {
    ...(call === 0 ? {} : { call }),
    tasks: tasksOf(node),
    ...(node.details === null ? {} : { startedAgoMs: Math.max(0, Math.round(atMs() - node.details.startMs)) }),
    scopes: scopesOf(node),
    ...testOf(node),
    ...(made === undefined ? {} : { made }),
  };
}

/** So that what a dump says of a call can be joined with the recording. Only where no line of it is half written. */
const announceWaiting = guarded((node: PromiseNode): void => {
  if (idOf(node) !== 0 || hasFailed() || !isLoopsTurn(announceWaiting)) return;
  announce(node);
  flush();
});

/** How many frames an inspector's question has: the text that calls the method, the method, and what that calls. */
const OWN_FRAMES = 3;

/**
 * Whether nothing of the program or of the tracker was interrupted.
 *
 * @param below - what an inspector's question has called
 */
export function isLoopsTurn(below: (...given: never[]) => void): boolean {
  return readStack(below).length <= OWN_FRAMES;
}

/** A call that its caller waits for is part of the caller's task. */
function tasksOf(node: PromiseNode): InspectedStep[] {
  const tasks: InspectedStep[] = [];
  let at: PromiseNode | null = node;
  for (let steps = 0; at !== null && steps < LONGEST_WAY; steps++, at = at.owner) {
    const begins = (at.bits & KIND) === ROOT || (at.bits & SPAWNED) !== 0;
    if (begins && (at.bits & KIND) !== LOADER) tasks.push(stepOf(at));
  }
  return tasks.length <= MOST_TASKS ? tasks : [...tasks.slice(0, MOST_TASKS / 2), ...tasks.slice(-MOST_TASKS / 2)];
}

function stepOf(node: PromiseNode): InspectedStep {
  const site = siteOf(node.details?.fn ?? null);
  const from = siteOf(node.details?.place ?? null);
  const subject = (node.bits & KIND) === ROOT && node !== main ? (node.subject as Subject) : undefined;
  return {
    call: idOf(node),
    origin: node === main ? 'main' : callOriginOf(node),
    ...(subject === undefined ? {} : subject.named ? { name: subject.name } : { resource: subject.name }),
    ...(site === undefined ? {} : { site }),
    ...(from === undefined ? {} : { from }),
  };
}

function scopesOf({ scope }: PromiseNode): string[] {
  const names: string[] = [];
  for (let at = scope; at !== null && names.length < MOST_SCOPES; at = at.parent) if (at.open) names.push(at.name);
  return names;
}

function testOf({ scope }: PromiseNode): { test?: string } {
  for (let at = scope; at !== null; at = at.parent) if (at.open && at.group?.kind === 'test') return { test: at.name };
  return {};
}

export function siteOf(site: Site | null): InspectedSite | undefined {
  if (site === null || site.fn.own) return undefined;
  const { file, line, column, name } = site;
  return { file, line, column, ...(name === null ? {} : { function: name }) };
}
