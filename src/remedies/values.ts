/** Whatever a program throws is looked at without its code being able to throw again. */

export function read(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    return (value as Readonly<Record<string, unknown>>)[key];
  } catch {
    return undefined;
  }
}

export function say(value: unknown): string {
  const message = read(value, 'message');
  if (typeof message === 'string') return message;
  try {
    return String(value);
  } catch {
    return 'an object without a text';
  }
}

const DEEP = 16;

/**
 * Whether an error says no more than that work was cancelled for `reason`: it is the reason, has it among its
 * causes, or is several such. An AbortError without a cause counts where `strict` is false.
 */
export function tellsOf(error: unknown, reason: unknown, strict: boolean, depth = 0): boolean {
  if (error === reason) return true;
  if (typeof error !== 'object' || error === null || depth > DEEP || isStillRunning(error)) return false;
  const several = read(error, 'errors');
  if (Array.isArray(several) && several.length > 0) return several.every((one) => tellsOf(one, reason, strict, depth + 1));
  const cause = read(error, 'cause');
  if (cause !== undefined) return tellsOf(cause, reason, true, depth + 1);
  return !strict && read(error, 'name') === 'AbortError';
}

/** Also of another copy of this package. */
export function isStillRunning(error: unknown): boolean {
  return read(error, 'name') === 'StillRunningError' && Array.isArray(read(error, 'running'));
}
