/** What a dump has proved, as records that are read with the program's own. */
import type { DumpRecord, ProgramDumped, SiteId, SiteSeen, VerdictReached, WaiterNamed } from '../../tracker/protocol.ts';
import type { Place } from '../sources.ts';
import { tasksBelow } from './build/roots.ts';
import { lookUp, type LookUp } from './format/look-up.ts';
import { wordsOfReach } from './format/verdict-text.ts';
import { wordsOfHolder } from './format/words.ts';
import type { Dump, ObjectId, Verdict, WaitingTask } from './model.ts';

const MOST_VERDICTS = 50;
const MOST_WAITERS = 50;
const MOST_LINES = 8;
const LONGEST_TEXT = 200;
const MAIN = 1;

/** A place as the program has it, before source maps. */
export type RawPlace = Omit<SiteSeen, 'kind' | 'site'>;

export interface RecordingOptions {
  readonly header: Pick<ProgramDumped, 'protocol' | 'tracker' | 'program' | 'why' | 'atMs'>;
  /** What a place of the dump was before source maps. Absent: not known any more. */
  readonly rawOf: (place: Place) => RawPlace | undefined;
}

export function recordDump(dump: Dump, { header, rawOf }: RecordingOptions): (DumpRecord | SiteSeen)[] {
  const known = lookUp(dump);
  const callers = findCallers(dump);
  const records: (DumpRecord | SiteSeen)[] = [{ kind: 'program-dumped', ...header, verdicts: dump.verdicts.length }];
  const sites = new Map<string, SiteId>();
  const siteOf = (place: Place): SiteId[] => {
    const raw = rawOf(place);
    if (raw === undefined) return [];
    const key = `${raw.file}:${raw.line}:${raw.column}`;
    let site = sites.get(key);
    if (site === undefined) {
      sites.set(key, (site = -1 - sites.size));
      records.push({ kind: 'site-seen', site, ...raw });
    }
    return [site];
  };
  for (const [at, verdict] of dump.verdicts.slice(0, MOST_VERDICTS).entries()) {
    records.push(recordVerdict(verdict, at + 1, header.atMs, known));
    const held = new Map(verdict.cycle?.map((step) => [step.task, step.leaf]));
    for (const id of waitersOf(verdict)) {
      const task = known.task(id);
      if (task === undefined) continue;
      const stack = stackOf(task, callers);
      const words = wordsOf(held.get(id), known);
      records.push({ ...recordWaiter(task, stack, stack.flatMap(({ place }) => (place === undefined ? [] : siteOf(place)))), verdict: at + 1, ...words, atMs: header.atMs });
    }
  }
  return records;
}

/** Of a circle its steps; what else waits in vain for the same has no part in it. */
function waitersOf({ cycle, tasks }: Verdict): readonly ObjectId[] {
  return (cycle === undefined ? tasks : cycle.map(({ task }) => task)).slice(0, MOST_WAITERS);
}

function recordVerdict(verdict: Verdict, number: number, atMs: number, known: LookUp): VerdictReached {
  const { kind, certain, waiting, dependents, cycle, leaf } = verdict;
  const held = leaf === undefined ? undefined : known.leaf(leaf);
  const by = kind === 'only' ? wordsOfReach(verdict, known.leaf) : undefined;
  return {
    kind: 'verdict-reached',
    verdict: number,
    outcome: kind,
    certain,
    circular: cycle !== undefined,
    waiting,
    dependents,
    ...wordsOf(leaf, known),
    ...(held === undefined ? {} : { heldBy: held.kind }),
    ...(by === undefined ? {} : { by: by.slice(0, LONGEST_TEXT) }),
    atMs,
  };
}

function wordsOf(leaf: ObjectId | undefined, known: LookUp): { held?: string } {
  const held = leaf === undefined ? undefined : known.leaf(leaf);
  return held === undefined ? {} : { held: wordsOfHolder(held).slice(0, LONGEST_TEXT) };
}

function recordWaiter(task: WaitingTask, stack: readonly WaitingTask[], sites: readonly SiteId[]): Omit<WaiterNamed, 'verdict' | 'held' | 'atMs'> {
  const followed = stack.find(({ kind, tracked }) => kind === 'module' || tracked?.call !== undefined);
  const call = followed?.kind === 'module' ? MAIN : followed?.tracked?.call;
  return {
    kind: 'waiter-named',
    name: (task.kind === 'module' ? '' : task.name).slice(0, LONGEST_TEXT),
    module: task.kind === 'module',
    iterates: stack.some(({ iterates }) => iterates !== undefined),
    ...(call === undefined ? {} : { call }),
    stack: sites,
    awaited: stack.length > 1,
  };
}

/** The task, then the first of those that wait for it, and so on outwards. Node's own are passed over. */
function stackOf(task: WaitingTask, callers: ReadonlyMap<ObjectId, readonly WaitingTask[]>): WaitingTask[] {
  const seen = new Set<ObjectId>();
  const stack: WaitingTask[] = [];
  for (let at: WaitingTask | undefined = task; at !== undefined && !seen.has(at.id) && stack.length < MOST_LINES; at = callers.get(at.id)?.[0]) {
    seen.add(at.id);
    if (!at.internal) stack.push(at);
  }
  return stack;
}

/** Who waits for the end, or the next value, of each task. */
function findCallers({ tasks, promises }: Dump): ReadonlyMap<ObjectId, readonly WaitingTask[]> {
  const byId = new Map(promises.map((promise) => [promise.id, promise]));
  const callers = new Map<ObjectId, WaitingTask[]>();
  for (const task of tasks) {
    for (const id of tasksBelow(task.awaits, byId)) {
      const known = callers.get(id);
      if (known === undefined) callers.set(id, [task]);
      else known.push(task);
    }
  }
  return callers;
}
