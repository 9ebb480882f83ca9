/** Answers an inspector that asks who waits for what in the whole program. */
import { describe, isLoopsTurn, siteOf } from './inspected.ts';
import { flush } from './channel.ts';
import { guarded, hasFailed } from './failure.ts';
import { ageAll, forEachLiving, listVanished, pruneElders } from './nursery.ts';
import {
  CALL, COLLECT, ENDED, EXACT, GENERATOR, INPUT, INTERNAL, isPaused, KIND, nodeOf, PromiseNode, RACED, ResourceStamp, SPAWNED, THEN,
} from './promise-node.ts';
import { INSPECTED_ALL } from './protocol.ts';
import type { InspectedAll, InspectedSite, InspectedVanished, InspectedWait, InspectedWaits, WaitedFor } from './protocol.ts';
import { main } from './running.ts';
import { listUnfinished } from './unfinished.ts';

const MOST_CALLS = 5000;
const MOST_MEMBERS = 100;
const LONGEST_WAY = 1000;
const MOST_LINES = 20;

function tellWaits(promises: readonly unknown[]): InspectedWaits {
  const calls = new Calls();
  calls.add(main);
  forEachLiving((node) => calls.add(node));
  for (const node of listUnfinished()) calls.add(node);
  const places = new Map<PromiseNode, number>();
  promises.forEach((promise, place) => {
    const node = nodeIn(promise);
    if (node !== undefined) places.set(node, place);
  });
  const told: InspectedWait[] = [];
  // The list grows while it is walked.
  for (const node of calls.all) told.push(tellWait(node, calls, places));
  return { calls: told, cut: calls.cut, paused: isPaused() };
}

/** Calls by their places. */
class Calls {
  readonly all: PromiseNode[] = [];
  cut = false;
  readonly #places = new Map<PromiseNode, number>();

  /** Undefined: it does not wait, or there is no room. */
  add(node: PromiseNode): number | undefined {
    const known = this.#places.get(node);
    if (known !== undefined) return known;
    if ((node.bits & ENDED) !== 0 || node.from === null) return undefined;
    if (this.all.length === MOST_CALLS) {
      this.cut = true;
      return undefined;
    }
    this.#places.set(node, this.all.length);
    return this.all.push(node) - 1;
  }
}

function tellWait(node: PromiseNode, calls: Calls, places: ReadonlyMap<PromiseNode, number>): InspectedWait {
  const kind = node.bits & KIND;
  const fn = siteOf(node.details?.fn ?? null);
  const at = lineOf(node);
  const promise = node.from === null ? undefined : places.get(node.from);
  return {
    ...describe(node),
    kind: node === main ? 'main' : kind === GENERATOR ? 'generator' : 'async',
    internal: (node.bits & INTERNAL) !== 0,
    ...(fn === undefined ? {} : { fn }),
    ...(at === undefined ? {} : { at }),
    ...(promise === undefined ? {} : { promise }),
    ...tellEnd(node.from, calls),
  };
}

type End = Pick<InspectedWait, 'what' | 'on' | 'pending' | 'handle'>;

/** What is waited for in the end: another call, several, or a promise that no call is known to settle. */
function tellEnd(from: PromiseNode | null, calls: Calls): End {
  let node = from;
  let what: WaitedFor = 'promise';
  for (let steps = 0; node !== null && steps < LONGEST_WAY; steps++) {
    if ((node.bits & ENDED) !== 0) return { on: [] };
    const kind = node.bits & KIND;
    if (kind === COLLECT) return tellMembers(node, calls);
    const isCall = kind === CALL || kind === GENERATOR;
    const place = isCall ? calls.add(node) : undefined;
    if (place !== undefined) return { what: kind === CALL ? 'call' : 'generator', on: [place] };
    // A callback given to `then` waits in turn for what it has returned.
    if (isCall || node.from === null) return { what: isCall ? 'call' : what, on: [], ...tellHandle(node) };
    if (kind === THEN) what = 'then';
    node = node.from;
  }
  return { what, on: [] };
}

