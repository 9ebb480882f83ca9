/** What the objects are that tasks wait for, and what keeps a program alive, as the program itself knows it. */
import { makeDescriber } from './describe-here.ts';
import type { Description } from './describe-here.ts';
import type { InspectedSite } from '../../../tracker/protocol.ts';
import type { HeapObjects } from './objects.ts';
import { NoAnswer } from './session.ts';
import type { Session } from './session.ts';

export type { Description } from './describe-here.ts';

/** Objects that are looked at in the program live until this is released. */
export const OBJECT_GROUP = 'scope-trace';
const ANSWER_WITHIN_MS = 10_000;

export interface ActiveDescription extends Description {
  /** Where it was made, as V8 has it. Absent: not known. */
  readonly made?: InspectedSite;
}

/** Describes objects of one thread. */
export interface Describer {
  /** By ids of a heap snapshot of this session. What has gone since is left out. */
  readonly byId: (objects: HeapObjects, ids: readonly number[]) => Promise<ReadonlyMap<number, Description>>;
  /** Makes what {@link active} describes known. */
  readonly teach: (objects: HeapObjects) => Promise<void>;
  /**
   * Handles and requests that Node lists by itself, then its timers.
   *
   * @param tracker - what the tracker answers questions with, where there is one
   */
  readonly active: (tracker?: string) => Promise<readonly ActiveDescription[]>;
}

/** @throws {NoAnswer | Refused} */
export async function createDescriber(session: Session): Promise<Describer> {
  const { result } = await session.send('Runtime.evaluate', {
    expression: `((require) => (${makeDescriber.toString()})({
      isProxy: require('node:util').types.isProxy,
      now: () => require('node:perf_hooks').performance.now(),
    }))(require)`,
    includeCommandLineAPI: true,
    objectGroup: OBJECT_GROUP,
    silent: true,
  }, ANSWER_WITHIN_MS);
  const { objectId } = result;
  if (objectId === undefined) throw new NoAnswer('Runtime.evaluate', result.description ?? 'no function came back');
  const call = async (functionDeclaration: string, ...args: readonly (string | undefined)[]): Promise<unknown> => {
    const answer = await session.send('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration,
      arguments: args.map((each) => (each === undefined ? {} : { objectId: each })),
      returnByValue: true,
      silent: true,
    }, ANSWER_WITHIN_MS);
    return answer.exceptionDetails === undefined ? answer.result.value : undefined;
  };

  return {
    byId: async (objects, ids) => {
      const found = new Map<number, Description>();
      await Promise.all(
        ids.map(async (id) => {
          const objectId = await objects.find(id);
          const described = objectId === undefined ? undefined : await call('function (object) { return this(object) }', objectId);
          if (described !== undefined) found.set(id, described as Description);
        }),
      );
      return found;
    },
    teach: async (objects) => {
      const { result: handles } = await session.send('Runtime.evaluate', { expression: LIST_OBJECTS, objectGroup: OBJECT_GROUP, silent: true }, ANSWER_WITHIN_MS);
      const timers = await findTimers(session);
      for (const list of [handles.objectId, timers]) if (list !== undefined) await objects.learn(list);
    },
    active: async (tracker) => {
      const handles = await call(LIST_ACTIVE, tracker);
      const timers = await findTimers(session);
      const described = timers === undefined ? [] : await call(`function (tracker, timers) { return timers.filter((each) => each._destroyed === false).map(${DESCRIBE_MADE}) }`, tracker, timers);
      return [...asList(handles), ...asList(described)];
    },
  };
}

const DESCRIBE_MADE = '(each) => ({ ...this(each), made: tracker?.made(each) })';

/** The two are Node's own, undocumented and everywhere: nothing else gives the objects. */
const LIST_ACTIVE = `function (tracker) {
  const listed = [...process._getActiveHandles(), ...process._getActiveRequests()].map(${DESCRIBE_MADE});
  const unlisted = process.getActiveResourcesInfo().filter((type) => /^(?:Immediate|MessagePort|Worker|.*(?:Job|Request|HANDLE))$/i.test(type));
  const kinds = { Worker: 'worker', MessagePort: 'message-port', Immediate: 'immediate' };
  const known = new Set(listed.map(({ kind }) => kind));
  const others = unlisted.map((type) => ({ kind: kinds[type] ?? 'request', class: type, label: type, ref: true }));
  return [...listed, ...others.filter(({ kind }) => kind === 'request' || !known.has(kind))];
}`;

/** The objects behind them, and the native handles of these. */
const LIST_OBJECTS = `[...process._getActiveHandles(), ...process._getActiveRequests()].flatMap((each) => {
  const symbol = Object.getOwnPropertySymbols(each).find((one) => one.description === 'kHandle');
  const handle = Object.getOwnPropertyDescriptor(each, symbol ?? '_handle')?.value;
  return handle === undefined || handle === null ? [each] : [each, handle];
})`;

/** An array of every timer in the heap. Collects garbage, so that none of them is dead. */
async function findTimers(session: Session): Promise<string | undefined> {
  const probe = await session.send('Runtime.evaluate', {
    expression: "Object.getPrototypeOf(((timers) => { const one = timers.setTimeout(() => {}, 1); timers.clearTimeout(one); return one })(require('node:timers')))",
    includeCommandLineAPI: true,
    objectGroup: OBJECT_GROUP,
    silent: true,
  }, ANSWER_WITHIN_MS);
  if (probe.result.objectId === undefined) return undefined;
  const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: probe.result.objectId, objectGroup: OBJECT_GROUP });
  return objects.objectId;
}

function asList(value: unknown): readonly ActiveDescription[] {
  return Array.isArray(value) ? (value as readonly ActiveDescription[]) : [];
}
