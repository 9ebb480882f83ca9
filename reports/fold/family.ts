/** How a family of records beside calls and scopes is folded: one file each in `families/`. */
import type { CallId, TraceRecord } from '../../tracker/protocol.ts';
import type { Scope } from '../model.ts';
import type { CallFacts } from './facts.ts';
import type { TaskIndex } from './tasks.ts';

/** What is known once every record was read. */
export interface FoldContext {
  readonly index: TaskIndex;
  /** What was said of each call by itself. */
  readonly calls: ReadonlyMap<CallId, CallFacts>;
  readonly scopes: ReadonlyMap<number, Scope>;
}

export interface FamilyFold<Part> {
  /** False: the record is not of this family. `order` is its position in the recording. */
  add(record: TraceRecord, order: number): boolean;
  /** What the trace says of the family. Called once. */
  finish(context: FoldContext): Part;
}

export type Family<Part> = () => FamilyFold<Part>;
