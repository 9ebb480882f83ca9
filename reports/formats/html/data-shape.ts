/**
 * What the page's script is given: the timeline as columns of numbers, and a table of the texts that they name.
 * Both sides import this file, which imports nothing.
 */
/** Flags of a task. */
export const TASK_FLAGS = { inferred: 1, pending: 2, vanished: 4 } as const;

/** Times are milliseconds to a hundredth. -1 and 0 stand for what is absent: -1 for times and texts, 0 for ids. */
export interface PageData {
  readonly source: 'recording' | 'report';
  readonly strings: readonly string[];
  readonly programs: readonly PageProgram[];
  readonly findings: readonly PageFinding[];
}

export interface PageProgram {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** `killed`: the recording has no end. */
  readonly ended: string;
  readonly tasks: Columns<'id' | 'label' | 'origin' | 'place' | 'suspended' | 'spawner' | 'scope' | 'start' | 'end' | 'flags'>;
  readonly joins: Columns<'task' | 'by' | 'at'>;
  readonly scopes: Columns<'id' | 'name' | 'kind' | 'host' | 'parent' | 'entered' | 'exited' | 'exitedBy' | 'cancelled' | 'enteredAt' | 'exitedAt'>;
  readonly aborts: readonly { readonly at: number; readonly by: number; readonly reason: number; readonly place: number; readonly tasks: readonly number[] }[];
}

export type Columns<Name extends string> = { readonly [Column in Name]: readonly number[] };

export interface PageFinding {
  readonly rule: string;
  readonly severity: 'violation' | 'leak' | 'info';
  readonly message: string;
  /** Index of the program. -1: not in the timeline. */
  readonly program: number;
  readonly task: number;
  readonly tasks: readonly number[];
  readonly scope: number;
  readonly at: number;
  readonly accepted: boolean;
}
