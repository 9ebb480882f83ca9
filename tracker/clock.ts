/** Time as records have it. */
const { performance } = globalThis;
const now = performance.now.bind(performance);
const startedMs = now();

/** Wall clock at the start of tracing, milliseconds since 1970. */
export const startedAtEpochMs = Date.now();

/** Milliseconds since tracing started, to the microsecond. */
export function atMs(): number {
  return Math.round((now() - startedMs) * 1000) / 1000;
}
