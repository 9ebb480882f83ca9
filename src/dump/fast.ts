/** A dump without the heap: what the event loop itself lists. */
import { DUMP_VERSION } from '../../reports/index.ts';
import type { Dump, Leaf, LeafKind } from '../../reports/index.ts';
import type { Describer, Description } from './inspector/describe.ts';
import type { Session } from './inspector/session.ts';

/** @param failure - why the heap could not be read; absent: it was not asked for */
export async function takeFastDump(session: Session, describer: Describer, failure?: string): Promise<Dump> {
  const described = await describer.active();
  const pending = await countPending(session);
  return {
    schemaVersion: DUMP_VERSION,
    program: {},
    tasks: [],
    promises: [],
    leaves: [],
    handles: described.flatMap((each, index) => leafOf(each, -1 - index)),
    verdicts: [],
    roots: [],
    caveats: [
      ...(pending === undefined ? [] : [tellPending(pending)]),
      failure === undefined
        ? 'Whether somebody waits in vain cannot be told without the heap: leave out --fast to read it.'
        : `Who waits where is not known, because the heap could not be read: ${failure}.`,
    ],
  };
}

/** @param id - below 0: the heap has no number for it */
function leafOf({ kind, label, timer, ref, detail, class: name = '' }: Description, id: number): Leaf[] {
  if (kind === undefined) return [];
  return [{
    id,
    // The describer speaks the same words.
    kind: kind as LeafKind,
    label: label ?? kind,
    class: name,
    ...(detail === undefined ? {} : { detail }),
    ...(ref === undefined ? {} : { ref }),
    ...(timer === undefined ? {} : { timer: { ...timer } }),
  }];
}

interface Pending {
  readonly pending: number;
  readonly seen: number;
  readonly all: number;
}

const MOST_LOOKED_AT = 50_000;

/** Node's own printing tells the state of a promise without running any code of the program. */
const COUNT = `((promises, { inspect }) => {
  const looked = promises.slice(0, ${MOST_LOOKED_AT});
  const options = { customInspect: false, depth: 0, maxArrayLength: 0, maxStringLength: 0, compact: true };
  const pending = looked.filter((each) => inspect(each, options).includes('<pending>'));
  return { pending: pending.length, seen: looked.length, all: promises.length };
})`;

async function countPending(session: Session): Promise<Pending | undefined> {
  const group = { objectGroup: 'scope-trace-promises' };
  const { result: prototype } = await session.send('Runtime.evaluate', { expression: 'Promise.prototype', ...group, silent: true });
  const { result: count } = await session.send('Runtime.evaluate', {
    expression: `((inspect) => (promises) => ${COUNT}(promises, inspect))(require('node:util'))`,
    includeCommandLineAPI: true,
    ...group,
    silent: true,
  });
  if (prototype.objectId === undefined || count.objectId === undefined) return undefined;
  const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: prototype.objectId, ...group });
  if (objects.objectId === undefined) return undefined;
  const { result } = await session.send('Runtime.callFunctionOn', {
    objectId: count.objectId,
    functionDeclaration: 'function (promises) { return this(promises) }',
    arguments: [{ objectId: objects.objectId }],
    returnByValue: true,
    silent: true,
  });
  await session.send('Runtime.releaseObjectGroup', group);
  return result.value as Pending | undefined;
}

function tellPending({ pending, seen, all }: Pending): string {
  const of = seen < all ? ` of the ${seen} that were looked at` : '';
  return `${all} promises are alive, ${pending}${of} of them pending.`;
}
