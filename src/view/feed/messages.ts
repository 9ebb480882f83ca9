/** What the thread that reads and the one that shows say to each other. */
import type { RuleSettings } from '../../../reports/index.ts';
import type { Policy } from '../../config/read-config.ts';
import type { Snapshot } from '../state/snapshot.ts';

export interface FeedSettings {
  /** Folder of the recordings. */
  readonly directory: string;
  /** What shown paths are relative to. */
  readonly cwd: string;
  /** As chalk has it. */
  readonly colors: 0 | 1 | 2 | 3;
  readonly columns: number;
  readonly rows: number;
  readonly compact: boolean;
  /** A recording that is complete is shown as it was made, and not as it grows. */
  readonly replay: boolean;
  readonly rules: Partial<RuleSettings>;
  /** What the user lives with. Absent: there is no configuration. */
  readonly policy?: Policy;
}

export type ToFeed =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'size'; readonly columns: number; readonly rows: number; readonly compact: boolean }
  /** The snapshot was drawn, and another one is welcome. */
  | { readonly kind: 'drawn' }
  | { readonly kind: 'dump'; readonly lines: readonly string[] }
  | { readonly kind: 'close' };

export type FromFeed = { readonly kind: 'snapshot'; readonly snapshot: Snapshot } | { readonly kind: 'closed' };
