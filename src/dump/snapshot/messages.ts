/** What the reader of a snapshot and its worker thread say to each other. */
import type { Dump, Standing } from '../../../reports/index.ts';
import type { Sent } from './slots.ts';

export type ToWorker =
  | { readonly kind: 'chunk'; readonly sent: Sent }
  | { readonly kind: 'finish' }
  | { readonly kind: 'standing'; readonly generator: number; readonly at: Standing | undefined }
  | { readonly kind: 'source'; readonly scriptId: number; readonly text: string | undefined };

export type FromWorker =
  /** It has been read, and so many characters in all. */
  | { readonly kind: 'read'; readonly sent: Sent; readonly characters: number; readonly share: number }
  | { readonly kind: 'stage'; readonly share: number }
  | { readonly kind: 'ask'; readonly scriptId: number }
  | { readonly kind: 'ask-standing'; readonly generator: number }
  | { readonly kind: 'dump'; readonly dump: Dump }
  | { readonly kind: 'failed'; readonly message: string };

export interface WorkerSettings {
  /** Where the pieces of text lie. */
  readonly memory: SharedArrayBuffer;
  readonly ownScripts: readonly string[];
  /** The other side answers questions for the sources of scripts. */
  readonly sources: boolean;
  /** And for where functions are suspended. */
  readonly standings: boolean;
}
