/**
 * Contexts: what `AsyncLocalStorage.enterWith` makes visible.
 *
 * Nothing is written of contexts as such. Only when one call reads what an earlier run of the same
 * function has left behind in the caller of both are the two records of that written.
 */
import type { CallId, SiteId } from './ids.ts';

/** Sequential within a program. */
export type ContextId = number;

/**
 * An async call entered a context before it was suspended for the first time, and ended: the context
 * went on in its caller. Written when it is first read by a later run, so `atMs` lies before the
 * record's neighbours.
 */
export interface ContextEntered {
  readonly kind: 'context-entered';
  readonly context: ContextId;
  /** The call in which `enterWith` was called; its caller, when it has ended without ever waiting. */
  readonly call: CallId;
  /** The start of the async function that entered it. */
  readonly fn: SiteId;
  /** The program's own frames, innermost first. */
  readonly stack: readonly SiteId[];
  readonly atMs: number;
}

/**
 * A later run of the function that had entered the context has read it. It was started after the
 * earlier run had ended, by the same caller or from the same place in what the caller went on to do,
 * and had not entered a context itself.
 */
export interface ContextRead {
  readonly kind: 'context-read';
  readonly context: ContextId;
  /** Who read: the run itself, or what it called. */
  readonly call: CallId;
  /** The later run. */
  readonly run: CallId;
  readonly stack: readonly SiteId[];
  readonly atMs: number;
}
