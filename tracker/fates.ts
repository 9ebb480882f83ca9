/**
 * Whether a caller waits for what it started. Known when the caller is next suspended or ends:
 * what leads to the promise it waits for is part of its task, the rest are tasks of their own.
 */
import { announce, announced, emitFate } from './announce.ts';
import { emit } from './channel.ts';
import { atMs } from './clock.ts';
import { countOnce } from './counts.ts';
import { fail, guarded } from './failure.ts';
import { writeFate } from './lines.ts';
import { keep } from './nursery.ts';
import {
  AWAITED, BODY, CALL, COLLECT, DECIDED, ENDED, era, GENERATOR, idOf, IN_EXECUTOR, INFERRED, INTERNAL, KIND, LISTED,
  LOADER, LOCKED, PLAIN, type PromiseNode, RACED, SPAWNED, SUSPENDED, THEN, USED,
} from './promise-node.ts';
import { exact, main, unknown } from './running.ts';
import { innermostOpen, type ScopeState } from './scope-state.ts';
import { noteUnfollowed } from './unfollowed.ts';

const MOST_STEPS = 1000;
/** Tasks remembered for one scope, to be looked at when it exits. */
const MOST_TASKS_OF_SCOPE = 20_000;

/** `node` goes on after its caller does: whether the caller waits for it is undecided. */
export function list(node: PromiseNode, caller: PromiseNode): void {
  if ((node.bits & (LISTED | DECIDED)) !== 0) return;
  const by = (caller.bits & KIND) === LOADER ? main : caller;
  node.bits |= LISTED;
  node.sibling = by.child;
  by.child = node;
}

/** Calls that wait for a promise which may yet turn out to follow something they started. */
let postponed: PromiseNode[] = [];

/** Decides for `owner` later: when `source` follows another promise, or no longer can. */
export function postpone(owner: PromiseNode, source: PromiseNode): void {
  await_(owner, source);
  postponed.push(owner);
}

/** Nothing of what was there is known any more. */
export function forgetPostponed(): void {
  postponed = [];
}

/** No microtask is left that could tell more: what was postponed is decided now. */
export function decidePostponed(): void {
  if (postponed.length === 0) return;
  const owners = postponed;
  postponed = [];
  for (const owner of owners) if (owner.child !== null) decide(owner, owner.from);
}

/** `owner` now waits for `source`, or for nothing when that is null. Decides all it has started. */
export function decide(owner: PromiseNode, source: PromiseNode | null): void {
  try {
    decideAll(owner, source);
  } catch (error) {
    fail(error);
  }
}

function decideAll(owner: PromiseNode, source: PromiseNode | null): void {
  if (owner.era !== era) {
    // What it has waited for since is not known.
    owner.child = null;
    return;
  }
  if (source !== null && (source.bits & DECIDED) === 0) await_(owner, source);
  let node = owner.child;
  owner.child = null;
  while (node !== null) {
    const next: PromiseNode | null = node.sibling;
    node.sibling = null;
    node.bits &= ~LISTED;
    if ((node.bits & DECIDED) === 0) spawn(node, owner);
    node = next;
  }
}

/**
 * The frequent case of the same, by the order of events: `owner` waits for the one call that it has
 * started. False: it is another case.
 */
export function decideOnly(owner: PromiseNode, source: PromiseNode): boolean {
  if (owner.child !== source || source.sibling !== null || source.owner !== owner) return false;
  if ((source.bits & (DECIDED | USED | RACED)) !== 0 || source.details !== null) return false;
  if (source.from !== null && source.from.owner === owner) return false;
  owner.child = null;
  source.bits = (source.bits & ~LISTED) | AWAITED | INFERRED | USED;
  source.subject = null;
  return true;
}

/** Follows the one line that `owner` waits for: derived promises back to their source, calls to what they await. */
function await_(owner: PromiseNode, source: PromiseNode): void {
  let node: PromiseNode | null = source;
  for (let steps = 0; node !== null && steps < MOST_STEPS; steps++) {
    if (node.owner !== owner || (node.bits & DECIDED) !== 0) return;
    node.bits |= exact ? AWAITED : AWAITED | INFERRED;
    if (idOf(node) !== 0) emitFate(node);
    if ((node.bits & KIND) === COLLECT) return;
    node.subject = null;
    node = node.from;
  }
}

function spawn(node: PromiseNode, owner: PromiseNode): void {
  if ((node.bits & IN_EXECUTOR) !== 0 && (node.bits & KIND) === THEN) {
    followExecutor(node, owner);
    return;
  }
  node.bits |= exact ? SPAWNED : SPAWNED | INFERRED;
  if (idOf(node) !== 0) emitFate(node);
  const kind = node.bits & KIND;
  if ((kind === CALL || kind === GENERATOR) && (node.bits & INTERNAL) === 0) startTask(node, owner);
}

function startTask(node: PromiseNode, owner: PromiseNode): void {
  if ((node.bits & ENDED) === 0) {
    countOnce(node);
    keep(node);
    if (node.scope !== null) attach(node, innermostOpen(owner.scope ?? node.scope));
  } else if ((node.bits & SUSPENDED) !== 0) {
    // It ran on its own, and ended before this was decided.
    countOnce(node);
  }
}

