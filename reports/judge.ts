/** The questions that more than one rule asks, so that one broken thing is reported once. */
import { findCancelled } from './cancellation/scopes.ts';
import { findUnheard } from './cancellation/signals.ts';
import { findLosses, type Loss } from './races.ts';
import type { Owner, ProgramTrace, Scope, ScopeEvent, Task } from './model.ts';
import type { SiteId } from '../tracker/protocol.ts';
import { isHandedOn, SIGNAL } from './handed-on.ts';
import { settingsOf } from './policy/rule-policy.ts';
import type { ExitVerdict, IgnoredCancel, Judged, JudgedGenerators, OpenFate, RuleSettings, UnheardSignal } from './rule.ts';
import { traitsOf } from './scope-kinds.ts';
import { isUserCode, type Places } from './sources.ts';

/** Spawner chains are walked this far; a scope further up is not looked for. */
const FAR = 1000;

export function createJudged(
  trace: ProgramTrace, places: Places, settings: RuleSettings, { spokenFor }: JudgedGenerators,
): Judged {
  const leaks = new Map<Task, boolean>();
  const outlives = (task: Task): boolean => {
    let known = leaks.get(task);
    if (known === undefined) leaks.set(task, (known = outlivesScope(task, trace, places, settingsOf('leaked-task', settings))));
    return known;
  };
  const outlived = (task: Task): Scope | undefined => {
    if (!outlives(task) || isPartOfLeak(task, outlives)) return undefined;
    return task.scope;
  };
  const cancelled = settingsOf('ignored-cancellation', settings);
  let unheard: ReadonlyMap<Task, UnheardSignal> | undefined;
  const ignored = (task: Task): IgnoredCancel | undefined => {
    unheard ??= findUnheard(trace, places, cancelled);
    return (outlived(task) === undefined ? undefined : findCancelled(task, trace, cancelled)) ?? unheard.get(task);
  };
  const losses = findLosses(trace, settingsOf('race-loser', settings).graceMs);
  const loss = (task: Task): Loss | undefined => {
    const found = losses.get(task);
    if (found === undefined || isLibraryWork(task, places)) return undefined;
    const raced = places.user(found.race.stack);
    // That it was told to stop, and did not, says more than that it lost.
    return raced !== undefined && isUserCode(raced) && ignored(task) === undefined ? found : undefined;
  };
  // The race is what abandoned its loser.
  const leak = (task: Task): Scope | undefined => (loss(task)?.certain === true ? undefined : outlived(task));
  return {
    leak,
    loss,
    ignored,
    exit: (scope) => {
      const verdict = judgeExit(scope, trace);
      return verdict === 'stranger' && spokenFor.has(scope) ? 'generator' : verdict;
    },
    fate: (scope) => {
      const fate = judgeOpen(scope, trace);
      return fate !== 'exited' && spokenFor.has(scope) ? 'generator' : fate;
    },
  };
}

function judgeExit(scope: Scope, trace: ProgramTrace): ExitVerdict {
  const exit = scope.exits[0];
  if (exit === undefined) return 'none';
  if (!traitsOf(scope).owned || exit.moved === true) return 'host';
  if (exit.task === scope.entered.task) return 'host';
  if (scope.owners.some((owner) => owner.task === exit.task)) return 'received';
  // Node's own streams advance a generator on somebody's behalf.
  if (isNodes(exit.task, trace) || isNodes(scope.entered.task, trace)) return 'host';
  if (isHandedOn(scope, exit, trace)) return 'host';
  if (isHandedByTests(scope, exit.task, trace)) return 'received';
  const owns = (task: Task): boolean => scope.owners.some((owner) => owner.task === task);
  const loan = judgeLoan(exit.task, owns, trace);
  if (loan !== 'none') return loan;
  const sure = exit.certain && scope.entered.certain && exit.order <= soundUntil(trace);
  return sure && !mayHaveReceived(scope, exit, trace) ? 'stranger' : 'undecided';
}

