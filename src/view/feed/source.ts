import type { Verdict } from '../model/session.ts';
import type { Playing } from '../state/snapshot.ts';

/** Where records come from: programs that run, or a recording of such. */
export interface Source {
  /** Reads a little, and hands it to the view. Returns whether there is more at once. */
  advance(nowMs: number): boolean;
  /** Whether the key was meant for it. */
  press(key: string): boolean;
  /** What was found. */
  judge(verdict: Verdict): void;
  close(): void;
  /** Absent: it is live. */
  readonly playing: Playing | undefined;
}
