/**
 * What a tracker tells whoever inspects its program: no record, but the value of a method that only an
 * inspector can reach, because the objects that have it are private fields of promises and handles.
 */
import type { CallOrigin } from '../protocol.ts';
import type { HandleType } from './handles.ts';
import type { WaitedFor } from './hangs.ts';

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
  /** Titles of the test of a test runner that it belongs to, if that has not ended. */
  readonly test?: string;
  /** Of a timer, a socket and the like: where the program made it. */
  readonly made?: InspectedSite;
}

/** The name of the method that gives an {@link InspectedAll}. */
export const INSPECTED_ALL = 'tellInspectorOfAll';

/** Answers about the whole program, without its heap. */
export interface InspectedAll {
  /** Holds no task strongly any more, so that the next collection of garbage takes those that nothing else holds. */
  readonly letGo: () => void;
  /** @param promises - which of them a call waits for is said by their places in this list */
  readonly waits: (promises: readonly unknown[]) => InspectedWaits;
  /** Of a timer, a socket and the like: where the program made it. Absent: not seen. */
  readonly made: (object: unknown) => InspectedSite | undefined;
  /** Tasks that were collected while they were suspended, the latest of them. */
  readonly vanished: () => readonly InspectedVanished[];
}

export interface InspectedVanished extends Inspected {
  /** Where it was suspended, the innermost of its calls first. `at` is absent where only the function is known. */
  readonly stack: readonly { readonly fn?: InspectedSite; readonly at?: InspectedSite }[];
}

export interface InspectedWaits {
  /** Every call that has not ended and is suspended, as far as it is known. Whom it waits for comes later in the list. */
  readonly calls: readonly InspectedWait[];
  /** There are more. */
  readonly cut: boolean;
  /** Promises are not followed just now: nothing is known of those that were made since. */
  readonly paused: boolean;
}

/** One call that is suspended. */
export interface InspectedWait extends Inspected {
  readonly kind: 'main' | 'async' | 'generator';
  /** Node's own code. */
  readonly internal: boolean;
  /** Where its own code starts. Absent: not seen. */
  readonly fn?: InspectedSite;
  /** Where it is suspended. Absent: not seen, at least not this time. */
  readonly at?: InspectedSite;
  /** The place of the promise that it awaits in the list that was given. */
  readonly promise?: number;
  /** What it waits for, over callbacks given to `then`. Absent: it may run at any moment. */
  readonly what?: WaitedFor;
  /** The calls that it waits for, as places in the list of calls. */
  readonly on: readonly number[];
  /** How many members are pending, of a `collection` or a `race`. */
  readonly pending?: number;
  /** What settles the promise, where Node does it. */
  readonly handle?: { readonly type: HandleType; readonly made?: InspectedSite };
}

/** What the name of a file in the session's folder ends with: the program before it waits to be dumped, and then for SIGINT. */
export const INTERRUPTED = '.interrupted';
