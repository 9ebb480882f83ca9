/**
 * What a tracker tells whoever inspects its program: no record, but the value of a method that only an
 * inspector can reach, because the objects that have it are private fields of promises and handles.
 */
import type { CallOrigin } from '../protocol.ts';

/** The method's name. */
export const INSPECTED = 'tellInspector';

/** A place as V8 has it. Line and column from 1. */
export interface InspectedSite {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function?: string;
}

/** A call, or a callback. */
export interface InspectedStep {
  /** Number of the call in the recording; 0: it was not announced. */
  readonly call: number;
  readonly origin: CallOrigin;
  /** Of a named task. */
  readonly name?: string;
  /** Of a callback. */
  readonly resource?: string;
  /** Where its own code starts. */
  readonly site?: InspectedSite;
  /** Where it was called from. */
  readonly from?: InspectedSite;
}

export interface Inspected {
  /** Of the promise of an async function: number of that call in the recording. Absent: it was not announced. */
  readonly call?: number;
  /** The first call of each task, from this one's to the main one. Long ways are cut in the middle. */
  readonly tasks: readonly InspectedStep[];
  /** How long ago it was called. Absent: not known. */
  readonly startedAgoMs?: number;
  /** Names of the scopes that are open around it, innermost first. */
  readonly scopes: readonly string[];
  /** Of a timer, a socket and the like: where the program made it. */
  readonly made?: InspectedSite;
}

/** What the name of a file in the session's folder ends with: the program before it waits to be dumped, and then for SIGINT. */
export const INTERRUPTED = '.interrupted';