/**
 * An owner that starts a task and waits for it lends it the scope: `Promise.all` of several
 * `close()`. So does one that leaves the closing to a signal's handler, because it cannot wait for it.
 */
export function judgeLoan(
  borrower: Task, owns: (task: Task) => boolean, trace: ProgramTrace,
): 'none' | 'lent' | 'undecided' {
  let certain = true;
  let at = borrower;
  for (let steps = 0; steps < FAR; steps++) {
    const { spawner } = at;
    if (spawner === undefined) return 'none';
    const join = at.joins.find((one) => one.task === spawner);
    if (join === undefined && at.resource !== SIGNAL) return mayStillJoin(at, trace) ? 'undecided' : 'none';
    certain &&= join?.certain ?? true;
    if (owns(spawner)) return certain ? 'lent' : 'undecided';
    at = spawner;
  }
  return 'none';
}

/** Node's own code, wherever it was called from. */
export function isNodes(task: Task, trace: ProgramTrace): boolean {
  return task.site !== undefined && trace.sites.get(task.site)?.file.startsWith('node:') === true;
}

const NODES_RUNNER = 'node:internal/test_runner/';
const RUNNERS = /[\\/]node_modules[\\/](?:@vitest[\\/]runner|jest-circus|mocha|ava)[\\/]/;
const FEW = 8;

/** A runner runs tests and hooks one after the other, and waits for each by ways of its own, unless both ran at once. */
function isHandedByTests(scope: Scope, to: Task, trace: ProgramTrace): boolean {
  if (!isRunByTests(to, trace) || !scope.owners.some((owner) => isRunByTests(owner.task, trace))) return false;
  // Which test a hook of Node's runner belongs to is not seen.
  if (isRunByTests(to, trace, false)) return true;
  const first = testAround(scope);
  const second = testAround(to.scope);
  if (first === undefined || second === undefined || first === second) return true;
  return first.exits[0] !== undefined && first.exits[0].atMs <= second.entered.atMs;
}

function testAround(scope: Scope | undefined): Scope | undefined {
  let at = scope;
  for (let steps = 0; at !== undefined && at.kind !== 'test' && steps < FAR; steps++) at = at.parent;
  return at?.kind === 'test' ? at : undefined;
}

/** A test or a hook. */
function isRunByTests(task: Task, { sites }: ProgramTrace, byOthers = true): boolean {
  const fileOf = (site: SiteId | undefined): string => (site === undefined ? '' : (sites.get(site)?.file ?? ''));
  let at: Task | undefined = task;
  for (let steps = 0; at !== undefined && steps < FEW; at = at.spawner, steps++) {
    if ([at.site, at.caller].some((site) => fileOf(site).startsWith(NODES_RUNNER))) return true;
    if (byOthers && [at.site, at.from].some((site) => RUNNERS.test(fileOf(site)))) return true;
    // Between the runner and what it runs stand Node's own callbacks.
    const isNodesOwn = at.origin === 'callback' ? at.from === undefined : fileOf(at.site).startsWith('node:');
    if (!isNodesOwn) return false;
  }
  return false;
}

/** The recording stops before it is known whether somebody waits for the task. */
function mayStillJoin(task: Task, trace: ProgramTrace): boolean {
  return trace.ended === undefined && task.ended === undefined;
}

function isSure(owner: Owner): boolean {
  return owner.certain;
}

/**
 * When it was inferred who waited for an owner, somebody else may have. Not a task that was started
 * later, unless it waited for somebody in its turn.
 */
function mayHaveReceived(scope: Scope, exit: ScopeEvent, trace: ProgramTrace): boolean {
  const doubtful = scope.owners.find((owner) => !owner.certain);
  if (doubtful === undefined) return false;
  const start = exit.task.started?.order ?? 0;
  if (start < doubtful.since.order) return true;
  if (exit.task.joined !== undefined && exit.task.joined.order < exit.order) return true;
  return firstAfter(trace.inferredJoins, start) < exit.order;
}

