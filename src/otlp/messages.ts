/** What the command and the thread that sends say to each other. */
import type { Baseline, PlacedFinding, RuleSettings, SpanPlace } from '../../reports/index.ts';
import type { Policy } from '../config/read-config.ts';
import type { OtlpTarget } from './environment.ts';

export interface OtlpSettings {
  readonly directory: string;
  readonly cwd: string;
  /** A name that no other run has. */
  readonly run: string;
  readonly target: OtlpTarget;
  /** Where the command was started, as `TRACEPARENT` says. Absent: it does not. */
  readonly parent?: SpanPlace;
  readonly rules: Partial<RuleSettings>;
  readonly policy?: Policy;
  readonly baseline?: Baseline;
}

/** The command has ended, and this was found in all. */
export interface ToOtlp {
  readonly kind: 'end';
  readonly findings: readonly PlacedFinding[];
}

/** How it stands: told now and then, and at the end. */
export interface FromOtlp {
  readonly sent: number;
  readonly lost: number;
  /** Neither arrived nor lost. */
  readonly pending: number;
  /** Why something was lost last. */
  readonly trouble?: string;
  /** Nothing more comes. */
  readonly done: boolean;
}
