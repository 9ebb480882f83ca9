/** An event of a Chrome trace. Times are microseconds. */
export interface TraceEvent {
  /** `M` names something, `X` is a slice, `s` and `f` begin and end a flow, `i` is a mark, `C` a counter. */
  readonly ph: 'M' | 'X' | 's' | 'f' | 'i' | 'C';
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid?: number;
  readonly ts?: number;
  /** Of a slice. */
  readonly dur?: number;
  /** Of a flow, the same at both ends. */
  readonly id?: number;
  /** `e`: a flow ends at the slice that is open then, not at the next one. */
  readonly bp?: 'e';
  /** Of a mark: on its track, or over its process. */
  readonly s?: 't' | 'p';
  readonly args?: Readonly<Record<string, string | number>>;
}

/** Whole nanoseconds are kept. */
export function toMicroseconds(ms: number): number {
  return Math.round(ms * 1e6) / 1e3;
}
