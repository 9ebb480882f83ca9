/** A dump without the heap: what the event loop itself lists, what V8 tells of awaited promises, and what the tracker knows. */
import { DUMP_VERSION, findRoots } from '../../reports/index.ts';
import type { Dump, Leaf, LeafKind } from '../../reports/index.ts';
import type { InspectedWaits } from '../../tracker/protocol.ts';
import { FastTree } from './fast-tree.ts';
import type { ActiveDescription, Describer } from './inspector/describe.ts';
import { listPending } from './inspector/await-frames.ts';
import type { AwaitFrame, PendingPromises, PromiseCounts } from './inspector/await-frames.ts';
import type { Session } from './inspector/session.ts';
import type { Resolve } from './places.ts';
import { findVanished } from './tracked.ts';

/** Each takes V8 some microseconds, in which the program stands still. */
const MOST_FRAMES = 10_000;

export interface FastMeans {
  readonly session: Session;
  readonly describer: Describer;
  readonly resolve: Resolve;
  /** What the tracker answers questions with. Absent: none is there, or it does not answer. */
  readonly tracker?: string;
  /** The program's main script. Absent: not known. */
  readonly script?: string;
}

interface Told {
  /** Of promises by their places in the list, who awaits them, who awaits this one, and so on outwards. */
  readonly chains: ReadonlyMap<number, readonly AwaitFrame[]>;
  readonly counts?: PromiseCounts;
  /** Absent: no tracker is there, or it does not answer. */
  readonly waits?: InspectedWaits;
}

/** @param failure - why the heap could not be read; absent: it was not asked for */
export async function takeFastDump({ session, describer, resolve, tracker, script = '' }: FastMeans, failure?: string): Promise<Dump> {
  const pending = await listPending(session);
  // Those are no longer among the calls that wait.
  const vanished = tracker === undefined ? [] : await findVanished(session, tracker, resolve);
  const told = pending === undefined ? { chains: new Map<number, readonly AwaitFrame[]>() } : await ask(session, pending, tracker);
  const described = await describer.active(tracker);
  const tree = new FastTree(resolve, script);
  if (told.waits !== undefined) tree.addCalls(told.waits.calls, told.chains);
  tree.addChains(told.chains);
  const { tasks, promises } = tree;
  return {
    schemaVersion: DUMP_VERSION,
    program: {},
    tasks,
    promises,
    ...(vanished.length === 0 ? {} : { vanished }),
    leaves: [],
    handles: described.flatMap((each) => leafOf(each, tree.nextId(), resolve)),
    verdicts: [],
    roots: findRoots(tasks, promises, []),
    caveats: tellLimits(told, failure),
  };
}

async function ask(session: Session, pending: PendingPromises, tracker: string | undefined): Promise<Told> {
  const counts = await pending.counts();
  // First of all: the promises that V8 is asked by are made by the program's main call, which the tracker sees.
  const waits = tracker === undefined ? undefined : await askTracker(session, pending, tracker);
  const known = waits?.calls.flatMap(({ promise }) => promise ?? []) ?? [];
  // Those that calls are known to await come first.
  const places = [...new Set([...known, ...Array.from({ length: pending.listed }, (_, place) => place)])].slice(0, MOST_FRAMES);
  const frames = await pending.frames(places);
  const chains = new Map(places.map((place, at) => [place, frames[at] ?? []] as const));
  return { chains, ...(counts === undefined ? {} : { counts }), ...(waits === undefined ? {} : { waits }) };
}

async function askTracker(session: Session, { list }: PendingPromises, tracker: string): Promise<InspectedWaits | undefined> {
  const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
    objectId: tracker,
    functionDeclaration: 'function (promises) { return this.waits(promises) }',
    arguments: [{ objectId: list }],
    returnByValue: true,
    silent: true,
  });
  return exceptionDetails === undefined ? (result.value as InspectedWaits) : undefined;
}

function leafOf({ kind, label, timer, ref, detail, made, class: name = '' }: ActiveDescription, id: number, resolve: Resolve): Leaf[] {
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
    ...(made === undefined ? {} : { created: resolve({ ...made, function: made.function ?? '' }) }),
  }];
}

function tellLimits({ chains, counts, waits }: Told, failure: string | undefined): string[] {
  const limits: string[] = [];
  if (counts !== undefined) limits.push(tellPending(counts));
  if (counts !== undefined && counts.pending > chains.size) limits.push(`Who awaits them was asked of ${chains.size} alone.`);
  limits.push(
    waits === undefined
      ? 'Without the heap, each line where async functions are suspended is shown once, as V8 tells it. Not seen: functions that wait for the same promise as another does.'
      : 'Without the heap, these are the calls that the tracker knows, each with the line where it is suspended as far as that was seen.',
  );
  if (waits?.paused === true) limits.push('The tracker does not follow promises just now (--slowdown), and knows none that were made since.');
  if (waits?.cut === true) limits.push(`More calls wait than the ${waits.calls.length} that the tracker told of.`);
  const rest = 'Who could settle a promise that no async function settles, and whether somebody waits in vain,';
  limits.push(failure === undefined ? `${rest} only the heap tells: leave out --fast to read it.` : `${rest} is not known, because the heap could not be read: ${failure}.`);
  return limits;
}

function tellPending({ pending, seen, all }: PromiseCounts): string {
  const of = seen < all ? ` of the ${seen} that were looked at` : '';
  return `${all} promises are alive, ${pending}${of} of them pending.`;
}
