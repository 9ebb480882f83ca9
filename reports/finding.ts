/** What a rule says when it speaks, and the words it uses for tasks. */
import type { ProgramId, ScopeId, ScopeKind } from '../tracker/protocol.ts';
import type { Cure } from './cures/cure.ts';
import type { TaskId } from './model.ts';
import type { Excerpt, Place } from './sources.ts';

/**
 * `violation`: broken structure. `leak`: alive, or undone, after its scope. `info`: what the user has taken down to
 * something that is only told; no rule says so by itself.
 */
export type Severity = 'violation' | 'leak' | 'info';

/** Whether the tasks a finding names were seen or inferred. */
export type Certainty = 'certain' | 'inferred';

/** A task as a finding speaks of it. */
export interface TaskReference {
  readonly id: TaskId;
  /** `main`, `task "OBSERVATION"`, `connect`, `timer`. */
  readonly label: string;
  /** From the main task to this one, each with its place, for example `connect client.mjs:12`. */
  readonly path: readonly string[];
  readonly certainty: Certainty;
}

/** A test of a test runner. */
export interface TestReference {
  /** From the outermost suite to the test: `sessions › are closed`. */
  readonly name: string;
  /** The test's file. Absent: the runner does not say. */
  readonly file?: string;
  /** The runner's own name for it. Absent: it has none. */
  readonly id?: string;
}

export interface FindingPlace {
  /** `entered here`, `exited here`. */
  readonly label: string;
  /** Who was there. */
  readonly task: TaskReference;
  /** Absent when the recording does not say. */
  readonly place?: Place;
  /** Absent when the source cannot be read. */
  readonly excerpt?: Excerpt;
}

export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  /** One sentence: what happened. */
  readonly message: string;
  /** One sentence: what to do instead, or what to wait for. */
  readonly advice: string;
  readonly program: ProgramId;
  /** The task that did it. */
  readonly task: TaskReference;
  /** The task that should have. Absent when that is the same one, or nobody in particular. */
  readonly expectedTask?: TaskReference;
  /** What each of the two did, in two words for a column: `exited by`, `entered by`. */
  readonly roles: { readonly task: string; readonly expectedTask?: string };
  /** In the order a person should read them. */
  readonly places: readonly FindingPlace[];
  /** Its lines with one of the remedies. Absent: there is none, or the shape of the lines is not known. */
  readonly cure?: Cure;
  readonly scope?: { readonly id: ScopeId; readonly kind: ScopeKind; readonly name: string };
  /** The test that it belongs to. Absent: none ran, or it could not be told. */
  readonly test?: TestReference;
  /** Further tests in which the program did the same, the first few. Absent: there are none. */
  readonly alsoIn?: readonly TestReference[];
  /** 16 hexadecimal digits; the same in every run and after lines have moved. */
  readonly fingerprint: string;
  /** How often the program did the same. The finding shows the first time. */
  readonly count: number;
  /** In which programs, of a merged report. Absent: only in the one. */
  readonly programs?: readonly { readonly program: ProgramId; readonly count: number }[];
  /** Somebody has accepted it: it fails nothing. Absent: nobody has. */
  readonly accepted?: Accepted;
}

/** What says so: the baseline, or an {@link Ignore} of the configuration, of a profile or in a comment of the source. */
export type Accepted = { readonly by: 'baseline' } | AcceptedByIgnore;

export interface AcceptedByIgnore {
  readonly by: 'config' | 'profile' | 'comment';
  /** As its author gave it. */
  readonly reason: string;
  /** Where it stands: `scope-trace.config.json ignores[0]`, `src/a.ts:7`; for a profile, its name. */
  readonly where: string;
}