/** The first of some ascending orders that is greater than another; infinite when there is none. */
function firstAfter(orders: readonly number[], order: number): number {
  let low = 0;
  let high = orders.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((orders[middle] ?? 0) > order) high = middle;
    else low = middle + 1;
  }
  return orders[low] ?? Number.POSITIVE_INFINITY;
}

export function soundUntil(trace: ProgramTrace): number {
  return trace.losses.since ?? Number.POSITIVE_INFINITY;
}

function judgeOpen(scope: Scope, trace: ProgramTrace): OpenFate {
  if (scope.exits.length > 0 || !traitsOf(scope).mustExit) return 'exited';
  if (!trace.complete) return 'cut';
  if (scope.owners.some((owner) => owner.task.vanished !== undefined)) return 'vanished';
  // Where anybody may exit it, somebody was perhaps about to.
  if (!traitsOf(scope).owned && trace.ended?.how !== 'drained') return 'exited';
  if (scope.owners.some((owner) => isAlive(owner.task))) {
    // A resource in use when the program is told to end is no mistake; one that waits for nothing is.
    return scope.kind === 'declared' && trace.ended?.how !== 'drained' ? 'exited' : 'held';
  }
  // Once nothing is left to do, nobody can exit it, whoever the owners are.
  return trace.ended?.how === 'drained' || scope.owners.every(isSure) ? 'unclosed' : 'undecided';
}

/** Whether the task had still something to do when the recording stopped. */
export function isAlive(task: Task): boolean {
  if (task.ended !== undefined || task.vanished !== undefined) return false;
  // Their code runs at one go: without word of a suspended call inside, it is over.
  if (task.origin === 'callback' || task.origin === 'then') return task.pending !== undefined;
  return true;
}

/** Certain or not: whether the task was alive past the grace period, with nobody waiting for it. */
function outlivesScope(task: Task, trace: ProgramTrace, places: Places, settings: RuleSettings): boolean {
  const exit = task.scope?.exits[0];
  if (task.scope === undefined || exit === undefined || exit.task === task) return false;
  if (!traitsOf(task.scope).bounds) return false;
  if (!['async', 'then', 'named'].includes(task.origin) || task.vanished !== undefined) return false;
  if (task.joins.length > 0 || isShared(task, task.scope) || isLibraryWork(task, places)) return false;
  if (task.ended !== undefined) return task.ended.atMs - exit.atMs >= settings.graceMs;
  if (trace.losses.since !== undefined || !isAlive(task)) return false;
  return trace.ended !== undefined || trace.lastAtMs - exit.atMs >= settings.graceMs;
}

/** A promise that somebody outside the scope waits for too was meant to outlive it. */
function isShared(task: Task, scope: Scope): boolean {
  return task.observers.some((one) => !one.certain || !isWithin(one.task, scope));
}

function isWithin(task: Task, scope: Scope): boolean {
  if (scope.owners.some((owner) => owner.task === task)) return true;
  let steps = 0;
  for (let at: Task | undefined = task; at !== undefined && steps < FAR; at = at.spawner, steps++) {
    for (let open = at.scope; open !== undefined && steps < FAR; open = open.parent, steps++) {
      if (open === scope) return true;
    }
  }
  return false;
}

/** Started by installed code to run installed code: nothing the user can mend. */
function isLibraryWork(task: Task, places: Places): boolean {
  return ![places.of(task.site), places.of(task.from)].some(
    (place) => place !== undefined && isUserCode(place),
  );
}

/** Work that a leaked task started and outlives is part of that leak. */
function isPartOfLeak(task: Task, outlives: (task: Task) => boolean): boolean {
  const { spawner } = task;
  if (spawner === undefined || spawner.scope !== task.scope || !outlives(spawner)) return false;
  if (spawner.ended === undefined) return true;
  return task.ended !== undefined && task.ended.order <= spawner.ended.order;
}
