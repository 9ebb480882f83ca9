/** Random trees of tasks that fail, are cancelled, time out and clean up, in a time that the test moves. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deadline, guardIterator, isolate, moveOnAfter, taskGroup, type TaskGroup } from '../../src/remedies/index.ts';
import { sleep, until } from './clock.ts';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

interface Plan {
  readonly opens: 'taskGroup' | 'isolate' | 'deadline' | 'moveOnAfter' | 'nothing';
  readonly timeout: number;
  /** Milliseconds of work, before it does what it ends with. */
  readonly work: number;
  readonly obeys: boolean;
  readonly ends: 'value' | 'failure';
  /** Milliseconds of its clean-up, */
  readonly cleanUp: number;
  /** which may fail, too. */
  readonly cleanUpFails: boolean;
  /** Items of a guarded generator that it reads in between; -1: none. */
  readonly items: number;
  /** How it leaves the loop: at which item, and how. */
  readonly leaves: 'not' | 'break' | 'throw' | 'drops';
  readonly shielded: boolean;
  /** When the group that it opens is cancelled from inside; -1: never. */
  readonly cancels: number;
  readonly children: readonly Plan[];
}

const ms = fc.integer({ min: 0, max: 20 });
const { plan } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.record({
    opens: fc.constantFrom('taskGroup', 'isolate', 'deadline', 'moveOnAfter', 'nothing'),
    timeout: fc.oneof(ms, fc.constant(1000)),
    work: ms,
    obeys: fc.boolean(),
    ends: fc.oneof({ weight: 4, arbitrary: fc.constant('value' as const) }, { weight: 1, arbitrary: fc.constant('failure' as const) }),
    cleanUp: fc.oneof(fc.constant(0), ms),
    cleanUpFails: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    items: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 4 })),
    leaves: fc.constantFrom('not', 'break', 'throw', 'drops'),
    shielded: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    cancels: fc.oneof({ weight: 3, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: ms }),
    children: fc.oneof({ depthSize: 'small' }, fc.constant([] as Plan[]), fc.array(tie('plan'), { maxLength: 4 })),
  }),
}));

/** What happened: each thing that began, and how often it ended and was cleaned up. */
class Book {
  readonly begun = new Map<number, { ends: number; cleanUps: number }>();
  readonly results: { readonly expected: string; readonly got: unknown }[] = [];
  readonly overdue: string[] = [];
  open = 0;

  begin(): { ends: number; cleanUps: number } {
    const entry = { ends: 0, cleanUps: 0 };
    this.begun.set(this.begun.size, entry);
    this.open++;
    return entry;
  }
}

async function* numbers(book: Book, { items, work, cleanUp }: Plan): AsyncGenerator<number, void, undefined> {
  const entry = book.begin();
  try {
    for (let n = 0; n < items; n++) {
      await sleep(work);
      yield n;
    }
  } finally {
    entry.cleanUps++;
    await sleep(cleanUp);
    entry.ends++;
    book.open--;
  }
}

async function read(book: Book, plan: Plan, { signal }: TaskGroup): Promise<void> {
  if (plan.items < 0) return;
  const guarded = guardIterator(numbers(book, plan), plan.obeys ? { signal } : {});
  if (plan.leaves === 'drops') {
    await guarded.next();
    return;
  }
  for await (const n of guarded) {
    if (n < 1 || plan.leaves === 'not') continue;
    if (plan.leaves === 'break') break;
    throw new Error('out of the loop');
  }
}

/** The work itself: whatever happens to it, its clean-up must run once and to its end before its group ends. */
async function work(book: Book, plan: Plan, group: TaskGroup): Promise<string> {
  const entry = book.begin();
  try {
    for (const child of plan.children) launch(book, child, group);
    await read(book, plan, group);
    await sleep(plan.work, plan.obeys ? group.signal : undefined);
    if (plan.ends === 'failure') throw new Error('failed');
    return 'value';
  } finally {
    entry.cleanUps++;
    await sleep(plan.cleanUp);
    entry.ends++;
    book.open--;
    // eslint-disable-next-line no-unsafe-finally -- as programs do
    if (plan.cleanUpFails) throw new Error('clean-up failed');
  }
}

