import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { setTimeout as realSleep } from 'node:timers/promises';
import {
  deadline, drain, isolate, moveOnAfter, StillRunningError, taskGroup, TimeoutError, type TaskGroup,
} from '../../src/remedies/index.ts';
import { sleep, until } from './clock.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

describe('taskGroup', () => {
  test('ends when all that it started has ended, with its own value', async () => {
    const seen: string[] = [];
    const value = await until(taskGroup(async ({ start }) => {
      void start('slow', async () => { await sleep(30); seen.push('slow'); });
      void start(async () => { await sleep(10); seen.push('fast'); });
      return 7;
    }));
    expect({ value, seen }).toEqual({ value: 7, seen: ['fast', 'slow'] });
  });

  test('a task that ended by itself at once is waited for no longer', async () => {
    expect(await until(taskGroup(({ start }) => start(() => 3)))).toBe(3);
    const cancelled = taskGroup(async ({ start, cancel }) => {
      cancel('enough');
      await expect(start(() => 1)).rejects.toBe('enough');
      return 'value';
    });
    expect(await until(cancelled)).toBe('value');
  });

  test('the first failure cancels the siblings, and is what the group fails with', async () => {
    const reasons: unknown[] = [];
    const failure = new Error('boom');
    const group = taskGroup(async ({ start }) => {
      void start(async ({ signal }) => { await sleep(1000, signal).finally(() => reasons.push(signal.reason)); });
      void start(async () => { await sleep(5); throw failure; });
    });
    await expect(until(group)).rejects.toBe(failure);
    expect(reasons).toMatchObject([{ name: 'AbortError', cause: failure }]);
    expect(performance.now()).toBeLessThan(1000);
  });

  test('several failures arrive together, the first cause first', async () => {
    const group = taskGroup(async ({ start }) => {
      void start(async ({ signal }) => {
        await sleep(1000, signal).catch(() => { throw new Error('clean-up'); });
      });
      void start(async () => { await sleep(5); throw new Error('first cause'); });
    });
    const error = await until(group).then(() => undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).errors.map(String)).toEqual(['Error: first cause', 'Error: clean-up']);
    expect((error as Error).message).toBe('2 tasks of task group failed, the first with: first cause');
  });

  test('a failure that the body meets, too, is one', async () => {
    const failure = new Error('once');
    await expect(until(taskGroup(async ({ start }) => { await start(() => { throw failure; }); }))).rejects.toBe(failure);
  });

  test('what the body cancels by itself takes nothing of its value back', async () => {
    const value = await until(taskGroup(async ({ start, cancel }) => {
      void start(({ signal }) => sleep(1000, signal));
      await sleep(5);
      cancel();
      return 'first come';
    }));
    expect(value).toBe('first come');
  });

  test('a signal cancels it, and so does the group around it, with the same reason', async () => {
    const controller = new AbortController();
    const seen: unknown[] = [];
    const outer = taskGroup(() => taskGroup(({ signal }) => sleep(1000, signal).finally(() => seen.push(signal.reason))), controller);
    controller.abort('the user left');
    await expect(until(outer)).rejects.toBe('the user left');
    expect(seen).toEqual(['the user left']);
  });

  test('leaves no listener behind on the signal it obeys', async () => {
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');
    const added = vi.spyOn(signal, 'addEventListener');
    await until(taskGroup(() => sleep(5), { signal }));
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(added.mock.calls.map(([, listener]) => listener));
  });

  test('a shield is not cancelled, whoever waits says so, and all wait for it', async () => {
    let group: TaskGroup | undefined;
    let saved = false;
    const run = deadline(20, async (given) => {
      group = given;
      void given.shield('save', async ({ signal }) => {
        await sleep(60);
        saved = !signal.aborted;
      });
      await sleep(1000, given.signal);
    });
    const ended = expect(run).rejects.toThrow(TimeoutError);
    await vi.advanceTimersByTimeAsync(30);
    expect(group?.running).toMatchObject([{ name: 'save', path: 'deadline › save', shielded: true }]);
    await vi.advanceTimersByTimeAsync(60);
    await ended;
    expect(saved).toBe(true);
    expect(performance.now()).toBeGreaterThanOrEqual(60);
  });

  test('whoever cannot wait for ever is told what goes on', async () => {
    const stuck = taskGroup(({ start }) => { void start('stuck', () => new Promise(() => undefined)); }, { timeout: 20, closeTimeout: 30, name: 'job' });
    const error = await until(stuck).then(() => undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(StillRunningError);
    expect((error as Error).message).toMatch(/^job was cancelled, and 30 ms later: 1 task is still running: job › stuck, for 50 ms \(started at .*groups\.test\.ts/);
    expect((error as Error).cause).toBeInstanceOf(TimeoutError);
    expect(performance.now()).toBe(50);
  });

  test('a body that does not end is told of as well', async () => {
    const stuck = isolate('job', () => new Promise(() => undefined), { timeout: 20, closeTimeout: 30 });
    await expect(until(stuck)).rejects.toThrow('1 task is still running: job, for 50 ms');
  });

  test('nothing is started in a group that has ended', async () => {
    let kept: TaskGroup | undefined;
    await until(taskGroup((group) => { kept = group; }, { name: 'over' }));
    expect(() => kept?.start('late', () => 1)).toThrow('Task late cannot be started: over has ended.');
  });

  test('wrong arguments are said in a sentence, before anything is started', async () => {
    await expect(taskGroup('x' as never)).rejects.toThrow('taskGroup needs a function to run, and got "x"');
    await expect(isolate('a', () => 1, { timeout: -1 })).rejects.toThrow('isolate needs timeout in milliseconds, at least 0, and got -1');
    await expect(deadline(NaN, () => 1)).rejects.toThrow('deadline needs its limit in milliseconds');
    await expect(taskGroup(() => 1, { signal: {} as never })).rejects.toThrow('taskGroup needs an AbortSignal as signal, and got an object');
  });
});

describe('deadlines', () => {
  test('cancel what they bound, wait for it, and fail', async () => {
    let cleaned = false;
    const run = deadline(20, ({ signal }) => sleep(1000, signal).finally(async () => { await sleep(15); cleaned = true; }));
    await expect(until(run)).rejects.toThrow('deadline was not done within 20 ms');
    expect({ cleaned, at: performance.now() }).toEqual({ cleaned: true, at: 35 });
  });

  test('or move on, and say so', async () => {
    expect(await until(moveOnAfter(20, ({ signal }) => sleep(1000, signal)))).toEqual({ timedOut: true });
    expect(await until(moveOnAfter(20, () => 'in time'))).toEqual({ timedOut: false, value: 'in time' });
  });

  test('a value that comes nevertheless counts', async () => {
    expect(await until(deadline(20, async () => { await sleep(50); return 'late'; }))).toBe('late');
  });

  test('an inner one is never later than the outer, and does not swallow it', async () => {
    let left = Infinity;
    const run = deadline(20, () => moveOnAfter(1000, async (inner) => {
      left = inner.remainingMs;
      await sleep(5000, inner.signal);
    }));
    await expect(until(run)).rejects.toMatchObject({ name: 'TimeoutError', ms: 20 });
    expect(left).toBe(20);
    expect(performance.now()).toBe(20);
  });

  test('of more than 24 days are as long as they say', async () => {
    const days = 24 * 60 * 60 * 1000;
    const run = moveOnAfter(40 * days, ({ signal }) => new Promise((_, reject) => {
      signal.addEventListener('abort', () => { reject(signal.reason as Error); });
    }));
    await vi.advanceTimersByTimeAsync(39 * days);
    const ended = run.then(({ timedOut }) => timedOut);
    await vi.advanceTimersByTimeAsync(2 * days);
    expect(await ended).toBe(true);
  });
});

describe('drain', () => {
  test('waits for the others, and says which are left', async () => {
    const [first, second] = await until(taskGroup(async ({ start }) => {
      void start('slow', () => sleep(60));
      void start('fast', () => sleep(5));
      return [await drain({ timeout: 20 }), await drain()] as const;
    }));
    expect(first).toMatchObject({ drained: false, left: [{ name: 'slow', forMs: 20 }] });
    expect(first.left[0]?.place).toContain('groups.test.ts');
    expect(second).toEqual({ drained: true, left: [] });
  });

  test('two that drain do not wait for each other', async () => {
    const both = await until(taskGroup(({ start }) => Promise.all([start(() => drain()), start(() => drain())])));
    expect(both.map(({ drained }) => drained)).toContain(true);
  });

  test('outside of any group there is nothing to wait for', async () => {
    expect(await drain()).toEqual({ drained: true, left: [] });
  });
});

test('a task of its own in real time', async () => {
  vi.useRealTimers();
  expect(await isolate('real', async ({ signal }) => { await realSleep(1, undefined, { signal }); return 1; })).toBe(1);
});
