/**
 * Where tasks were started. A look at the stack costs more than all the rest of starting one, so it is paid
 * from a budget: all of a program that starts some hundreds, and of a busier one those that it has room for.
 */
const AT_FIRST = 500;
const PER_SECOND = 50;

let left = AT_FIRST;
let filledAt = 0;

type Below = (...args: never[]) => unknown;

/** Something whose `stack` is made into text when it is read. Absent: not this one. */
export function capturePlace(below: Below): { readonly stack?: string } | undefined {
  if (left < 1) refill();
  if (left < 1) return undefined;
  left--;
  const { stackTraceLimit } = Error;
  const origin = {};
  try {
    Error.stackTraceLimit = 1;
    Error.captureStackTrace(origin, below);
    Error.stackTraceLimit = stackTraceLimit;
  } catch {
    // The program has frozen it.
  }
  return origin;
}

function refill(): void {
  const now = performance.now();
  left = Math.min(AT_FIRST, ((now - filledAt) / 1000) * PER_SECOND);
  if (left >= 1) filledAt = now;
}
