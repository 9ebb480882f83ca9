/** Calls become records only when they matter; then their callers do too. */
import { emit } from './channel.ts';
import { countOnce } from './counts.ts';
import { writeEnd, writeFate, writeStart } from './lines.ts';
import type { CallOrigin, HandleType } from './protocol.ts';
import {
  AWAITED, CALL, Details, ENDED, era, GENERATOR, INFERRED, idOf, KIND, LOADER, type PromiseNode, ROOT, SPAWNED,
} from './promise-node.ts';
import { main, nowMs } from './running.ts';
import { idOfScope, type ScopeState } from './scope-state.ts';
import { announceSite } from './sites.ts';
import { keepUnfinished } from './unfinished.ts';

let lastId = 0;
/** How many calls were announced: while it is 1, nothing but the main call matters to anyone. */
export let announced = 0;

export function announceMain(): void {
  details(main).id = ++lastId;
  announced++;
  emit({ kind: 'call-started', call: lastId, origin: 'main', atMs: 0 });
}

/** What is known of a call, made when first needed. */
export function details(node: PromiseNode): Details {
  return (node.details ??= new Details(nowMs));
}

/** Announces the call and its callers when they were not yet, and returns its id. */
export function announce(node: PromiseNode): number {
  if (idOf(node) !== 0) return idOf(node);
  const chain: PromiseNode[] = [];
  let next: PromiseNode | null = node;
  while (next !== null && idOf(next) === 0) {
    if ((next.bits & KIND) !== LOADER) chain.push(next);
    next = next.owner;
  }
  for (let index = chain.length - 1; index >= 0; index--) {
    announceOne(chain[index] as PromiseNode);
  }
  return (node.bits & KIND) === LOADER ? idOf(main) : idOf(node);
}

function announceOne(node: PromiseNode): void {
  const known = details(node);
  known.id = ++lastId;
  announced++;
  const { fn, place } = known;
  const isRoot = (node.bits & KIND) === ROOT;
  writeStart({
    call: known.id,
    caller: callerId(node),
    origin: callOriginOf(node),
    text: isRoot ? (node.subject as Subject).name : '',
    site: fn === null || fn.fn.own ? 0 : announceSite(fn),
    from: place === null ? 0 : announceSite(place),
    scope: idOfScope(scopeAtStart(node)),
    inferred: (node.bits & INFERRED) !== 0 || node.era !== era,
    fate: isRoot ? 'undecided' : fateOf(node),
    atMs: known.startMs,
  });
  if (isRoot && node !== main) countOnce(node);
  if ((node.bits & ENDED) !== 0) writeEnd(idOf(node), known.work?.endMs);
  else keepUnfinished(node);
}

function callerId(node: PromiseNode): number {
  return (node.owner === null ? 0 : idOf(node.owner)) || idOf(main);
}

/** What made the call. Of the main one nothing says so. */
export function callOriginOf(node: PromiseNode): CallOrigin {
  switch (node.bits & KIND) {
    case CALL:
      return 'async';
    case GENERATOR:
      return 'generator';
    case ROOT:
      return (node.subject as Subject).named ? 'named' : 'callback';
    default:
      return 'then';
  }
}

function fateOf({ bits }: PromiseNode): 'awaited' | 'spawned' | 'undecided' {
  return (bits & AWAITED) !== 0 ? 'awaited' : (bits & SPAWNED) !== 0 ? 'spawned' : 'undecided';
}

/** What a {@link ROOT} node stands for: a named task, or the type of an async resource. */
export interface Subject {
  readonly named: boolean;
  readonly name: string;
  /** A line of execution that a framework schedules by itself. */
  readonly fiber?: true;
  /** A resource that is a handle. */
  readonly handle?: HandleType | undefined;
}

/** The innermost scope that was open at the call's start: not one that the call itself entered. */
export function scopeAtStart(node: PromiseNode): ScopeState | null {
  let scope = node.scope;
  while (scope !== null && isWithin(scope.host, node)) scope = scope.parent;
  return scope;
}

/** Whether `call` is `node` or runs for it in the same task. */
export function isWithin(call: PromiseNode | null, node: PromiseNode): boolean {
  let next = call;
  for (let steps = 0; next !== null && steps < 1000; steps++) {
    if (next === node) return true;
    if ((next.bits & SPAWNED) !== 0) return false;
    next = next.owner;
  }
  return false;
}

/** Writes what is known about whether the caller waits. Nothing when that is undecided. */
export function emitFate(node: PromiseNode): void {
  const by = callerId(node);
  const inferred = (node.bits & INFERRED) !== 0;
  if ((node.bits & AWAITED) !== 0) writeFate('call-awaited', idOf(node), by, inferred);
  else if ((node.bits & SPAWNED) !== 0) writeFate('call-spawned', idOf(node), by, inferred);
}

/** The call has ended: to be called for announced calls only. */
export function emitEnd(node: PromiseNode): void {
  writeEnd(idOf(node));
}
