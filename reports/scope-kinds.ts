/** What may be expected of a scope, by its kind. */
import type { ScopeKind, Waiver } from '../tracker/protocol.ts';

export interface ScopeTraits {
  /** Only the task that entered it, or received it, may exit it. */
  readonly owned: boolean;
  /** What was started or entered inside must be over at its exit. */
  readonly bounds: boolean;
  /** A second exit is a mistake. */
  readonly once: boolean;
  /** Somebody has to exit it. */
  readonly mustExit: boolean;
}

const TRAITS: Readonly<Record<ScopeKind, ScopeTraits>> = {
  explicit: { owned: true, bounds: true, once: true, mustExit: true },
  // Disposing of a stack twice is allowed, and stacks are closed in any order.
  stack: { owned: true, bounds: false, once: false, mustExit: true },
  declared: { owned: true, bounds: false, once: true, mustExit: true },
  // What a request starts may go on: a log entry, a queue, the first use of a pool.
  request: { owned: false, bounds: false, once: false, mustExit: false },
  // The library exits it by itself, and work that it started may go on.
  bounded: { owned: false, bounds: false, once: false, mustExit: false },
  // Its framework starts, cancels and waits for what is inside.
  fiber: { owned: false, bounds: false, once: false, mustExit: false },
  // It only says where something belongs: a module that one test uses first may go on for all.
  test: { owned: false, bounds: false, once: false, mustExit: false },
};

/** A kind that this version does not know promises nothing. */
const UNKNOWN: ScopeTraits = { owned: false, bounds: false, once: false, mustExit: false };

export function traitsOf({ kind, waives }: { readonly kind: ScopeKind; readonly waives?: readonly Waiver[] }): ScopeTraits {
  const traits = Object.hasOwn(TRAITS, kind) ? TRAITS[kind] : UNKNOWN;
  if (waives === undefined) return traits;
  return {
    owned: traits.owned && !waives.includes('owner'),
    bounds: traits.bounds,
    once: traits.once && !waives.includes('once'),
    mustExit: traits.mustExit && !waives.includes('exit'),
  };
}
