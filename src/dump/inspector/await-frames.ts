/** Where functions are suspended, by the promises that they await. */
import { setTimeout as sleep } from 'node:timers/promises';
import { makeAwaitWalker } from './await-frames-here.ts';
import type { AwaitChains, AwaitFrame, PromiseCounts } from './await-frames-here.ts';
import { OBJECT_GROUP } from './describe.ts';
import type { HeapObjects } from './objects.ts';
import type { Session } from './session.ts';

export type { AwaitFrame, PromiseCounts } from './await-frames-here.ts';

/** Of further ones nothing is asked. */
const MOST_PENDING = 20_000;
/** Node runs microtasks after some of our questions, and not after each. */
const MOST_ASKED = 50;
const PAUSE_MS = 5;
const MOST_COUNTED = 50_000;

export interface PendingPromises {
  /** The remote list of them, at most {@link MOST_PENDING}. */
  readonly list: string;
  readonly listed: number;
  readonly counts: () => Promise<PromiseCounts | undefined>;
  /** For the promises at these places of the list: see {@link AwaitWalker}. */
  readonly frames: (places: readonly number[]) => Promise<readonly (readonly AwaitFrame[])[]>;
}

/** The pending promises of the program. Undefined: it does not tell. */
export async function listPending(session: Session): Promise<PendingPromises | undefined> {
  const evaluate = async (expression: string): Promise<string | undefined> => {
    const { result } = await session.send('Runtime.evaluate', { expression, includeCommandLineAPI: true, objectGroup: OBJECT_GROUP, silent: true });
    return result.objectId;
  };
  const walker = await evaluate(`(${makeAwaitWalker.toString()})({ inspect: require('node:util').inspect })`);
  const prototype = await evaluate('Promise.prototype');
  if (walker === undefined || prototype === undefined) return undefined;
  const { objects: all } = await session.send('Runtime.queryObjects', { prototypeObjectId: prototype, objectGroup: OBJECT_GROUP });
  const call = (functionDeclaration: string, list: string | undefined, values: unknown, returnByValue: boolean) =>
    session.send('Runtime.callFunctionOn', {
      objectId: walker,
      functionDeclaration,
      arguments: [{ ...(list === undefined ? {} : { objectId: list }) }, { value: values }],
      objectGroup: OBJECT_GROUP,
      returnByValue,
      silent: true,
    });
  const list = (await call('function (all, most) { return this.pending(all, most) }', all.objectId, MOST_PENDING, false)).result.objectId;
  if (list === undefined) return undefined;
  const { result: length } = await session.send('Runtime.callFunctionOn', { objectId: list, functionDeclaration: 'function () { return this.length }', returnByValue: true, silent: true });
  return {
    list,
    listed: Number(length.value),
    counts: async () => (await call('function (all, most) { return this.count(all, most) }', all.objectId, MOST_COUNTED, true)).result.value as PromiseCounts | undefined,
    frames: async (places) => {
      await call('function (all, places) { this.walk(all, places) }', list, places, true);
      for (let asked = 0; asked < MOST_ASKED; asked++) {
        const { result } = await call('function () { return this.left() }', undefined, null, true);
        if (result.value === 0) break;
        await sleep(PAUSE_MS);
      }
      const { result } = await call('function () { return this.take() }', undefined, null, true);
      const { chains, of } = (result.value ?? { chains: [], of: [] }) as AwaitChains;
      return of.map((place) => chains[place] ?? []);
    },
  };
}

/**
 * The lines at which the given promises are awaited, by their heap ids. Left out are those that more
 * than one function awaits, and those of other contexts. The pending promises are known to `objects` afterwards.
 *
 * @throws {NoAnswer | Refused}
 */
export async function findAwaitFrames(session: Session, objects: HeapObjects, awaited: ReadonlySet<number>): Promise<ReadonlyMap<number, AwaitFrame>> {
  const found = new Map<number, AwaitFrame>();
  const pending = awaited.size === 0 ? undefined : await listPending(session);
  if (pending === undefined) return found;
  const ids = await objects.learn(pending.list);
  const wanted = [...ids].filter(([, id]) => awaited.has(id));
  const frames = await pending.frames(wanted.map(([place]) => place));
  for (const [index, [, id]] of wanted.entries()) {
    const frame = frames[index]?.[0];
    if (frame !== undefined && frame.line > 0) found.set(id, frame);
  }
  return found;
}
