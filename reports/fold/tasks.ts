/** Turns calls into tasks: one for each root, numbered in order of announcement. */
import type { CallId, CallOrigin, ScopeId, SiteId } from '../../tracker/protocol.ts';
import type { Meeting, Scope, Task } from '../model.ts';
import { callFacts, type CallFacts, type Facts } from './facts.ts';
import { resolveIdentity, type Membership } from './identity.ts';

/** A part of the trace while it is being folded: its fields are still being filled in. */
export type Growing<Model> = { -readonly [Key in keyof Model]: Model[Key] };

export type GrowingTask = Growing<Omit<Task, 'joins' | 'observers' | 'pending'>> & {
  pending?: SiteId[];
  joins: Meeting[];
  observers: Meeting[];
};

export interface TaskIndex {
  readonly tasks: GrowingTask[];
  /** The task a call belongs to, and how sure that is. Total: unannounced calls have one too. */
  of(call: CallId): { readonly task: GrowingTask; readonly certain: boolean };
  /** Of the call itself, which may be another one than its task's. */
  originOf(call: CallId): CallOrigin | undefined;
  /** The task that this very call started. */
  startedBy(call: CallId): GrowingTask | undefined;
}

const MAIN: CallId = 1;

export function indexTasks(facts: Facts): TaskIndex {
  announceMain(facts);
  nameStrangers(facts);
  const membership = resolveIdentity(facts);
  const byRoot = new Map<CallId, GrowingTask>();
  const tasks: GrowingTask[] = [];
  const add = (call: CallFacts): void => {
    const task = createTask(call, tasks.length + 1, isCertain(membership, call.id));
    tasks.push(task);
    byRoot.set(call.id, task);
  };
  add(callFacts(facts, MAIN));
  for (const call of facts.calls.values()) {
    if (call.id !== MAIN && membership.get(call.id)?.root === call.id) add(call);
  }
  const main = tasks[0] as GrowingTask;
  const index: TaskIndex = {
    tasks,
    of: (call) => {
      const member = membership.get(call);
      const task = member === undefined ? undefined : byRoot.get(member.root);
      return { task: task ?? main, certain: task !== undefined && member?.certain === true };
    },
    originOf: (call) => facts.calls.get(call)?.started?.origin,
    startedBy: (call) => byRoot.get(call),
  };
  linkTasks(facts, index);
  return index;
}

/** The main call is there by definition, even when its announcement was lost. */
function announceMain(facts: Facts): void {
  const main = callFacts(facts, MAIN);
  main.started ??= { kind: 'call-started', call: MAIN, origin: 'main', atMs: 0 };
}

/** Calls that are only referred to get facts of their own, so that every reference has a task. */
function nameStrangers(facts: Facts): void {
  for (const call of [...facts.calls.values()]) {
    if (call.started?.caller !== undefined) callFacts(facts, call.started.caller);
    if (call.fate !== undefined) callFacts(facts, call.fate.by);
  }
  for (const { record } of facts.timeline) {
    callFacts(facts, record.call);
    if ('by' in record) callFacts(facts, record.by);
  }
}

function isCertain(membership: ReadonlyMap<CallId, Membership>, call: CallId): boolean {
  return membership.get(call)?.certain === true;
}

function createTask(call: CallFacts, id: number, certain: boolean): GrowingTask {
  const { started, ended, vanished } = call;
  return {
    id,
    root: call.id,
    origin: started?.origin ?? 'unknown',
    ...(started?.name === undefined ? {} : { name: started.name }),
    ...(started?.resource === undefined ? {} : { resource: started.resource }),
    ...(started?.site === undefined ? {} : { site: started.site }),
    ...(started?.from === undefined ? {} : { from: started.from }),
    ...(started === undefined ? {} : { started: { order: call.order ?? 0, atMs: started.atMs } }),
    ...(ended === undefined ? {} : { ended }),
    ...(vanished === undefined ? {} : { vanished }),
    certain,
    joins: [],
    observers: [],
  };
}

/** Spawners and pending places need every task to be there. */
function linkTasks(facts: Facts, index: TaskIndex): void {
  for (const task of index.tasks) {
    const call = facts.calls.get(task.root);
    const by = call?.started?.caller ?? call?.fate?.by;
    if (by === undefined || task.id === 1) continue;
    const spawner = index.of(by).task;
    if (spawner !== task) task.spawner = spawner;
    const caller = facts.calls.get(by)?.started?.site;
    if (caller !== undefined) task.caller = caller;
  }
  for (const call of facts.calls.values()) linkUnfinished(call, index);
  // Callers are announced before what they call, so the innermost call came last.
  for (const task of index.tasks) task.pending?.reverse();
}

/** A call stands for its whole task when it certainly runs in it: the task waits for it. */
function linkUnfinished(call: CallFacts, index: TaskIndex): void {
  const { task, certain } = index.of(call.id);
  if ((!certain && call.id !== task.root) || call.ended !== undefined) return;
  if (call.vanished !== undefined && task.ended === undefined) task.vanished ??= call.vanished;
  if (call.pending === undefined) return;
  task.pending ??= [];
  if (call.pending.at !== undefined) task.pending.push(call.pending.at);
}

/** Fills in what a task's spawner had open, once the scopes are known. */
export function linkSpawnScopes(
  facts: Facts,
  tasks: Iterable<GrowingTask>,
  scopes: ReadonlyMap<ScopeId, Scope>,
): void {
  for (const task of tasks) {
    const id = facts.calls.get(task.root)?.started?.scope;
    const scope = id === undefined ? undefined : scopes.get(id);
    if (scope !== undefined) task.scope = scope;
  }
}
