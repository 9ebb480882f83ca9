/** What a hostile user has found: each broke something once. */
import { createRequire } from 'node:module';
import { setTimeout as realSleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as remedies from '../../src/remedies/index.ts';
import {
  deadline, drain, guardIterator, health, isolate, moveOnAfter, taskGroup, trackCall, type TaskGroup,
} from '../../src/remedies/index.ts';
import { sleep, until } from './clock.ts';

const copy = createRequire(import.meta.url)('../../dist/remedies.cjs') as typeof remedies;

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const fail = (message: string): Promise<never> => Promise.reject(new Error(message));
const failureOf = (promise: Promise<unknown>): Promise<unknown> => until(promise).then(() => undefined, (error: unknown) => error);

describe('a group that is over', () => {
  test('bounds nothing that goes on in its context', async () => {
    let serve: (() => Promise<unknown>) | undefined;
    await until(deadline(10, () => { setTimeout(() => { serve = () => moveOnAfter(50, ({ signal }) => sleep(1000, signal)); }, 20); }));
    await vi.advanceTimersByTimeAsync(20);
    const from = performance.now();
    expect(await until(serve?.() ?? Promise.reject(new Error('not made')))).toEqual({ timedOut: true });
    expect(performance.now() - from).toBe(50);
  });

  test('cancels nothing that is opened there', async () => {
    let later: Promise<unknown> | undefined;
    await until(taskGroup(({ cancel }) => {
      setTimeout(() => { later = taskGroup(({ path }) => path, { name: 'later' }); }, 30);
      cancel('done here');
    }));
    await vi.advanceTimersByTimeAsync(30);
    expect(await later).toBe('later');
  });

  test('does not end before a task that was started in the last moment, whenever that is', async () => {
    for (let ticks = 0; ticks < 12; ticks++) {
      let over = false;
      let begun: Promise<unknown> | undefined;
      let late = false;
      await until(taskGroup(({ start }) => {
        const first = start('first', () => sleep(1));
        void (async () => {
          await first;
          for (let n = 0; n < ticks; n++) await Promise.resolve();
          try {
            begun = start('second', async () => { await sleep(5); late = over; });
          } catch (error) {
            expect((error as Error).message).toMatch(/has ended/);
          }
        })();
      }));
      over = true;
      await begun;
      expect(late, `${ticks} turns`).toBe(false);
    }
  });

  test('has waited for what was opened in it and forgotten, and for clean-ups that had begun', async () => {
    const seen: string[] = [];
    async function* slow(): AsyncGenerator<number, void, undefined> {
      try { yield 1; yield 2; } finally { await sleep(30); seen.push('closed'); }
    }
    await until(taskGroup(async () => {
      trackCall('call', async () => { await sleep(50); seen.push('call'); });
      const guarded = guardIterator(slow());
      await guarded.next();
      void guarded.return();
      expect(health().residue.map(({ name }) => name)).toEqual(['call', 'guarded iterator']);
      expect((await drain({ timeout: 1 })).left).toMatchObject([{ path: 'task group › call' }]);
    }));
    expect(seen).toEqual(['closed', 'call']);
  });
});

describe('what a cancellation is taken for', () => {
  test('not a failure of what it does not reach, by whatever name', async () => {
    const own = new AbortController();
    const run = taskGroup(({ shield, cancel }) => {
      void shield('save', () => sleep(1000, own.signal));
      setTimeout(() => { own.abort(new Error('disk')); }, 10);
      cancel();
      return 'saved';
    });
    await expect(until(run)).rejects.toMatchObject({ name: 'AbortError', cause: { message: 'disk' } });
  });

  test('several that say so, and one that is wrapped', async () => {
    expect(await until(moveOnAfter(20, ({ signal }) => Promise.any([sleep(100, signal), sleep(200, signal)])))).toEqual({ timedOut: true });
    const wrapped = moveOnAfter(20, ({ signal }) => sleep(100, signal).catch((cause: unknown) => { throw new Error('read failed', { cause }); }));
    expect(await until(wrapped)).toEqual({ timedOut: true });
  });

  test('not what still runs, also of another copy of the library', async () => {
    const stuck = (): Promise<never> => new Promise(() => undefined);
    expect(await failureOf(deadline(20, () => copy.taskGroup(stuck, { closeTimeout: 20 })))).toMatchObject({ name: 'StillRunningError' });
  });

  test('an error whose getters throw breaks nothing', async () => {
    const error = Object.defineProperty(new Error('odd'), 'name', { get() { throw new Error('getter'); } });
    expect(await failureOf(taskGroup(({ cancel }) => { cancel(); throw error; }))).toBe(error);
    const odd: unknown = Object.create(null);
    const both = taskGroup(({ start }) => {
      void start(({ signal }) => sleep(100, signal).catch(() => { throw new Error('two'); }));
      void start(() => { throw odd as Error; });
    });
    expect(await failureOf(both)).toMatchObject({ errors: [odd, { message: 'two' }], message: '2 tasks of task group failed, the first with: an object without a text' });
  });
});

describe('a tracked call', () => {
  test('has failed with the first cause, and not been cancelled, when a task of it failed', async () => {
    const call = trackCall('call', async ({ start, signal }) => {
      void start('db', async () => { await sleep(2); throw new Error('db down'); });
      await sleep(1000, signal);
    });
    expect(await failureOf(call.result)).toMatchObject({ message: 'db down' });
    expect(call.state).toBe('failed');
  });

  test('is not safe to proceed from while it runs', async () => {
    const call = trackCall('call', () => sleep(200), { timeout: 20, closeTimeout: 20 });
    expect(await failureOf(call.safeToProceed())).toMatchObject({ name: 'StillRunningError' });
  });

  test('does not wait for itself', async () => {
    const call: { safeToProceed(): Promise<void>; result: Promise<unknown> } = trackCall('call', async () => {
      await sleep(1);
      await call.safeToProceed();
    });
    expect(await failureOf(call.result)).toMatchObject({ message: 'call cannot wait for its own end: call safeToProceed outside of it.' });
  });

  test('tells of a late failure that is nothing', async () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- as programs do
    const call = trackCall('call', ({ start }) => { void start(async () => { await sleep(1); throw undefined; }); });
    let told = false;
    await until(call.safeToProceed()).catch(() => { told = true; });
    expect(told).toBe(true);
  });
});

