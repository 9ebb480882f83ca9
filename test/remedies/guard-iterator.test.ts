import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { guardIterator, isolate, StillRunningError, taskGroup } from '../../src/remedies/index.ts';
import { sleep, until } from './clock.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

/** Numbers, one every 5 ms; notes its clean-up, which takes 5 ms. */
async function* numbers(seen: string[], signal?: AbortSignal): AsyncGenerator<number, void, undefined> {
  try {
    for (let n = 0; ; n++) {
      await sleep(5, signal);
      yield n;
    }
  } finally {
    await sleep(5);
    seen.push('closed');
  }
}

async function readTo(last: number, iterable: AsyncIterable<number>): Promise<number[]> {
  const values: number[] = [];
  for await (const value of iterable) {
    values.push(value);
    if (value === last) break;
  }
  return values;
}

describe('a guarded iterator is closed once', () => {
  test('by break', async () => {
    const seen: string[] = [];
    expect(await until(readTo(2, guardIterator(numbers(seen))))).toEqual([0, 1, 2]);
    expect(seen).toEqual(['closed']);
  });

  test('by an exception in the loop', async () => {
    const seen: string[] = [];
    const read = async (): Promise<void> => {
      for await (const value of guardIterator(numbers(seen))) if (value === 1) throw new Error('enough');
    };
    await expect(until(read())).rejects.toThrow('enough');
    expect(seen).toEqual(['closed']);
  });

  test('by an abort while it is read, and the read rejects with the reason', async () => {
    const seen: string[] = [];
    const controller = new AbortController();
    setTimeout(() => { controller.abort('stop'); }, 12);
    await expect(until(readTo(9, guardIterator(numbers(seen), controller)))).rejects.toBe('stop');
    expect(seen).toEqual(['closed']);
  });

  test('by an abort between two reads, at the next one', async () => {
    const seen: string[] = [];
    const controller = new AbortController();
    const guarded = guardIterator(numbers(seen), { signal: controller.signal });
    await until(guarded.next());
    controller.abort('stop');
    await expect(until(guarded.next())).rejects.toBe('stop');
    expect(await guarded.next()).toEqual({ done: true, value: undefined });
    expect(seen).toEqual(['closed']);
  });

  test('although another task calls return() while it is read: the reader closes it, the other waits for that', async () => {
    const seen: string[] = [];
    const guarded = guardIterator(numbers(seen));
    await until(taskGroup(({ start }) => {
      void start('reader', async () => { seen.push(`read ${String(await readTo(9, guarded))}`); });
      void start('closer', async () => {
        await sleep(12);
        await Promise.all([guarded.return(), guarded.return()]);
        seen.push('return is over');
      });
    }));
    expect(seen[0]).toBe('closed');
    expect(seen.slice(1).sort()).toEqual(['read 0,1', 'return is over']);
  });

  test('when it is begun and dropped, at the end of the group', async () => {
    const seen: string[] = [];
    const first = await until(isolate('preview', async () => (await guardIterator(numbers(seen)).next()).value));
    expect({ first, seen }).toEqual({ first: 0, seen: ['closed'] });
  });

  test('not at all by the guard, when it throws or ends by itself', async () => {
    const close = vi.fn();
    const inner = { next: vi.fn().mockRejectedValue(new Error('broken')), return: close, [Symbol.asyncIterator]: () => inner };
    const guarded = guardIterator(inner);
    await expect(guarded.next()).rejects.toThrow('broken');
    expect(await guarded.return()).toEqual({ done: true, value: undefined });
    expect(await until(readTo(9, guardIterator([1, 2])))).toEqual([1, 2]);
    expect(close).not.toHaveBeenCalled();
  });

  test('and one that was never read runs nothing', async () => {
    const seen: string[] = [];
    await guardIterator(numbers(seen)).return();
    expect(seen).toEqual([]);
  });
});

test('a clean-up that hangs is waited for as long as was said', async () => {
  async function* stuck(): AsyncGenerator<number, void, undefined> {
    await new Promise(() => undefined);
    yield 1;
  }
  const controller = new AbortController();
  setTimeout(() => { controller.abort(new Error('stop')); }, 10);
  const error = await until(guardIterator(stuck(), { signal: controller.signal, closeTimeout: 20 }).next()).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StillRunningError);
  expect(error).toMatchObject({ message: expect.stringMatching(/^An iterator did not close within 20 ms/) as unknown, cause: { message: 'stop' } });
  expect(performance.now()).toBe(30);
});

test('reads that overlap are answered in their order', async () => {
  const guarded = guardIterator(numbers([]));
  const results = await until(Promise.all([guarded.next(), guarded.next(), guarded.next()]));
  expect(results.map(({ value }) => value as unknown)).toEqual([0, 1, 2]);
});

test('throw closes it and rejects, `await using` closes it', async () => {
  const seen: string[] = [];
  const guarded = guardIterator(numbers(seen));
  await until(guarded.next());
  await expect(until(guarded.throw(new Error('mine')))).rejects.toThrow('mine');
  await guarded[Symbol.asyncDispose]();
  expect(seen).toEqual(['closed']);
});

test('what cannot be iterated is refused in a sentence', () => {
  expect(() => guardIterator(5 as never)).toThrow('guardIterator needs something to iterate');
  expect(() => guardIterator([], { closeTimeout: -1 })).toThrow('guardIterator needs closeTimeout in milliseconds');
});