function launch(book: Book, plan: Plan, group: TaskGroup): void {
  const run = (within: TaskGroup): Promise<unknown> => runPlan(book, plan, within);
  const started = plan.shielded ? group.shield('shielded', run) : group.start(run);
  started.catch(() => undefined);
}

/** Opens what the plan opens, and looks that nothing is left of it when it ends. */
async function runPlan(book: Book, plan: Plan, within: TaskGroup): Promise<unknown> {
  if (plan.opens === 'nothing') return work(book, plan, within);
  let inside: TaskGroup | undefined;
  let value: string | undefined;
  const body = async (group: TaskGroup): Promise<string> => {
    inside = group;
    if (plan.cancels >= 0) void group.start(async () => { await sleep(plan.cancels); group.cancel(); });
    value = await work(book, plan, group);
    return value;
  };
  try {
    const got = await open(plan, body);
    if (value !== undefined) book.results.push({ expected: value, got: typeof got === 'object' ? (got as { value: unknown }).value ?? got : got });
    return got;
  } finally {
    if (inside !== undefined && inside.running.length > 0) book.overdue.push(plan.opens);
    if (inside !== undefined && inside.open.size > 0) book.overdue.push('an iterator');
  }
}

function open({ opens, timeout }: Plan, body: (group: TaskGroup) => Promise<string>): Promise<unknown> {
  if (opens === 'isolate') return isolate('isolated', body, { timeout });
  if (opens === 'deadline') return deadline(timeout, body);
  if (opens === 'moveOnAfter') return moveOnAfter(timeout, body);
  return taskGroup(body, { timeout });
}

test('nothing outlives its scope, every clean-up runs once and to its end, no result is lost', async () => {
  await fc.assert(fc.asyncProperty(plan, fc.integer({ min: -1, max: 30 }), async (root, abortAt) => {
    const book = new Book();
    const controller = new AbortController();
    const timer = abortAt < 0 ? undefined : setTimeout(() => { controller.abort('from outside'); }, abortAt);
    const whole = taskGroup((group) => runPlan(book, root, group), { signal: controller.signal });
    await until(whole).catch(() => undefined);
    clearTimeout(timer);
    expect(book.open).toBe(0);
    expect(book.overdue).toEqual([]);
    for (const entry of book.begun.values()) expect(entry).toEqual({ ends: 1, cleanUps: 1 });
    for (const { expected, got } of book.results) expect([expected, { timedOut: true }]).toContainEqual(got);
    expect(vi.getTimerCount()).toBe(0);
  }), { numRuns: 300 });
});

test('of several failures the first cause comes first, and every one of them arrives', async () => {
  const failing = fc.array(fc.record({ at: ms, fails: fc.boolean(), cleanUpFails: fc.boolean() }), { minLength: 1, maxLength: 6 });
  await fc.assert(fc.asyncProperty(failing, async (tasks) => {
    const thrown: Error[] = [];
    const fail = (message: string): never => {
      const error = new Error(message);
      thrown.push(error);
      throw error;
    };
    const group = taskGroup(({ start }) => {
      for (const { at, fails, cleanUpFails } of tasks) {
        void start(async ({ signal }) => {
          await sleep(at, signal).catch((error: unknown) => { if (cleanUpFails) fail('clean-up'); throw error; });
          if (fails) fail('work');
        });
      }
    });
    const error: unknown = await until(group).then(() => undefined, (reason: unknown) => reason);
    const arrived = error instanceof AggregateError ? (error.errors as unknown[]) : error === undefined ? [] : [error];
    expect(arrived).toEqual(thrown);
  }), { numRuns: 300 });
});
