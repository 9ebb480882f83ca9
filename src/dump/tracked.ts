/** Joins a dump with what the tracker knows of the same promises and handles, in programs that are traced. */
import type { Dump, Place, TrackedTask, VanishedTask } from '../../reports/index.ts';
import { nameResource } from '../../reports/index.ts';
import { INSPECTED, INSPECTED_ALL } from '../../tracker/protocol.ts';
import type { Inspected, InspectedSite, InspectedStep, InspectedVanished } from '../../tracker/protocol.ts';
import { OBJECT_GROUP } from './inspector/describe.ts';
import type { HeapObjects } from './inspector/objects.ts';
import type { PropertiesFound } from './inspector/protocol.ts';
import type { Session } from './inspector/session.ts';
import type { Resolve } from './places.ts';

const ANSWER_WITHIN_MS = 10_000;
const AT_ONCE = 64;
const MOST_JOINED = 2000;
/** The tracker's private field, and what it holds: a program may have fields of the same name. */
const FIELD = '#node';
const CLASS = /^PromiseNode/;

export async function joinTracked(dump: Dump, session: Session, objects: HeapObjects, resolve: Resolve): Promise<void> {
  const resolveSite = (site: InspectedSite): Place => resolve({ ...site, function: site.function ?? '' });
  const tasks = dump.tasks.filter(({ internal }) => !internal).slice(0, MOST_JOINED);
  await inBatches(tasks, async (task) => {
    const told = task.result === undefined ? undefined : await ask(session, objects, task.result);
    if (told !== undefined) task.tracked = toTracked(told, resolveSite);
  });
  const leaves = [...dump.handles, ...dump.leaves].filter(({ id }) => id > 0).slice(0, MOST_JOINED);
  await inBatches(leaves, async (leaf) => {
    const made = (await ask(session, objects, leaf.id))?.made;
    if (made !== undefined) leaf.created = resolveSite(made);
  });
}

export function toTracked({ call, tasks, scopes, startedAgoMs, test }: Inspected, resolve: (site: InspectedSite) => Place): TrackedTask {
  const [own] = tasks;
  const started = own?.from ?? own?.site;
  return {
    task: own?.call ?? 0,
    ...(call === undefined ? {} : { call }),
    label: [...tasks].reverse().map((step) => nameStep(step, resolve)).join(' › '),
    ...(startedAgoMs === undefined ? {} : { startedAgoMs }),
    ...(started === undefined ? {} : { started: resolve(started) }),
    ...(scopes.length === 0 ? {} : { scopes }),
    ...(test === undefined ? {} : { test }),
  };
}

/** As in the summary: `main`, `timer scheduler.mjs:7`, `task "OBSERVATION" agent.mjs:3`. */
function nameStep({ origin, name, resource, site, from }: InspectedStep, resolve: (site: InspectedSite) => Place): string {
  if (origin === 'main') return 'main';
  const inline = origin === 'callback' || origin === 'named' || origin === 'then';
  const [first, second] = (inline ? [from, site] : [site, from]).map((each) => (each === undefined ? undefined : resolve(each)));
  const place = first !== undefined && !first.library && !first.internal ? first : (second ?? first);
  const label = labelOf(origin, name, resource, site === undefined ? undefined : resolve(site).function);
  return place === undefined ? label : `${label} ${place.file.slice(place.file.lastIndexOf('/') + 1)}:${place.line}`;
}

function labelOf(origin: InspectedStep['origin'], name: string | undefined, resource: string | undefined, fn: string | undefined): string {
  if (origin === 'named') return `task "${name ?? ''}"`;
  if (origin === 'callback') return nameResource(resource);
  return fn ?? { main: 'main', async: 'async function', generator: 'async generator', then: 'then callback' }[origin];
}