function tellMembers(collection: PromiseNode, calls: Calls): End {
  const on = new Set<number>();
  let pending = 0;
  for (let input = collection.child; input !== null; input = input.sibling) {
    if ((input.bits & KIND) !== INPUT || (input.bits & ENDED) !== 0) continue;
    pending++;
    if (pending <= MOST_MEMBERS) for (const place of tellEnd(input.from, calls).on) on.add(place);
  }
  return { what: (collection.bits & RACED) === 0 ? 'collection' : 'race', on: [...on], pending };
}

function tellHandle({ details }: PromiseNode): Pick<InspectedWait, 'handle'> {
  const handle = details?.handle ?? null;
  if (handle === null) return {};
  const made = siteOf(handle.making.sites[0] ?? null);
  return { handle: { type: handle.type, ...(made === undefined ? {} : { made }) } };
}

/** Only where nobody else is in the middle of the same lists. */
const letGo = guarded((): void => {
  if (!hasFailed() && isLoopsTurn(letGo)) ageAll();
});

/** They are written down as well, where no line of the recording is half written. */
const announceVanished = guarded((): void => {
  if (hasFailed() || !isLoopsTurn(announceVanished)) return;
  pruneElders();
  flush();
});

function tellVanished(): InspectedVanished[] {
  announceVanished();
  return listVanished().filter(({ bits }) => (bits & INTERNAL) === 0).map((node) => ({ ...describe(node), stack: suspendedStack(node) }));
}

/** The task's call and those that it waits for: who awaits what was collected cannot be alive either. */
function suspendedStack(task: PromiseNode): InspectedVanished['stack'] {
  const stack: { fn?: InspectedSite; at?: InspectedSite }[] = [];
  let node: PromiseNode | null = task;
  for (let steps = 0; node !== null && steps < LONGEST_WAY && stack.length < MOST_LINES; steps++) {
    const kind: number = node.bits & KIND;
    if ((node.bits & ENDED) !== 0 || kind === COLLECT || (node !== task && (node.bits & SPAWNED) !== 0)) break;
    if ((kind === CALL || kind === GENERATOR) && (node.bits & INTERNAL) === 0) {
      const fn = siteOf(node.details?.fn ?? null);
      const at = lineOf(node);
      stack.unshift({ ...(fn === undefined ? {} : { fn }), ...(at === undefined ? {} : { at }) });
    }
    node = node.from;
  }
  return stack;
}

/** Of others than exact ones the latest `await` may have gone by without its line having been seen. */
function lineOf({ bits, details }: PromiseNode): InspectedSite | undefined {
  return (bits & EXACT) === 0 ? undefined : siteOf(details?.at ?? null);
}

/** Of the object, or of the native handle that it has. */
function tellMade(object: unknown): InspectedSite | undefined {
  const own = nodeIn(object) ?? nodeIn(handleOf(object));
  return siteOf(own?.details?.handle?.making.sites[0] ?? null);
}

function handleOf(object: unknown): unknown {
  if (typeof object !== 'object' || object === null) return undefined;
  const symbol = Object.getOwnPropertySymbols(object).find(({ description }) => description === 'kHandle');
  return Object.getOwnPropertyDescriptor(object, symbol ?? '_handle')?.value;
}

function nodeIn(value: unknown): PromiseNode | undefined {
  return typeof value === 'object' && value !== null ? (ResourceStamp.read(value) ?? nodeOf(value)) : undefined;
}

const all: InspectedAll = { letGo, waits: tellWaits, made: tellMade, vanished: tellVanished };

export function answerInspectorsOfAll(): void {
  Object.defineProperty(PromiseNode.prototype, INSPECTED_ALL, {
    value(): InspectedAll {
      return all;
    },
  });
}
