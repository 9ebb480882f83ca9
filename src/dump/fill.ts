/** Fills in what a heap does not show and the running program knows: lines, addresses, variables. */
import type { Dump, Leaf, LeafKind, ObjectId, WaitingTask } from '../../reports/index.ts';
import type { Describer, Description } from './inspector/describe.ts';
import { findAwaitFrames } from './inspector/await-frames.ts';
import { locate, readLocals } from './inspector/locate.ts';
import type { HeapObjects } from './inspector/objects.ts';
import type { Scripts } from './inspector/scripts.ts';
import type { Session } from './inspector/session.ts';
import type { Resolve } from './places.ts';

export interface Filling {
  readonly session: Session;
  readonly objects: HeapObjects;
  readonly scripts: Scripts;
  readonly resolve: Resolve;
  readonly describer: Describer;
  readonly locals: boolean;
  readonly tell: (share: number) => void;
}

/** Of further ones a reader sees nothing anyway. */
const MOST_TASKS = 5000;
const MOST_LEAVES = 2000;
const MOST_LOCALS = 500;

export async function fillDump(dump: Dump, filling: Filling): Promise<void> {
  await placeTasks(dump, filling);
  filling.tell(0.4);
  placeFunctions(dump, filling);
  filling.tell(0.6);
  await describeLeaves(dump, filling);
  filling.tell(0.9);
  if (filling.locals) await addLocals(dump, filling);
  filling.tell(1);
}

async function placeTasks({ tasks, verdicts }: Dump, { session, objects, scripts, resolve }: Filling): Promise<void> {
  const frames = await findAwaitFrames(session, objects, new Set(tasks.slice(0, MOST_TASKS).map(({ awaits }) => awaits)));
  // A promise that several wait for tells of none of them.
  const times = new Map<ObjectId, number>();
  for (const { awaits } of tasks) times.set(awaits, (times.get(awaits) ?? 0) + 1);
  const left: WaitingTask[] = [];
  for (const task of tasks) {
    const frame = times.get(task.awaits) === 1 ? frames.get(task.awaits) : undefined;
    if (frame !== undefined) task.place = resolve(named(frame, task));
    else if (!task.internal) left.push(task);
  }
  const worst = new Set(verdicts.filter(({ certain }) => certain).flatMap(({ tasks: ids }) => ids));
  const asked = [...left.filter(({ id }) => worst.has(id)), ...left.filter(({ id }) => !worst.has(id))];
  const found = await locate(session, objects, scripts, asked.slice(0, MOST_TASKS).map(({ id }) => id));
  for (const task of left) {
    const location = found.get(task.id);
    if (location !== undefined) task.place = resolve(named(location, task));
  }
}

function named<At extends { readonly function: string }>(at: At, { name }: WaitingTask): At {
  return name === '' ? at : { ...at, function: name };
}

/** The heap says where functions begin. */
function placeFunctions({ leaves, handles, promises }: Dump, { scripts, resolve }: Filling): void {
  const handlers = promises.map(({ settledBy }) => (settledBy.kind === 'then' ? settledBy.handler : undefined));
  const callbacks = [...leaves, ...handles].map(({ callback }) => callback);
  for (const each of [...callbacks, ...handlers]) {
    if (each?.position === undefined) continue;
    const { scriptId, line, column } = each.position;
    const url = scripts.get(String(scriptId))?.url ?? each.script ?? '';
    each.place = resolve({ function: each.name, script: String(scriptId), url, line, column });
  }
}

/** Variables and lists are what they are. */
const WITHOUT_DETAIL: ReadonlySet<LeafKind> = new Set<LeafKind>(['variable', 'queue', 'running', 'hook']);

async function describeLeaves({ leaves, handles }: Dump, { describer, objects }: Filling): Promise<void> {
  await describer.teach(objects);
  const all = [...handles, ...leaves].filter(({ kind }) => !WITHOUT_DETAIL.has(kind)).slice(0, MOST_LEAVES);
  const found = await describer.byId(objects, [...new Set(all.map(({ id }) => id))]);
  for (const leaf of all) addDescription(leaf, found);
}

function addDescription(leaf: Leaf, found: ReadonlyMap<ObjectId, Description>): void {
  const description = found.get(leaf.id);
  if (description === undefined) return;
  // The program knows more than its heap shows.
  if (description.detail !== undefined) leaf.detail = description.detail;
  if (description.ref !== undefined) leaf.ref = description.ref;
  if (leaf.timer !== undefined && description.timer !== undefined) leaf.timer.dueInMs = description.timer.dueInMs;
}

async function addLocals({ tasks }: Dump, { session, objects }: Filling): Promise<void> {
  const asked = tasks.filter(({ internal }) => !internal).slice(0, MOST_LOCALS);
  const found = await readLocals(session, objects, asked.map(({ id }) => id));
  for (const task of asked) {
    const variables = found.get(task.id);
    if (variables !== undefined && variables.length > 0) task.locals = variables;
  }
}
