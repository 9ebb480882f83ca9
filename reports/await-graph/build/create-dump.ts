/** From a heap in typed arrays to a dump: who waits for whom, for what, and what can never come. */
import { findEntries } from '../reach/entries.ts';
import type { Entry } from '../reach/entries.ts';
import { functionText } from '../reach/function-text.ts';
import { Spread } from '../reach/spread.ts';
import type { TextOf } from '../reach/spread.ts';
import { Functions } from '../heap/functions.ts';
import { HeapGraph } from '../heap/heap-graph.ts';
import type { HeapTables } from '../heap/tables.ts';
import { NodeKinds } from '../extract/node-kinds.ts';
import { Settlers } from '../extract/settlers.ts';
import { Waits } from '../extract/waits.ts';
import { Leaves } from '../leaves/describe.ts';
import { Holders } from '../leaves/holders.ts';
import type { Dump } from '../model.ts';
import { DUMP_VERSION } from '../model.ts';
import { Chains } from '../prove/chains.ts';
import { Resources } from '../prove/resources.ts';
import { findVerdicts } from '../prove/verdicts.ts';
import { Waiting } from '../prove/waiting.ts';
import { LeafList } from './leaf-list.ts';
import { listPromises } from './promises.ts';
import { readRests } from './rests.ts';
import type { StandsAt } from './rests.ts';
import { findRoots } from './roots.ts';
import { listTasks } from './tasks.ts';
import { namedTasks, toVerdicts } from './verdicts.ts';

export interface DumpOptions {
  /** Files whose functions are the tracker's own, as the program names them. */
  readonly ownScripts?: readonly string[];
  /** The source of a script as it runs. It says what variables a function can touch; without it, a function can touch all in its scope. */
  readonly sourceOf?: SourceOf;
  /** It tells what waiting tasks could still do for each other from what they have done. */
  readonly standsAt?: StandsAt;
  /** Whether a script with this text could be run. */
  readonly parses?: (code: string) => boolean;
  /** Called before each part of the work, with the share of it that is done. */
  readonly onStage?: (share: number) => void;
}

/** By the number that V8 gives a script; `undefined` when it cannot be had. */
export type SourceOf = (scriptId: number) => Promise<string | undefined>;

export async function createDump(tables: HeapTables, options: DumpOptions = {}): Promise<Dump> {
  const stage = options.onStage ?? (() => undefined);
  const heap = new HeapGraph(tables);
  const functions = new Functions(heap, options.ownScripts ?? []);
  const kinds = new NodeKinds(heap, functions);
  const waits = new Waits(heap, kinds, functions);
  stage(0.2);
  const entries = findEntries(heap, kinds, functions).map((entry) => (isOwn(heap, functions, entry) ? { ...entry, plumbing: true } : entry));
  const made = new Settlers(heap, kinds, functions, waits);
  const textOf = readTexts(heap, options);
  const spread = new Spread(heap, kinds, functions, waits, textOf);
  await spread.run(entries, [...waits.promises].filter((promise) => made.heldByNative(promise)));
  stage(0.5);
  const byNode = new Map(entries.map((entry) => [entry.node, entry]));
  const isEntry = (node: number): boolean => byNode.get(node)?.plumbing === false;
  const resources = new Resources(made, new Holders(heap, kinds, { isEntry, handledBy: (closure) => made.handledBy(closure), namesIn: (closure) => spread.namesIn(closure) }), waits);
  const settlers = new Chains(heap, made, resources, waits);
  const waiting = new Waiting(heap, waits, settlers);
  const restOf = readRests(heap, functions, textOf, options.standsAt);
  const couldSettle = async (tasks: readonly number[]): Promise<ReadonlySet<number>> => {
    const alone = new Spread(heap, kinds, functions, waits, textOf, spread);
    await alone.runTasks(tasks, restOf);
    return new Set(alone.settled.keys());
  };
  const grounds = { heap, functions, waits, waiting, settlers, resources, settled: spread.settled, couldSettle };
  const verdicts = await findVerdicts(grounds);
  stage(0.8);
  const named = namedTasks(verdicts, { heap, functions, waiting });
  const { tasks, nodes } = listTasks({ heap, kinds, functions, waits, settlers, waiting }, named.flatMap((each) => each.tasks.slice(0, 50)));
  const leaves = new LeafList(heap, new Leaves(heap, functions), spread, byNode, resources);
  const promises = listPromises({ heap, functions, settlers, settled: spread.settled, leavesOf: (promise) => leaves.of(promise) }, nodes.map((node) => waits.awaits.get(node) ?? 0));
  const told = toVerdicts(named, { heap, leaves, resources });
  stage(1);
  return {
    schemaVersion: DUMP_VERSION,
    program: {},
    tasks,
    promises,
    handles: leaves.handles(entries),
    leaves: leaves.listed,
    verdicts: told,
    roots: findRoots(tasks, promises, told),
    caveats: caveatsOf(options),
  };
}

/** The tracker's own timers are none of the program's. */
function isOwn(heap: HeapGraph, functions: Functions, { node, kind }: Entry): boolean {
  const callback = kind === 'timer' ? heap.follow(node, '_onTimeout') : kind === 'immediate' ? heap.follow(node, '_onImmediate') : -1;
  return callback !== -1 && functions.isOwn(callback);
}

function readTexts(heap: HeapGraph, { sourceOf, parses }: DumpOptions): TextOf | undefined {
  if (sourceOf === undefined || parses === undefined) return undefined;
  const sources = new Map<number, Promise<string | undefined>>();
  return async (closure) => {
    const position = heap.positionOf(closure);
    if (position === undefined) return undefined;
    let source = sources.get(position.scriptId);
    if (source === undefined) sources.set(position.scriptId, (source = sourceOf(position.scriptId)));
    const text = await source;
    return text === undefined ? undefined : functionText(text, position, parses);
  };
}

function caveatsOf({ sourceOf }: DumpOptions): string[] {
  return sourceOf === undefined ? ['The sources of the program were not at hand: some waits that can never end may be told as possible to end.'] : [];
}
