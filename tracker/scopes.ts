/** Scopes, as they arrive on the diagnostics channels. */
import { announce, type Subject } from './announce.ts';
import { emit, flushSoon } from './channel.ts';
import { placeOf, settleWith } from './classify.ts';
import { atMs } from './clock.ts';
import { capture, mayCapturePlace, take } from './frames.ts';
import { noteScopeExited } from './handles/index.ts';
import { writeEntered, writeExited } from './lines.ts';
import { admitScope, dismissScope, nextScopeId } from './open-scopes.ts';
import { CALL, ENDED, era, functionOf, GENERATOR, INFERRED, KIND, PromiseNode, ROOT, SPAWNED, USED } from './promise-node.ts';
import type { ScopeKind, Waiver } from './protocol.ts';
import { base, current, exact, main, runner, setNow, stack as calls, top, unfollowed } from './running.ts';
import { idOfScope, innermostOpen, ScopeState } from './scope-state.ts';
import { scopeOf, setScope } from './scope-tokens.ts';
import { announceSite, isBuiltin, isPrograms, type Site, siteOf } from './sites.ts';

/** Frames looked at to name the place, and to be sure which calls run. */
const FRAMES = 24;
/** Enough to name the place. */
const FEW_FRAMES = 10;
/** All of them, for a call that stands deep in the stack. */
const MANY_FRAMES = 400;
/** Frames kept with a record. */
const KEPT_FRAMES = 6;
const REASON_CHARACTERS = 200;

let anyFiber: PromiseNode | null = null;

/** Who runs now, and from where. */
export interface Moment {
  readonly call: PromiseNode;
  /** Ids of sites, innermost first. Empty also when nothing could be spent on looking. */
  readonly stack: number[];
  readonly places: readonly Site[];
}

/** Who runs, and from where; settles what the stack shows about calls that have returned. */
export function observeMoment(): Moment {
  if (!exact && !mayCapturePlace()) {
    if (top !== base) current().bits |= INFERRED;
    return { call: runner(), stack: [], places: [] };
  }
  let frames = exact ? capture(FRAMES, observeMoment) : take(FEW_FRAMES, observeMoment);
  if (top !== base) {
    if (exact && frames.length === FRAMES) frames = capture(MANY_FRAMES, observeMoment);
    if (frames.length < MANY_FRAMES && isKnown(current())) settleWith(frames, 0);
    else current().bits |= INFERRED;
  }
  const stack: number[] = [];
  let scheduled = false;
  const places: Site[] = [];
  for (const frame of frames) {
    if (isBuiltin(frame)) continue;
    const site = siteOf(frame);
    scheduled ||= site.fn.scheduler;
    if (stack.length === KEPT_FRAMES || !isPrograms(site)) continue;
    places.push(site);
    stack.push(announceSite(site));
  }
  return { call: scheduled ? scheduledRunner() : runner(), stack, places };
}

/** The fiber whose step runs. Where a framework's fibers are not known one by one, all of them as one. */
function scheduledRunner(): PromiseNode {
  for (let index = top; index > base; index--) {
    const node = calls[index] as PromiseNode;
    if ((node.bits & KIND) === ROOT && (node.subject as Subject).fiber === true) return runner();
  }
  if (anyFiber === null) {
    anyFiber = new PromiseNode(ROOT | SPAWNED | INFERRED, main, null);
    anyFiber.subject = { named: true, name: 'fibers', fiber: true } satisfies Subject;
  }
  return anyFiber;
}

/** Whether the call can be told from the others by the stack. */
export function isKnown(call: PromiseNode): boolean {
  const kind = call.bits & KIND;
  return functionOf(call) !== null || kind === GENERATOR || kind === ROOT;
}

/** The innermost place of the program's own code. */
export function capturePlace(): Site | null {
  return placeOf(capture(FRAMES, capturePlace), 0);
}

/**
 * `surrounds`: whether what the entering call starts from now on lies inside the scope, as in a block.
 * A client, a connection or a stack that is open is no place that work lies in.
 */
export function enterScope(token: object, name: string, kind: ScopeKind = 'explicit', surrounds = true): void {
  // Before the stack is looked at: one scope too many must cost nothing.
  if (!admitScope()) return;
  const now = atMs();
  setNow(now);
  open(now, observeMoment(), token, name, kind, surrounds, []);
}

/** The same for a moment that was observed before. `waives`: what is not expected of this scope. */
export function enterScopeAt(
  moment: Moment, token: object, name: string, kind: ScopeKind, surrounds: boolean, waives: readonly Waiver[] = [],
): void {
  if (!admitScope()) return;
  const now = atMs();
  setNow(now);
  open(now, moment, token, name, kind, surrounds, waives);
}

