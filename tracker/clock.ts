/** Time as records have it. */
const { performance } = globalThis;
const now = performance.now.bind(performance);
const startedMs = now();

/** For how long something takes. */
export const exactMs = now;

/** Wall clock at the start of tracing, milliseconds since 1970. */
export const startedAtEpochMs = Date.now();

/** Milliseconds since tracing started, to a hundredth. */
export function atMs(): number {
  return Math.round((now() - startedMs) * 100) / 100;
}

/** The same in whole hundredths. */
export function atHundredths(): number {
  return Math.round((now() - startedMs) * 100);
}

const utilization = performance.eventLoopUtilization.bind(performance);
const { cpuUsage } = process;

/** Milliseconds that the event loop has waited for something to do. */
export function idleMs(): number {
  return utilization().idle;
}

/** Milliseconds that the process has computed. On a busy machine that is less than the time that passes. */
export function computedMs(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}
