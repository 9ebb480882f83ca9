/** `340 ms`, `1.25 s`: a time for people. */
export function tellMs(ms: number): string {
  if (ms < 10) return `${Math.round(ms * 100) / 100} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 10) / 100} s`;
}
