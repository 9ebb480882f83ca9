import { ambient, runningIn, type Group, type Unit } from './ambient.ts';
import { checkTime } from './checks.ts';
import type { RunningTask } from './errors.ts';
import { callAt } from './timer.ts';

export interface DrainOptions {
  /** Milliseconds to wait. Default: as long as it takes. */
  readonly timeout?: number | undefined;
}

export interface Drained {
  /** Whether nothing is left. */
  readonly drained: boolean;
  /** What goes on, each with the place where it was started. */
  readonly left: readonly RunningTask[];
}

/**
 * Waits for the tasks of the current group that go on in the background: all but the one that calls this.
 * It cancels none of them, and rejects with none of their errors: the group does. Outside of any group there
 * is nothing to wait for.
 */
export async function drain({ timeout = Infinity }: DrainOptions = {}): Promise<Drained> {
  checkTime('drain', 'timeout', timeout);
  const within = ambient();
  if (within === undefined) return { drained: true, left: [] };
  const { group, unit } = within;
  if (unit !== undefined) unit.draining++;
  let isUp = timeout === 0;
  let forget = (): void => undefined;
  const up = new Promise<void>((resolve) => {
    if (timeout === Infinity || isUp) return;
    forget = callAt(performance.now() + timeout, () => {
      isUp = true;
      resolve();
    });
  });
  // A task that ends may have started another one.
  for (let ends = endsIn(group, unit); ends.length > 0 && !isUp; ends = endsIn(group, unit)) {
    await Promise.race([Promise.all(ends), up]);
  }
  forget();
  if (unit !== undefined) unit.draining--;
  const left = runningIn(group, unit);
  return { drained: left.length === 0, left };
}

/** But those of tasks that wait in just this way: two that do must not wait for each other. */
function endsIn(group: Group, except: Unit | undefined): Promise<unknown>[] {
  const own = [...group.units].filter(([unit]) => unit !== except && unit.draining === 0).map(([, end]) => end);
  const opened = [...group.nested].filter(({ openedBy }) => openedBy === undefined).map((inner) => inner.whenOver());
  return [...own, ...opened];
}
