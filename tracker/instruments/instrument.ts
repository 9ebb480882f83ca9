import type { InstrumentId } from '../protocol.ts';

/** Takes back what was put into the program. Never throws; may be called twice. */
export type Undo = () => void;

/** One part of Node or of the language that the tracker listens to. */
export interface Instrument {
  readonly id: InstrumentId;
  /** Puts it into the program. What it throws takes this instrument out, and no other. */
  install(): Undo;
}
