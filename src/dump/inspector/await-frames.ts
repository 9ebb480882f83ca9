/** Where functions are suspended, by the promises that they await. */
import { makeAwaitWalker } from './await-frames-here.ts';
import type { AwaitFrame } from './await-frames-here.ts';
import { OBJECT_GROUP } from './describe.ts';
import type { HeapObjects } from './objects.ts';
import type { Session } from './session.ts';

export type { AwaitFrame } from './await-frames-here.ts';

/** Of further ones nothing is asked. */
const MOST_PENDING = 20_000;

/**
 * The lines at which the given promises are awaited, by their heap ids. Left out are those that more
 * than one function awaits, and those of other contexts. The pending promises are known to `objects` afterwards.
 *
 * @throws {NoAnswer | Refused}
 */
export async function findAwaitFrames(session: Session, objects: HeapObjects, awaited: ReadonlySet<number>): Promise<ReadonlyMap<number, AwaitFrame>> {
  const found = new Map<number, AwaitFrame>();
  if (awaited.size === 0) return found;
  const evaluate = async (expression: string): Promise<string | undefined> => {
    const { result } = await session.send('Runtime.evaluate', { expression, includeCommandLineAPI: true, objectGroup: OBJECT_GROUP, silent: true });
    return result.objectId;
  };
  const walker = await evaluate(`(${makeAwaitWalker.toString()})({ inspect: require('node:util').inspect })`);
  const prototype = await evaluate('Promise.prototype');
  if (walker === undefined || prototype === undefined) return found;
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
  const pending = (await call('function (all, most) { return this.pending(all, most) }', all.objectId, MOST_PENDING, false)).result.objectId;
  if (pending === undefined) return found;
  const ids = await objects.learn(pending);
  const wanted = [...ids].filter(([, id]) => awaited.has(id));
  await call('function (all, places) { this.walk(all, places) }', pending, wanted.map(([place]) => place), true);
  const { result } = await call('function () { return this.take() }', undefined, null, true);
  const frames = (result.value ?? []) as readonly (AwaitFrame | null)[];
  for (const [index, [, id]] of wanted.entries()) {
    const frame = frames[index];
    if (frame !== null && frame !== undefined) found.set(id, frame);
  }
  return found;
}
