/** The configuration as a user writes it. */
import type { InstrumentId, ScopeDeclaration } from '../../tracker/protocol.ts';

/** Ids of the rules: `scope-trace explain <rule>` says what each finds. */
export type RuleId =
  | 'abandoned-generator' | 'abort-listener-leak' | 'blocked-event-loop' | 'context-leak' | 'cross-task-exit'
  | 'cross-task-generator' | 'deadlock' | 'double-exit' | 'ignored-cancellation' | 'leaked-handle' | 'leaked-task'
  | 'leaked-timer' | 'microtask-starvation' | 'misnested-exit' | 'race-loser' | 'residual-cancellation' | 'stalled-task'
  | 'swallowed-cancellation' | 'unclosed-scope' | 'unfinished-at-exit' | 'unsettled-top-level-await' | 'use-after-exit'
  | 'vanished-task' | 'yield-in-scope';

/** `off`: the rule is not asked. `info`: what it finds is told, and fails nothing. */
export type RuleLevel = 'off' | 'info' | 'leak' | 'violation';

/** What differs for one rule. The thresholds are those of the options, and only those that the rule looks at. */
export interface RuleConfig {
  readonly severity?: RuleLevel;
  readonly grace?: number;
  readonly abortGrace?: number;
  readonly blockAfter?: number;
  readonly listenerGrowth?: number;
  readonly strict?: boolean;
}

/**
 * Findings to live with, and why. A finding must fit every field that is there, by any of the values of a list. In
 * names `*` stands for any text.
 */
export interface IgnoreConfig {
  readonly rule?: RuleId | readonly RuleId[];
  /** Globs of a file that the finding names, from the folder of the configuration. */
  readonly file?: string | readonly string[];
  /** A function that the finding names a place in, such as `Pool.connect`. */
  readonly function?: string | readonly string[];
  /** A task that the finding names. */
  readonly task?: string | readonly string[];
  /** The scope. */
  readonly scope?: string | readonly string[];
  /** An installed package that the finding names a place in. */
  readonly package?: string | readonly string[];
  readonly reason: string;
  /** The last day on which it counts, as `2030-12-31`. */
  readonly until?: string;
}

/** Known noise of tools, left out unless told otherwise. */
export type ProfileId = 'test-runners' | 'dev-servers' | 'effect';

/** Every field may be absent. Those named like an option of the command are that option. */
export interface ScopeTraceConfig {
  readonly $schema?: string;
  readonly report?: string | readonly string[];
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly trace?: string;
  readonly failOn?: string | readonly string[];
  readonly strict?: boolean;
  /** Milliseconds, as the next three. */
  readonly grace?: number;
  readonly abortGrace?: number;
  readonly blockAfter?: number;
  readonly listenerGrowth?: number;
  /** MiB. */
  readonly memory?: number;
  /** Percent. */
  readonly budget?: number;
  readonly slowdown?: number | 'none';
  readonly without?: InstrumentId | readonly InstrumentId[];
  /** The address of a collector; `true`: as the variables `OTEL_EXPORTER_OTLP_*` say. */
  readonly otlp?: string | boolean;
  /** Such as `60s`. */
  readonly timeout?: string;
  readonly hangAfter?: string;
  readonly view?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
  readonly rules?: { readonly [Rule in RuleId]?: RuleLevel | RuleConfig };
  readonly ignores?: readonly IgnoreConfig[];
  /** Default: all. `false`: none. */
  readonly profiles?: boolean | readonly ProfileId[];
  readonly scopes?: readonly ScopeDeclaration[];
}

/** Returns its argument: for the types in an editor. */
export function defineConfig(config: ScopeTraceConfig): ScopeTraceConfig {
  return config;
}