function open(
  now: number, { call, stack }: Moment, token: object, name: string, kind: ScopeKind, surrounds: boolean, waives: readonly Waiver[],
): void {
  const id = announce(call);
  const scope = new ScopeState(nextScopeId(), name, innermostOpen(call.scope), call);
  setScope(token, scope);
  // Not all that is taken for it lies inside.
  if (surrounds && call !== unfollowed) call.scope = scope;
  writeEntered({ scope: scope.id, call: id, kind, name, parent: idOfScope(scope.parent), waives, stack });
  flushSoon(now);
}

/** Whether it was entered and not exited since. */
export function isOpen(token: object): boolean {
  return scopeOf(token)?.open === true;
}

/** Whether it was entered at all. */
export function isEntered(token: object): boolean {
  return scopeOf(token) !== undefined;
}

/** What `from` holds passes to `to`, which the running call enters. Nothing is closed. */
export function moveScope(from: object, to: object, name: string, kind: ScopeKind): void {
  if (!isOpen(from)) return;
  exitScope(from, true);
  enterScope(to, name, kind, false);
}

/** Who exited it, and where. Absent: it is no scope. */
export function exitScope(token: object, moved = false): Moment | undefined {
  if (scopeOf(token) === undefined) return undefined;
  setNow(atMs());
  const moment = observeMoment();
  exitScopeAt(moment, token, moved);
  return moment;
}

/** It is over, whoever runs now: nobody has decided that. */
export function exitScopeByItself(token: object): void {
  const scope = scopeOf(token);
  if (scope?.open === true && scope.host !== null) exitScopeAt({ call: scope.host, stack: [], places: [] }, token);
}

/** The same for a moment that was observed before. */
export function exitScopeAt({ call, stack }: Moment, token: object, moved = false): void {
  const scope = scopeOf(token);
  if (scope === undefined) return;
  const now = atMs();
  setNow(now);
  writeExited(scope.id, announce(call), moved, stack);
  if (scope.open) {
    scope.open = false;
    scope.host = null;
    dismissScope();
    call.scope = innermostOpen(call.scope);
    announceTasks(scope);
    scope.tasks = [];
    noteScopeExited(scope);
  }
  flushSoon(now);
}

/** What was started in the scope and still runs is of interest now. */
function announceTasks(scope: ScopeState): void {
  for (const task of scope.tasks) if ((task.bits & ENDED) === 0 && task.era === era) announce(task);
}

export function cancelScope(token: object, reason: unknown): void {
  const scope = scopeOf(token);
  if (scope === undefined) return;
  const now = atMs();
  const { call, stack } = observeMoment();
  const text = reason === undefined ? {} : { reason: describeReason(reason) };
  // Before the record: what is announced later was started later.
  announceTasks(scope);
  emit({ kind: 'scope-cancelled', scope: scope.id, call: announce(call), ...text, stack, atMs: now });
  if (!scope.open) emitUse(scope, call, 'cancel', stack, now);
  flushSoon(now);
}

export function useScope(token: object, use: string): void {
  const scope = scopeOf(token);
  if (scope === undefined || scope.open) return;
  useScopeAt(observeMoment(), token, use);
}

/** The same for a moment that was observed before. */
export function useScopeAt({ call, stack }: Moment, token: object, use: string): void {
  const scope = scopeOf(token);
  if (scope !== undefined && !scope.open) emitUse(scope, call, use, stack, atMs());
}

/** The same for a group that is over, by an async call that nobody has waited for, in a race or otherwise. */
export function useGroup(scope: ScopeState, use: string): void {
  const moment = observeMoment();
  let root = moment.call;
  while ((root.bits & SPAWNED) === 0 && root.owner !== null) root = root.owner;
  if ((root.bits & KIND) !== CALL || (root.bits & (USED | INFERRED)) !== 0) return;
  idOfScope(scope);
  emitUse(scope, moment.call, use, moment.stack, atMs());
}

function emitUse(scope: ScopeState, call: PromiseNode, use: string, stack: number[], now: number): void {
  emit({ kind: 'scope-used', scope: scope.id, call: announce(call), use, stack, atMs: now });
}

function describeReason(reason: unknown): string {
  const text = reason instanceof Error ? reason.message : typeof reason === 'string' ? reason : typeof reason;
  return text.slice(0, REASON_CHARACTERS);
}

/** Names of the scopes open for `call`, innermost first. */
export function openScopesOf(call: PromiseNode): ScopeState[] {
  const found: ScopeState[] = [];
  for (let scope = innermostOpen(call.scope); scope !== null; scope = innermostOpen(scope.parent)) {
    found.push(scope);
  }
  return found;
}
