/** Records about async generators: written only of those whose advancing or end may matter to a rule. */
import type { CallId, GeneratorId, ScopeId, SiteId } from './ids.ts';

/**
 * A call began to advance the generator, by `next`. Written late: of the first call when a second one
 * comes, or when something else is said of the generator.
 */
export interface GeneratorAdvanced {
  readonly kind: 'generator-advanced';
  readonly generator: GeneratorId;
  readonly call: CallId;
  /** Where `next` was called, or the loop. */
  readonly from?: SiteId;
  /** Entered by the generator's own body before, and still open. */
  readonly scopes: readonly ScopeId[];
  readonly atMs: number;
}

/**
 * `return` or `throw` was called while the generator was suspended at a `yield`, by a call that had
 * not advanced it before.
 */
export interface GeneratorClosed {
  readonly kind: 'generator-closed';
  readonly generator: GeneratorId;
  readonly call: CallId;
  readonly how: 'return' | 'throw';
  readonly from?: SiteId;
  /** The `yield`. */
  readonly at: SiteId;
  /** The start of the generator function. */
  readonly body: SiteId;
  readonly scopes: readonly ScopeId[];
  readonly atMs: number;
}

/** Nobody can go on with the generator, which has not ended. */
export interface GeneratorLeft {
  readonly kind: 'generator-left';
  readonly generator: GeneratorId;
  /** The call that advanced it last. */
  readonly call: CallId;
  /**
   * - `collected`: the garbage collector took it, suspended at a `yield`
   * - `drained`: it was suspended at a `yield` when the program had nothing left to do
   * - `blocked`: the same, but it had been closed while a `next` was pending, and that never ended
   */
  readonly how: 'collected' | 'drained' | 'blocked';
  readonly from?: SiteId;
  /** The `yield`; for `blocked` the `await`. */
  readonly at: SiteId;
  /** The start of the generator function. */
  readonly body: SiteId;
  readonly scopes: readonly ScopeId[];
  readonly atMs: number;
}

/** A scope that the generator's body has entered was open when it yielded, or ended. */
export interface GeneratorYielded {
  readonly kind: 'generator-yielded';
  /** The body's call that has ended there. */
  readonly call: CallId;
  readonly scope: ScopeId;
  /** The `yield`. Absent when that was not seen. */
  readonly at?: SiteId;
  readonly atMs: number;
}

export type GeneratorRecord = GeneratorAdvanced | GeneratorClosed | GeneratorLeft | GeneratorYielded;
