/** The situations in which cancel scopes are known to have gone wrong, each with the remedy for it. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { deadline, guardIterator, isolate, taskGroup, trackCall, type TaskGroup } from '../../src/remedies/index.ts';

async function* count(to: number, atEnd: () => void | Promise<void> = () => undefined): AsyncGenerator<number, void, undefined> {
  try {
    for (let n = 0; n < to; n++) yield n;
  } finally {
    await atEnd();
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => { signal.addEventListener('abort', () => { reject(signal.reason as Error); }, { once: true }); });

test('access from another task: it is closed once, and the reader finds it closed', async () => {
  let closed = 0;
  const guarded = guardIterator(count(5, () => { closed++; }));
  await taskGroup(async ({ start }) => {
    await start('reader', () => guarded.next());
    await start('other', () => guarded.return());
    expect(await start('reader', () => guarded.next())).toEqual({ done: true, value: undefined });
  });
  expect(closed).toBe(1);
});

test('safe generators: every way out runs the clean-up before whatever comes next', async () => {
  const order: string[] = [];
  const read = (): AsyncIterable<number> => guardIterator(count(5, async () => { await Promise.resolve(); order.push('closed'); }));
  for await (const value of read()) if (value === 1) break;
  order.push('after break');
  await (async () => { for await (const value of read()) if (value === 1) return; })();
  order.push('after return');
  await (async () => { for await (const value of read()) throw new Error(`at ${value}`); })().catch(() => undefined);
  order.push('after throw');
  expect(order).toEqual(['closed', 'after break', 'closed', 'after return', 'closed', 'after throw']);
});

test("clean-up after a generator's error: it has run when the error arrives", async () => {
  let closed = 0;
  async function* failing(): AsyncGenerator<number, void, undefined> {
    try {
      yield 1;
      throw new Error('broken');
    } finally {
      closed++;
    }
  }
  const read = async (): Promise<void> => { for await (const value of guardIterator(failing())) expect({ value, closed }).toEqual({ value: 1, closed: 0 }); };
  await expect(read()).rejects.toThrow('broken');
  expect(closed).toBe(1);
});

test('nested scopes: the inner ones end first, and are named by those around them', async () => {
  const order: string[] = [];
  await isolate('outer', async ({ start }) => {
    void start('task', async () => {
      await isolate('inner', (group) => { order.push(group.path); });
      order.push('inner is over');
    });
  });
  order.push('outer is over');
  expect(order).toEqual(['outer › inner', 'inner is over', 'outer is over']);
});

test('cancel requests: they reach everything inside, with the reason that was given', async () => {
  const reasons: unknown[] = [];
  const note = ({ signal }: TaskGroup): Promise<void> => aborted(signal).catch((reason: unknown) => { reasons.push(reason); throw reason as Error; });
  const run = taskGroup(({ start, cancel }) => {
    void start(note);
    void start(() => taskGroup(note));
    void start(() => isolate('deep', (group) => group.start(() => deadline(60_000, note))));
    cancel('the user left');
    return 'asked';
  });
  expect(await run).toBe('asked');
  expect(reasons).toEqual(['the user left', 'the user left', 'the user left']);
});

test('deep nesting: a thousand, and a cancellation reaches the innermost', async () => {
  const controller = new AbortController();
  const enter = (depth: number): Promise<number> =>
    taskGroup(({ signal }) => {
      if (depth < 1000) return enter(depth + 1);
      queueMicrotask(() => { controller.abort('from outside'); });
      return aborted(signal);
    }, { signal: depth === 1 ? controller.signal : undefined });
  await expect(enter(1)).rejects.toBe('from outside');
});

test('concurrent scopes: ten thousand, none of which sees another', async () => {
  const names = new Set<string>();
  const all = Array.from({ length: 10_000 }, (_, n) => isolate(`scope ${n}`, async ({ path, start }) => {
    await start(async () => { await Promise.resolve(); });
    names.add(path);
    return n;
  }));
  expect((await Promise.all(all)).reduce((sum, n) => sum + n, 0)).toBe(49_995_000);
  expect(names.size).toBe(10_000);
});

test('exceptions in scopes: each arrives where its own scope was opened', async () => {
  const outcomes = await taskGroup(() => Promise.allSettled([
    isolate('bad', () => { throw new Error('mine'); }),
    isolate('good', () => 'unharmed'),
  ]));
  expect(outcomes).toMatchObject([{ reason: { message: 'mine' } }, { value: 'unharmed' }]);
});

test('cancellation in the middle of a generator: it is closed by its reader, who then ends', async () => {
  const order: string[] = [];
  async function* stuck(signal: AbortSignal): AsyncGenerator<number, void, undefined> {
    try {
      yield 1;
      await aborted(signal);
    } finally {
      order.push('generator closed');
    }
  }
  const run = taskGroup(({ signal, cancel }) => (async () => {
    for await (const value of guardIterator(stuck(signal), { signal })) queueMicrotask(() => { cancel(`stop after ${value}`); });
  })().finally(() => order.push('reader over')));
  await expect(run).rejects.toBe('stop after 1');
  expect(order).toEqual(['generator closed', 'reader over']);
});

test('generators of a million items: none is lost, in order', async () => {
  let expected = 0;
  let strays = 0;
  for await (const value of guardIterator(count(1_000_000))) if (value !== expected++) strays++;
  expect({ expected, strays }).toEqual({ expected: 1_000_000, strays: 0 });
});

test('isolation of one violation from the next scope: a late cancellation hits only its own call', async () => {
  const first = trackCall('first', () => 1);
  await first.safeToProceed();
  const second = trackCall('second', async ({ signal }) => {
    first.cancel('late');
    await Promise.resolve();
    return signal.aborted;
  });
  expect(await second.result).toBe(false);
  expect([first.state, second.state]).toEqual(['finished', 'finished']);
});

test('memory that stays flat over a million scopes', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const open = async (scopes: number): Promise<number> => {
    for (let n = 0; n < scopes; n++) await taskGroup(() => Promise.resolve(n), { name: 'one of many' });
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = await open(100_000);
  const after = await open(900_000);
  // What one scope needs is hundreds of bytes: a leak would be hundreds of megabytes.
  expect(after - before).toBeLessThan(4 * 2 ** 20);
});
