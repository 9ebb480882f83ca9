import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { health, StillRunningError, taskGroup, trackCall } from '../../src/remedies/index.ts';
import { sleep, until } from './clock.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

test('a late cancellation takes nothing back of the result', async () => {
  const call = trackCall('query', async ({ start }) => {
    void start('audit', ({ signal }) => sleep(500, signal));
    await sleep(5);
    return 42;
  });
  expect(call.state).toBe('running');
  expect(await until(call.result)).toBe(42);
  expect(call.state).toBe('finished');
  call.cancel();
  expect(call).toMatchObject({ state: 'cancelled-after-result', hasResult: true });
  await until(call.safeToProceed());
  expect(await call.result).toBe(42);
  expect(performance.now()).toBe(5);
});

test('one that comes before it leaves none', async () => {
  const call = trackCall('query', ({ signal }) => sleep(100, signal));
  call.cancel('the user left');
  await until(call.safeToProceed());
  expect(call).toMatchObject({ state: 'cancelled-before-result', hasResult: false });
  await expect(call.result).rejects.toMatchObject({ cause: 'the user left' });
});

test('a result that comes although it was cancelled is kept', async () => {
  const call = trackCall('query', async () => { await sleep(20); return 'late'; });
  call.cancel();
  expect(await until(call.result)).toBe('late');
  expect(call.state).toBe('finished');
});

test('a failure is none of both', async () => {
  const call = trackCall('query', async () => { await sleep(5); throw new Error('503'); });
  await expect(until(call.result)).rejects.toThrow('503');
  expect(call.state).toBe('failed');
  await call.safeToProceed();
});

test('it is safe to proceed when all that it started is gone; until then it says what is not', async () => {
  const call = trackCall('query', ({ start }) => { void start('audit', () => sleep(100)); return 1; });
  await until(call.result);
  const error: unknown = await until(call.safeToProceed({ timeout: 10 })).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StillRunningError);
  expect((error as Error).message).toMatch(/^It is not safe to proceed after query: 1 task is still running: query › audit, for 10 ms/);
  await until(call.safeToProceed());
  expect(performance.now()).toBe(100);
});

test('a clean-up that fails after the result is said where one waits for it', async () => {
  const call = trackCall('query', ({ start }) => {
    void start('audit', async () => { await sleep(5); throw new Error('no audit'); });
    return 1;
  });
  expect(await call.result).toBe(1);
  await expect(until(call.safeToProceed())).rejects.toThrow('no audit');
});

test('health without the tracker knows of groups, their signals and their iterators', async () => {
  expect(health()).toEqual({ healthy: true, residue: [], tracked: false });
  const found = await until(taskGroup(async ({ start, cancel }) => {
    void start('reader', () => sleep(10));
    cancel(new Error('enough'));
    await sleep(1);
    return health();
  }, { name: 'job' }));
  expect(found).toMatchObject({
    healthy: false,
    residue: [
      { kind: 'aborted-signal', sentence: 'The signal of job is aborted already (enough): whatever obeys it ends at once.' },
      { kind: 'running-task', name: 'reader', sentence: 'Task reader was started earlier and is still running.' },
    ],
  });
});