/** Undefined: the tracker knows nothing of the object. */
async function ask(session: Session, objects: HeapObjects, id: number): Promise<Inspected | undefined> {
  const objectId = await objects.find(id);
  const node = objectId === undefined ? undefined : await findNode(session, objectId);
  if (node === undefined) return undefined;
  const told = await session.send('Runtime.callFunctionOn', {
    objectId: node,
    functionDeclaration: `function () { return this.${INSPECTED}?.() }`,
    returnByValue: true,
    silent: true,
  }, ANSWER_WITHIN_MS);
  return told.exceptionDetails === undefined ? (told.result.value as Inspected | undefined) : undefined;
}

/** What the tracker answers questions about the whole program with. Undefined: there is none, or it does not follow promises just now. */
export async function findTracker(session: Session): Promise<string | undefined> {
  const made = await session.send('Runtime.evaluate', { expression: 'new Promise(() => {})', objectGroup: OBJECT_GROUP, silent: true }, ANSWER_WITHIN_MS);
  const node = made.result.objectId === undefined ? undefined : nodeIn(await propertiesOf(session, made.result.objectId));
  if (node === undefined) return undefined;
  const told = await session.send('Runtime.callFunctionOn', {
    objectId: node,
    functionDeclaration: `function () { return this.${INSPECTED_ALL}?.() }`,
    objectGroup: OBJECT_GROUP,
    silent: true,
  }, ANSWER_WITHIN_MS);
  return told.exceptionDetails === undefined ? told.result.objectId : undefined;
}

/** Has the tracker hold tasks weakly, so that what nothing else holds is collected with the heap's next garbage. */
export async function letGo(session: Session, tracker: string): Promise<void> {
  await session.send('Runtime.callFunctionOn', { objectId: tracker, functionDeclaration: 'function () { this.letGo() }', silent: true }, ANSWER_WITHIN_MS);
}

/** Tasks of the program's own code that were collected while they waited, as the tracker knows. */
export async function findVanished(session: Session, tracker: string, resolve: Resolve): Promise<VanishedTask[]> {
  const told = await session.send('Runtime.callFunctionOn', {
    objectId: tracker,
    functionDeclaration: 'function () { return this.vanished() }',
    returnByValue: true,
    silent: true,
  }, ANSWER_WITHIN_MS);
  const all = told.exceptionDetails === undefined ? ((told.result.value ?? []) as readonly InspectedVanished[]) : [];
  const resolveSite = (site: InspectedSite): Place => resolve({ ...site, function: site.function ?? '' });
  return all
    .map((each): VanishedTask => ({
      stack: each.stack.map(({ fn, at }) => ({
        name: fn?.function ?? at?.function ?? '',
        ...(fn === undefined ? {} : { begins: resolveSite(fn) }),
        ...(at === undefined ? {} : { place: resolveSite(at) }),
      })),
      tracked: toTracked(each, resolveSite),
    }))
    .filter(({ stack, tracked: { started } }) => [...stack.map(({ begins }) => begins), started].some((place) => place !== undefined && !place.library && !place.internal));
}

/** Of a promise, a timer or a native handle; or of the handle of a server or a socket. */
async function findNode(session: Session, objectId: string): Promise<string | undefined> {
  const found = await propertiesOf(session, objectId);
  const node = nodeIn(found);
  if (node !== undefined) return node;
  const handle = found.result.find(({ name, symbol }) => name === '_handle' || symbol?.description === 'Symbol(kHandle)')?.value?.objectId;
  return handle === undefined ? undefined : nodeIn(await propertiesOf(session, handle));
}

function nodeIn({ privateProperties = [] }: PropertiesFound): string | undefined {
  return privateProperties.find(({ name, value }) => name === FIELD && CLASS.test(value?.className ?? ''))?.value?.objectId;
}

function propertiesOf(session: Session, objectId: string): Promise<PropertiesFound> {
  return session.send('Runtime.getProperties', { objectId, ownProperties: true }, ANSWER_WITHIN_MS);
}

async function inBatches<T>(all: readonly T[], work: (each: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) await Promise.all(all.slice(at, at + AT_ONCE).map(work));
}
