/** How a family of records beside calls and scopes is folded: one file each in `families/`. */
import type { TraceRecord } from '../../tracker/protocol.ts';
import type { Scope } from '../model.ts';
import type { TaskIndex } from './tasks.ts';

/** What is known once every record was read. */
export interface FoldContext {
  readonly index: TaskIndex;
  readonly scopes: ReadonlyMap<number, Scope>;
}

export interface FamilyFold<Part> {
  /** False: the record is not of this family. `order` is its position in the recording. */
  add(record: TraceRecord, order: number): boolean;
  /** What the trace says of the family. Called once. */
  finish(context: FoldContext): Part;
}

export type Family<Part> = () => FamilyFold<Part>;
