/** The shape of a rule: a pure judgement over one folded program, and its own help text. */
import type { Generator, GeneratorClosing, GeneratorEvent, GeneratorLeaving } from './fold/families/generators.ts';
import type { Finding, Severity } from './finding.ts';
import type { ProgramTrace, Scope, ScopeCancel, Task } from './model.ts';
import type { Call } from './fold/calls.ts';
import type { SignalAbort } from './fold/families/signals.ts';
import type { Loss } from './races.ts';
import type { Describe } from './describe/describe.ts';
import type { ProvedWaits } from './proved-waits.ts';
import type { Places } from './sources.ts';

export type Family = 'structure' | 'leaks' | 'cancellation' | 'hangs';

/** How strictly to judge; every field is decided by the command. */
export interface RuleSettings {
  /** How long a task may outlive its scope, in milliseconds. */
  readonly graceMs: number;
  /** How long a task may go on after the cancellation that it should have obeyed, in milliseconds. */
  readonly abortGraceMs: number;
  /** For how long the event loop may stand still while somebody waits, in milliseconds. */
  readonly blockAfterMs: number;
  /** How many finished calls may leave an abort listener on one signal before that is a leak. */
  readonly listenerGrowth: number;
  /** Also report what is legitimate only because an ended task was joined. */
  readonly strict: boolean;
  /** What differs for single rules, by their ids. Absent: nothing. */
  readonly rules?: Readonly<Record<string, RulePolicy>>;
}

/** The settings that are numbers and choices of their own. */
export type Thresholds = Omit<RuleSettings, 'rules'>;

/** What a user wants of one rule. Absent fields are as for all rules. */
export interface RulePolicy extends Partial<Thresholds> {
  /** In place of the rule's own. `off`: it is not asked. */
  readonly severity?: Severity | 'off';
}

/** What a rule may use beside the trace. */
export interface RuleContext extends RuleSettings {
  readonly places: Places;
  readonly describe: Describe;
  readonly judged: Judged;
  readonly generators: JudgedGenerators;
  readonly waits: ProvedWaits;
}

/** Questions that several rules ask, answered once for each program. */
export interface Judged {
  /** How the first exit of the scope stands to its owners. */
  exit(scope: Scope): ExitVerdict;
  /** What became of a scope that was never exited. */
  fate(scope: Scope): OpenFate;
  /** The leaked task's own scope. Absent when the task is none. */
  leak(task: Task): Scope | undefined;
  /** The race that the task lost and that nobody stopped it after, unless {@link ignored} says more. Absent: there is none. */
  loss(task: Task): Loss | undefined;
  /** The cancellation that the task went on after for too long. Absent: there was none. */
  ignored(task: Task): IgnoredCancel | undefined;
}

export type IgnoredCancel = CancelledScope | UnheardSignal;

/** A scope around a task, which leaked from it, was cancelled while the task ran. */
export interface CancelledScope {
  readonly by: 'scope';
  /** The task's own scope, or one around it. */
  readonly scope: Scope;
  readonly cancel: ScopeCancel;
}

/** A call obeyed a signal and had started the task, which never heard of that signal. */
export interface UnheardSignal {
  readonly by: 'signal';
  readonly abort: SignalAbort;
  readonly starter: Call;
}

/**
 * - `none`: it was not exited
 * - `host`: by the task that entered it, by Node's own code, or anybody may
 * - `received`: by a task that joined an owner
 * - `lent`: by a task that an owner had started and waited for, or by a signal's handler
 * - `stranger`: by any other task
 * - `generator`: by any other task, which a rule for generators tells of
 * - `undecided`: by another task, but an identity was inferred, or records are missing
 */
export type ExitVerdict = 'none' | 'host' | 'received' | 'lent' | 'stranger' | 'generator' | 'undecided';

/**
 * - `exited`: it was
 * - `unclosed`: nobody is left that could exit it
 * - `held`: an owner was still alive at the end of the program
 * - `vanished`: an owner was collected while suspended
 * - `generator`: a rule for generators tells of it
 * - `cut`: the recording stops before that is known
 * - `undecided`: an identity was inferred
 */
export type OpenFate = 'exited' | 'unclosed' | 'held' | 'vanished' | 'generator' | 'cut' | 'undecided';

/** A step that only those may take who advanced the generator before. */
export type StepVerdict = 'allowed' | 'stranger' | 'undecided';

/** How the tasks that advance and close a generator stand to each other, answered once for each program. */
export interface JudgedGenerators {
  /** A closing, of a generator that has clean-up to do. */
  closing(generator: Generator, closing: GeneratorClosing): StepVerdict;
  /** Going on with `scope` open, which the body had entered in an earlier step. */
  going(event: GeneratorEvent, scope: Scope): StepVerdict;
  /** The leaving of a generator that has clean-up to do. Absent when it is none. */
  left(generator: Generator): GeneratorLeaving | undefined;
  /** Scopes that a rule for generators tells of, so that no other does. */
  readonly spokenFor: ReadonlySet<Scope>;
}

/** `undecided`: a case that could not be judged: an identity was inferred, or records are missing. */
export type Judgement = Finding | 'undecided';

/** Help for people. Each text is Markdown without headings; the code is a whole, short example. */
export interface RuleHelp {
  readonly what: string;
  readonly why: string;
  readonly cause: string;
  readonly remedy: string;
  readonly bad: string;
  readonly good: string;
}

export interface Rule {
  /** Kebab-case; the name of the rule's file, fixture and heading. */
  readonly id: string;
  readonly family: Family;
  readonly severity: Severity;
  /** One line, without a full stop. */
  readonly title: string;
  readonly help: RuleHelp;
  /** What it counts when it cannot judge, as a plural: `exits`. */
  readonly undecidedNoun: string;
  /** Why it cannot judge some. Absent: identities were inferred, or records are missing. */
  readonly undecidedBecause?: string;
  /** What it says was read off the stack, or off the heap, whoever's task that was: it holds where promises were not followed, too. */
  readonly readsStack?: true;
  /** What it says of a recording it says of every longer one, too: it may speak while the program runs. */
  readonly standsAtOnce?: true;
  /** One at a time: a program may do the same wrong a million times, and only the first is kept. */
  check(trace: ProgramTrace, context: RuleContext): Iterable<Judgement>;
}
