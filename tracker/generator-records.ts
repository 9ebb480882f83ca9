/** What is recorded of async generators. */
import { announce } from './announce.ts';
import { emit } from './channel.ts';
import { atMs } from './clock.ts';
import type { GeneratorState } from './generator-state.ts';
import type { PromiseNode } from './promise-node.ts';
import type { SiteId } from './protocol.ts';
import { announceSite, type Site, startOf } from './sites.ts';
import type { ScopeState } from './scope-state.ts';

let lastId = 0;

/** Writes of each call that it advanced the generator, as far as that was not done. */
export function writeAdvanced(state: GeneratorState): void {
  if (state.id === 0) state.id = ++lastId;
  while (state.written < state.calls.length) {
    const first = state.written === 0;
    const call = announce(state.calls[state.written++] as PromiseNode);
    const place = first ? state.firstPlace : placeOf(state.last);
    const scopes = first ? [] : openIn(state);
    emit({ kind: 'generator-advanced', generator: state.id, call, ...siteField(place), scopes, atMs: atMs() });
  }
}

/** `last` is suspended at a `yield`, and `caller` now closes the generator by the step `node`. */
export function writeClosed(state: GeneratorState, last: PromiseNode, node: PromiseNode, how: 'return' | 'throw'): void {
  const at = last.details?.at ?? null;
  if (at === null || node.owner === null) return;
  writeAdvanced(state);
  emit({
    kind: 'generator-closed', generator: state.id, call: announce(node.owner), how, ...siteField(placeOf(node)),
    at: announceSite(at), body: announceSite(startOf(at)), scopes: openIn(state), atMs: atMs(),
  });
}

export function writeLeft(state: GeneratorState, last: PromiseNode, how: 'collected' | 'drained' | 'blocked'): void {
  const at = last.details?.at ?? null;
  const call = state.calls.at(-1);
  if (at === null || call === undefined) return;
  writeAdvanced(state);
  emit({
    kind: 'generator-left', generator: state.id, call: announce(call), how, ...siteField(placeOf(last)),
    at: announceSite(at), body: announceSite(startOf(at)), scopes: openIn(state), atMs: atMs(),
  });
}

/** The body has yielded, or ended, in the step `node` with `scope` open. */
export function writeYielded(node: PromiseNode, scope: ScopeState): void {
  const at = node.details?.at ?? null;
  const where = at === null ? {} : { at: announceSite(at) };
  emit({ kind: 'generator-yielded', call: announce(node), scope: scope.id, ...where, atMs: atMs() });
}

function openIn(state: GeneratorState): number[] {
  return state.scopes.filter(({ open }) => open).map(({ id }) => id);
}

function placeOf(step: PromiseNode | null): Site | null {
  return step?.details?.place ?? null;
}

function siteField(place: Site | null): { readonly from?: SiteId } {
  return place === null ? {} : { from: announceSite(place) };
}