/**
 * A callback registered inside the executor of `new Promise`, or by such a callback: it works
 * towards that promise, step by step, as async functions do that were lowered to generators. It is
 * taken for a part of whoever waits for that promise; that is inferred, so that nothing is raised.
 */
function followExecutor(node: PromiseNode, owner: PromiseNode): void {
  const target = node.subject as PromiseNode | null;
  const follows = target !== null && ((target.bits & AWAITED) !== 0 || owner.subject === target);
  node.bits |= (follows ? AWAITED : SPAWNED) | INFERRED;
  if (idOf(node) !== 0) emitFate(node);
}

/** `target` is most likely resolved by `last`, which it has started: one line, until that is seen. */
export function inferFollowing(target: PromiseNode, last: PromiseNode): void {
  let node: PromiseNode | null = last;
  for (; node !== null && node.owner === target && (node.bits & DECIDED) === 0; node = node.from) {
    node.bits |= AWAITED | INFERRED;
    if (idOf(node) !== 0) emitFate(node);
  }
}

/** `owner` waits for something unknown. If it has started just one call, that is taken for it. */
export function inferOnly(owner: PromiseNode): void {
  const only = owner.child;
  if (only === null || only.sibling !== null || (only.bits & DECIDED) !== 0) return;
  only.bits |= AWAITED | INFERRED;
  if (idOf(only) !== 0) emitFate(only);
}

/** Whether `owner` waits for what it has started cannot be known: it is taken for a part of it. */
export function inferEach(owner: PromiseNode): void {
  let node = owner.child;
  owner.child = null;
  while (node !== null) {
    const next: PromiseNode | null = node.sibling;
    node.sibling = null;
    node.bits &= ~LISTED;
    if ((node.bits & DECIDED) === 0) {
      node.bits |= AWAITED | INFERRED;
      if (idOf(node) !== 0) emitFate(node);
    }
    node = next;
  }
}

/** What was guessed of `reaction` and the line it stands for is now known: `target` waited for it. */
export function confirm(target: PromiseNode, reaction: PromiseNode): void {
  confirmOne(reaction);
  let node = reaction.subject as PromiseNode | null;
  for (; node !== null && node.owner === target; node = node.from) confirmOne(node);
}

function confirmOne(node: PromiseNode): void {
  if ((node.bits & INFERRED) === 0) return;
  node.bits &= ~INFERRED;
  if (idOf(node) !== 0) emitFate(node);
}

/** Remembers a task with the scope it was started in, to be looked at when that exits. */
export function attach(node: PromiseNode, scope: ScopeState | null): void {
  if (scope === null || scope.group !== null) return;
  if (scope.tasks.length >= scope.pruneAt) {
    scope.tasks = scope.tasks.filter((task) => (task.bits & ENDED) === 0 && task.era === era);
    scope.pruneAt = Math.max(64, scope.tasks.length * 2);
  }
  if (scope.tasks.length < MOST_TASKS_OF_SCOPE) scope.tasks.push(node);
}

/** `by` waited for `source` and goes on: it receives what the tasks behind it still own. */
export function join(source: PromiseNode, by: PromiseNode): void {
  if (announced <= 1) return;
  try {
    joinAll(source, by);
  } catch (error) {
    fail(error);
  }
}

function joinAll(source: PromiseNode, by: PromiseNode): void {
  switch (source.bits & KIND) {
    case COLLECT:
      for (let input = source.child; input !== null; input = input.sibling) {
        if ((input.bits & ENDED) !== 0 && input.from !== null) join(input.from, by);
      }
      return;
    case PLAIN:
      if (source === unknown) {
        noteUnfollowed();
        return;
      }
      // A promise resolved by hand: the call that resolved it hands over what it has.
      if (source.from !== null) joinCall(source.from, by, (source.bits & LOCKED) === 0);
      return;
    default:
      joinCall(source, by, false);
      inherit(source, by);
  }
}

function joinCall(call: PromiseNode, by: PromiseNode, inferred: boolean): void {
  const joined = (call.bits & BODY) !== 0 && call.owner !== null ? call.owner : call;
  if (idOf(joined) === 0 || joined === by || joined === main) return;
  if ((call.bits & AWAITED) !== 0 && call.owner === by) return;
  const receiver = announce(by);
  writeFate('call-joined', idOf(joined), receiver, inferred || !exact);
}

/** What `call` left open is now the innermost scope of the one that waited for it. A group is nobody's. */
export function inherit(call: PromiseNode, by: PromiseNode): void {
  if (call.scope === null || call.scope === by.scope || call.scope.group !== null) return;
  const scope = innermostOpen(call.scope);
  if (scope !== null && !encloses(scope, by.scope)) by.scope = scope;
}

function encloses(outer: ScopeState, inner: ScopeState | null): boolean {
  for (let scope = inner; scope !== null; scope = scope.parent) if (scope === outer) return true;
  return false;
}

/** `call` now waits for something that another call started: a shared or memoised promise. */
export const observe = guarded((source: PromiseNode, by: PromiseNode): void => {
  const kind = source.bits & KIND;
  const call = kind === THEN && source.from !== null ? source.from : source;
  if (call.owner === by || innermostOpen(call.scope)?.group !== null) return;
  if ((call.bits & KIND) !== CALL || (call.bits & ENDED) !== 0) return;
  emit({ kind: 'call-observed', call: announce(call), by: announce(by), atMs: atMs() });
});
