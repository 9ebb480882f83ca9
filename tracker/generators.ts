/**
 * Async generators: which one each step belongs to, and who takes the steps.
 *
 * A step is seen as the promise that `next`, `return` or `throw` makes, and says nothing of the
 * generator. The look-up of the method right before does: the same call looks it up and takes the
 * step. A loop looks `next` up once; its later steps are told by the place of the loop. What fits
 * neither makes the generator `unsure`, and nothing is said of it.
 */
import { details, isWithin } from './announce.ts';
import { writeAdvanced, writeClosed, writeYielded } from './generator-records.ts';
import { GeneratorStamp, GeneratorState, hasEnded, isAtYield, LoopLink } from './generator-state.ts';
import { watch } from './generators-left.ts';
import { ENDED, era, GENERATOR, INFERRED, INTERNAL, KIND, LOCKED, type PromiseNode } from './promise-node.ts';
import { exact, runner } from './running.ts';
import { innermostOpen, type ScopeState } from './scope-state.ts';
import type { Site } from './sites.ts';

export type Step = 'next' | 'return' | 'throw';

/** More calls than these advance it: a shared queue, or a helper that is called for each item. */
const MOST_CALLS = 8;
const MOST_SCOPES = 16;

/** The latest look-up that no step has followed. */
let lookedUp: GeneratorState | null = null;
let method: Step = 'next';
let by: PromiseNode | null = null;

/** Stands for every generator that was first advanced where calls were not looked at closely. */
const UNSEEN = new GeneratorState();
UNSEEN.unsure = true;

/** Nothing of what was there is known any more. */
export function forgetGenerators(): void {
  lookedUp = null;
  by = null;
}

/** The program looks `step` up on `receiver`, which most likely is about to be called. */
export function noteLookUp(receiver: unknown, step: Step): void {
  if (typeof receiver !== 'object' || receiver === null) return;
  const state = GeneratorStamp.read(receiver) ?? firstSeen(receiver, step);
  // Looked up and not called: somebody keeps the function, and takes steps that are not seen.
  if (lookedUp !== null && (lookedUp !== state || method !== step)) lookedUp.unsure = true;
  lookedUp = null;
  if (!exact || state.era !== era) state.unsure = true;
  if (state.unsure) return;
  lookedUp = state;
  method = step;
  by = runner();
}

/** Who takes `return` before the first `next` closes it, or keeps the function to close it with later. */
function firstSeen(receiver: object, step: Step): GeneratorState {
  const isSeen = exact && step === 'next';
  const state = isSeen ? new GeneratorState() : UNSEEN;
  new GeneratorStamp(receiver, state);
  if (isSeen) watch(receiver, state);
  return state;
}

/** A promise of `next`, `return` or `throw` was made. `internal`: by a call in Node's own code. */
export function takeStep(node: PromiseNode, step: string, internal: boolean): void {
  const caller = node.owner;
  const state = lookedUp;
  lookedUp = null;
  if (caller === null) return;
  if (state !== null && step === method && isLookUps(caller)) {
    if (internal || (caller.bits & INTERNAL) !== 0) state.unsure = true;
    if (step === 'next') advanceByLookUp(state, node, caller);
    else close(state, node, caller, method);
    return;
  }
  if (state !== null) state.unsure = true;
  if (step !== 'next') doubtLoops(caller);
  const looped = step === 'next' ? loopOf(node, caller) : null;
  if (looped !== null) advance(looped, node, true);
}

/** The call that looked it up may have returned without being seen, and its caller takes the step. */
function isLookUps(caller: PromiseNode): boolean {
  return caller === by || (by !== null && (by.bits & LOCKED) !== 0);
}

/** It closes a generator by a function that was taken from elsewhere: which one is not seen. */
function doubtLoops(caller: PromiseNode): void {
  for (let link = caller.details?.loops ?? null; link !== null; link = link.outer) link.state.unsure = true;
}

/** The generator of the loop that takes a step without a look-up: the latest of the call, at that place. */
function loopOf(node: PromiseNode, caller: PromiseNode): GeneratorState | null {
  const { place } = details(node);
  if (place === null || (caller.bits & KIND) === GENERATOR) return null;
  let link = details(caller).loops;
  for (let steps = 0; link !== null && steps < MOST_CALLS; link = link.outer, steps++) {
    if (link.place !== place) continue;
    details(caller).loops = link;
    return link.state;
  }
  return null;
}

/** By hand, or the first step of a loop. */
function advanceByLookUp(state: GeneratorState, node: PromiseNode, caller: PromiseNode): void {
  const { place } = details(node);
  advance(state, node, false);
  // The body of another generator steps through it: what becomes of it follows from that one.
  if ((caller.bits & KIND) === GENERATOR) state.unsure = true;
  if (state.unsure) return;
  if (place !== null) rememberLoop(state, place, caller);
  state.firstPlace ??= place;
  if (state.calls.at(-1) !== caller && !state.crowded) addCall(state, caller);
}

function advance(state: GeneratorState, node: PromiseNode, looped: boolean): void {
  // What is asked for meanwhile waits in a queue: whose step the body runs for is not seen.
  if (state.last !== null && (state.last.bits & ENDED) === 0) state.unsure = true;
  state.last = node;
  state.looped = looped;
  details(node).generator = state;
}

function rememberLoop(state: GeneratorState, place: Site, caller: PromiseNode): void {
  const known = details(caller);
  let depth = 0;
  for (let link = known.loops; link !== null; link = link.outer) {
    // The same loop again, over another generator: what was inside it is over.
    if (link.place === place || link.state === state) known.loops = link.outer;
    if (++depth === MOST_CALLS) link.outer = null;
  }
  known.loops = new LoopLink(state, place, known.loops);
}

function addCall(state: GeneratorState, caller: PromiseNode): void {
  if (state.calls.includes(caller)) return;
  if (state.calls.length === MOST_CALLS) {
    state.crowded = true;
    return;
  }
  state.calls.push(caller);
  if (state.calls.length > 1) writeAdvanced(state);
}

function close(state: GeneratorState, node: PromiseNode, caller: PromiseNode, how: Step): void {
  const { last, closing } = state;
  state.closing = node;
  if (closing !== null || state.unsure || state.crowded || state.calls.includes(caller) || (caller.bits & KIND) === GENERATOR) return;
  if (last === null || !isAtYield(last) || (state.looped && hasEnded(state)) || state.calls.some(isInferred)) return;
  writeClosed(state, last, node, how === 'throw' ? 'throw' : 'return');
}

function isInferred(call: PromiseNode): boolean {
  return (call.bits & INFERRED) !== 0;
}

/** A step has ended: notes the scopes that its body has entered and leaves open. */
export function noteYield(node: PromiseNode): void {
  for (let scope = innermostOpen(node.scope); scope !== null; scope = innermostOpen(scope.parent)) {
    if (!isWithin(scope.host, node)) return;
    writeYielded(node, scope);
    const state = node.details?.generator;
    if (state !== undefined && state !== null) addScope(state, scope);
  }
}

function addScope(state: GeneratorState, scope: ScopeState): void {
  if (state.scopes.includes(scope)) return;
  if (state.scopes.length === MOST_SCOPES) state.scopes = state.scopes.filter(({ open }) => open);
  if (state.scopes.length < MOST_SCOPES) state.scopes.push(scope);
}
