/** What a command line asks for, once it is understood. */
import type { InstrumentId, ScopeDeclaration } from '../tracker/protocol.ts';
import type { BaselineRequest } from './baseline-file.ts';
import type { DiffRequest } from './commands/diff.ts';
import type { DumpRequest } from './commands/dump.ts';
import type { MergeRequest } from './commands/merge.ts';
import type { ViewCommand } from './commands/view.ts';
import type { WatchRequest } from './commands/watch.ts';
import type { Config, Policy } from './config/read-config.ts';
import type { ReportTarget } from './report-target.ts';
import type { Threshold } from './threshold.ts';

/** What a user may ask of `run` and `report`. Absent fields were not given. */
export interface Options {
  /** In the order in which they were named. */
  readonly reports: readonly ReportTarget[];
  /** Findings that are accepted. Absent: none. */
  readonly baseline?: BaselineRequest;
  readonly failOn: Threshold;
  readonly strict: boolean;
  readonly graceMs: number;
  readonly abortGraceMs: number;
  /** 0: the event loop is not looked at. */
  readonly blockAfterMs: number;
  readonly listenerGrowth: number;
  /** Say nothing when nothing was found. */
  readonly quiet: boolean;
  /** Absent: the environment and the terminal decide. */
  readonly color?: boolean;
  /** What the configuration says of findings. Absent: there is none. */
  readonly policy?: Policy;
}

export interface RunOptions extends Options {
  /** Scopes of libraries that the configuration declares. Absent: none. */
  readonly scopes?: readonly ScopeDeclaration[];
  /** Folder to keep the recording in. */
  readonly trace?: string;
  /** Bound for the tracker's memory in each program. Absent: the tracker's own default. */
  readonly memoryMiB?: number;
  /** Percent of the time, 0 to 100. Absent: the tracker's own default. */
  readonly budgetPercent?: number;
  /** Bound for what following promises costs the program. Absent: the tracker's own default. */
  readonly slowdown?: number | 'none';
  /** Instruments that stay out of the program. Absent: none. */
  readonly without?: readonly InstrumentId[];
  /** Show the live view, where there is a terminal for it. */
  readonly view: boolean;
  /** Send spans to a collector: its address, or true for that of the environment. Absent: none. */
  readonly otlp?: string | true;
  /** How long the command may run. Absent: for ever. */
  readonly timeoutMs?: number;
  /** How long nothing may progress before that is told. Absent: for ever. */
  readonly hangAfterMs?: number;
}

/** What the command line asks for. */
export type Invocation =
  | { readonly kind: 'run'; readonly command: readonly string[]; readonly options: RunOptions }
  | { readonly kind: 'report'; readonly path: string; readonly format: string; readonly options: Options }
  | { readonly kind: 'merge'; readonly request: MergeRequest }
  | { readonly kind: 'diff'; readonly request: DiffRequest }
  | { readonly kind: 'dump'; readonly request: DumpRequest }
  | { readonly kind: 'watch'; readonly request: WatchRequest }
  | { readonly kind: 'view'; readonly request: ViewCommand }
  | { readonly kind: 'explain'; readonly rule: string; readonly color?: boolean }
  | { readonly kind: 'text'; readonly text: string };

/** A command line that was understood, up to what the configuration adds. */
export interface Asked {
  /** Undefined: this command looks at no configuration. Otherwise the file that was named, false: none is to be, or nothing. */
  readonly config?: { readonly choice?: string | false };
  /** @throws {Problem} when something is missing */
  readonly finish: (config: Config | undefined) => Invocation;
}