describe('drains that meet', () => {
  test('in one task', async () => {
    await until(taskGroup(({ start }) => Promise.all([
      start('a', async () => { await sleep(1); return Promise.all([drain({ timeout: 5 }), drain()]); }),
      start('b', async () => { await sleep(20); await drain(); }),
    ])));
    expect(performance.now()).toBe(20);
  });

  test('of two copies', async () => {
    vi.useRealTimers();
    const both = taskGroup(({ start }) => Promise.all([
      start('a', async () => { await realSleep(1); return drain(); }), start('b', async () => { await realSleep(2); return copy.drain(); }),
    ]));
    expect((await both).map(({ drained }) => drained)).toContain(true);
  });
});

describe('a guarded iterator', () => {
  test('that is begun while another one is closed is closed, too', async () => {
    const seen: string[] = [];
    async function* inner(): AsyncGenerator<number, void, undefined> { try { yield 1; yield 2; } finally { seen.push('inner'); } }
    async function* outer(): AsyncGenerator<number, void, undefined> {
      try { yield 1; yield 2; } finally { await guardIterator(inner()).next(); seen.push('outer'); }
    }
    await until(taskGroup(async () => { await guardIterator(outer()).next(); }));
    expect(seen).toEqual(['outer', 'inner']);
  });

  test('does not take an item for a word of its own, and waits for promises among values', async () => {
    const item = { done: false as const, value: 0, reason: 'a field' };
    const odd = { next: () => Promise.resolve(item), [Symbol.asyncIterator]: () => odd };
    expect(await guardIterator(odd).next()).toBe(item);
    expect(await guardIterator([Promise.resolve(1)]).next()).toEqual({ done: false, value: 1 });
  });

  test('rejects with both, when its clean-up fails after an abort', async () => {
    async function* failing(): AsyncGenerator<number, void, undefined> { try { yield 1; await sleep(5); yield 2; } finally { await fail('clean-up'); } }
    const controller = new AbortController();
    const guarded = guardIterator(failing(), controller);
    await guarded.next();
    controller.abort('why');
    expect(await failureOf(guarded.next())).toMatchObject({ errors: ['why', { message: 'clean-up' }], cause: 'why' });
  });
});

test('patience that ends while something is closed says what goes on', async () => {
  const stuck = { next: () => Promise.resolve({ done: false, value: 1 }), return: () => new Promise<never>(() => undefined), [Symbol.asyncIterator]: () => stuck };
  const run = taskGroup(async ({ start, cancel }) => {
    await guardIterator(stuck, { closeTimeout: 1200 }).next();
    void start('x', () => sleep(20));
    setTimeout(cancel, 10);
  }, { closeTimeout: 30 });
  expect(await failureOf(run)).toMatchObject({ name: 'StillRunningError' });
  expect(performance.now()).toBe(40);
});

test('one listener on a signal, however many obey it, and none when they are over', async () => {
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, 'addEventListener');
  const removed = vi.spyOn(signal, 'removeEventListener');
  await until(Promise.all(Array.from({ length: 20 }, () => isolate('one', () => sleep(5), { signal }))));
  expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 1]);
});

test('groups that open the next one before they end keep nothing of those that are over', async () => {
  vi.useRealTimers();
  const paths: string[] = [];
  await new Promise<void>((resolve) => {
    const loop = (left: number): void => {
      void taskGroup(async ({ path }: TaskGroup) => {
        paths.push(path);
        await Promise.resolve();
        if (left > 0) setImmediate(loop, left - 1);
        else resolve();
      }, { name: 'turn' });
    };
    loop(20);
  });
  expect(new Set(paths)).toEqual(new Set(['turn']));
});

test('three thousand nested groups say what runs', async () => {
  let said = 0;
  const nest = (left: number, top?: TaskGroup): Promise<unknown> => taskGroup((group) => {
    if (left > 0) return nest(left - 1, top ?? group);
    said = top?.running.length ?? 0;
    return Promise.resolve();
  });
  await until(nest(3000));
  expect(said).toBe(3000);
});
