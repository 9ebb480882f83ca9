/** Calls become records only when they matter; then their callers do too. */
import { emit } from './channel.ts';
import { atMs } from './clock.ts';
import type { CallOrigin, CallStarted } from './protocol.ts';
import {
  AWAITED, CALL, ENDED, GENERATOR, INFERRED, KIND, LOADER, type PromiseNode, ROOT, SPAWNED,
} from './promise-node.ts';
import { main } from './running.ts';
import type { ScopeState } from './scope-state.ts';
import { announceSite } from './sites.ts';

let lastId = 0;
/** How many calls were announced: while it is 1, nothing but the main call matters to anyone. */
export let announced = 0;
/** Announced calls that have not ended. */
export const unfinished = new Set<PromiseNode>();
const MOST_UNFINISHED = 200_000;

export function announceMain(): void {
  main.id = ++lastId;
  announced++;
  emit({ kind: 'call-started', call: main.id, origin: 'main', atMs: 0 });
}

/** Announces the call and its callers when they were not yet, and returns its id. */
export function announce(node: PromiseNode): number {
  if (node.id !== 0) return node.id;
  const chain: PromiseNode[] = [];
  let next: PromiseNode | null = node;
  while (next !== null && next.id === 0) {
    if ((next.bits & KIND) !== LOADER) chain.push(next);
    next = next.owner;
  }
  for (let index = chain.length - 1; index >= 0; index--) {
    announceOne(chain[index] as PromiseNode);
  }
  return (node.bits & KIND) === LOADER ? main.id : node.id;
}

function announceOne(node: PromiseNode): void {
  node.id = ++lastId;
  announced++;
  const scope = scopeAtStart(node);
  const fn = node.fn;
  emit({
    kind: 'call-started',
    call: node.id,
    caller: callerId(node),
    ...describe(node),
    ...(fn === null || fn.fn.own ? {} : { site: announceSite(fn) }),
    ...(node.place === null ? {} : { from: announceSite(node.place) }),
    ...(scope === null ? {} : { scope: scope.id }),
    ...((node.bits & INFERRED) === 0 ? {} : { inferred: true as const }),
    atMs: node.startMs,
  });
  if ((node.bits & KIND) !== ROOT) emitFate(node);
  if ((node.bits & ENDED) !== 0) emit({ kind: 'call-ended', call: node.id, atMs: atMs() });
  else if (unfinished.size < MOST_UNFINISHED) unfinished.add(node);
}

function callerId(node: PromiseNode): number {
  return node.owner?.id || main.id;
}

function describe(node: PromiseNode): Pick<CallStarted, 'origin' | 'name' | 'resource'> {
  const kind = node.bits & KIND;
  if (kind === CALL) return { origin: 'async' };
  if (kind === GENERATOR) return { origin: 'generator' };
  if (kind !== ROOT) return { origin: 'then' };
  const subject = node.subject as Subject;
  const origin: CallOrigin = subject.named ? 'named' : 'callback';
  return subject.named ? { origin, name: subject.name } : { origin, resource: subject.name };
}

/** What a {@link ROOT} node stands for: a named task, or the type of an async resource. */
export interface Subject {
  readonly named: boolean;
  readonly name: string;
}

/** The innermost scope that was open at the call's start: not one that the call itself entered. */
export function scopeAtStart(node: PromiseNode): ScopeState | null {
  let scope = node.scope;
  while (scope !== null && isWithin(scope.host, node)) scope = scope.parent;
  return scope;
}

/** Whether `call` is `node` or runs for it in the same task. */
function isWithin(call: PromiseNode | null, node: PromiseNode): boolean {
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
  const inferred = (node.bits & INFERRED) === 0 ? {} : { inferred: true as const };
  if ((node.bits & AWAITED) !== 0) {
    emit({ kind: 'call-awaited', call: node.id, by, ...inferred, atMs: atMs() });
  } else if ((node.bits & SPAWNED) !== 0) {
    emit({ kind: 'call-spawned', call: node.id, by, ...inferred, atMs: atMs() });
  }
}

/** The call has ended: to be called for announced calls only. */
export function emitEnd(node: PromiseNode): void {
  unfinished.delete(node);
  emit({ kind: 'call-ended', call: node.id, atMs: atMs() });
}
