/** What the remedies reject with. Everything else that they reject with is the program's own. */

/** A task that has not ended yet. */
export interface RunningTask {
  /** As it was given, or the name of its function. */
  readonly name: string;
  /** The groups it runs in, outermost first, then its name: `import › rows › read`. */
  readonly path: string;
  /** Milliseconds since it was started. */
  readonly forMs: number;
  /** Whether it runs behind a shield: a cancellation does not reach it, and whoever waits, waits for its end. */
  readonly shielded: boolean;
  /** Where it was started, as a line of a stack says it. Absent where that is not known. */
  readonly place?: string;
}

/** Time was up. The reason of the signal that was aborted, too. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
  /** The time that was given, in milliseconds. */
  readonly ms: number;

  constructor(ms: number, what: string) {
    super(`${what} was not done within ${ms} ms`);
    this.ms = ms;
  }
}

/** The work was cancelled: because a sibling failed (its error is the `cause`), or without a reason of its own. */
export class CancelledError extends Error {
  override readonly name = 'AbortError';
}

/** What was cancelled goes on nevertheless, for longer than whoever waits was ready to wait. */
export class StillRunningError extends Error {
  override readonly name = 'StillRunningError';
  readonly running: readonly RunningTask[];

  constructor(what: string, running: readonly RunningTask[], cause?: unknown) {
    super(`${what}: ${sayRunning(running)}`, cause === undefined ? undefined : { cause });
    this.running = running;
  }
}

const MOST_SAID = 10;

export function sayRunning(running: readonly RunningTask[]): string {
  const said = running.slice(0, MOST_SAID).map(sayTask);
  if (running.length > MOST_SAID) said.push(`and ${running.length - MOST_SAID} more`);
  return `${running.length === 1 ? '1 task is' : `${running.length} tasks are`} still running: ${said.join('; ')}`;
}

function sayTask({ path, forMs, shielded, place }: RunningTask): string {
  const where = place === undefined ? '' : ` (started at ${place})`;
  return `${path}, for ${Math.round(forMs)} ms${shielded ? ', shielded' : ''}${where}`;
}
