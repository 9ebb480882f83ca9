import { describe, expect, it } from 'vitest';
import { DUMP_VERSION, recordDump } from '../../reports/index.ts';
import type { Dump, Place, WaitingTask } from '../../reports/index.ts';
import { PROTOCOL_VERSION } from '../../tracker/protocol.ts';
import type { WaiterNamed } from '../../tracker/protocol.ts';

const MANY = 120;

function task(id: number, given: Partial<WaitingTask>): WaitingTask {
  const place: Place = { file: 'app.ts', line: id, column: 1, library: false, internal: false };
  return { id, kind: 'async-function', name: `f${id}`, internal: false, awaits: 1000 + id, result: 2000 + id, place, ...given };
}

/** Each task waits for what the queue holds; the last one is waited for by a function of Node's, and that by a module. */
function dumpOf(tasks: readonly WaitingTask[], verdicts: Dump['verdicts']): Dump {
  return {
    schemaVersion: DUMP_VERSION, program: {}, tasks, verdicts, handles: [], roots: [], caveats: [],
    leaves: [{ id: 5, kind: 'queue', label: 'Lock#q', class: 'Lock', queue: { owner: 'Lock', path: 'q', waiting: 3 } }],
    promises: [
      { id: 3000, settledBy: { kind: 'task', task: 1 } },
      { id: 3001, settledBy: { kind: 'combinator', name: 'all', members: [3002], pending: 1 } },
      { id: 3002, settledBy: { kind: 'task', task: 2 } },
    ],
  };
}

function record(dump: Dump): ReturnType<typeof recordDump> {
  return recordDump(dump, {
    header: { protocol: PROTOCOL_VERSION, tracker: '0.1.0', program: '7-0-1', why: 'standstill', atMs: 5 },
    rawOf: ({ line, column }) => ({ file: '/app/app.js', line: line + 100, column }),
  });
}

function waitersIn(records: ReturnType<typeof recordDump>): WaiterNamed[] {
  return records.flatMap((each) => (each.kind === 'waiter-named' ? [each] : []));
}

describe('what a dump proved, as records', () => {
  it('names the lines up to the top level, as the program has them, and the nearest call that the tracker knows', () => {
    const tasks = [
      task(1, { awaits: 10 }),
      task(2, { awaits: 3000, internal: true }),
      task(3, { awaits: 3001, kind: 'module', name: 'file:///app/app.js' }),
    ];
    const records = record(dumpOf(tasks, [{ kind: 'never', certain: true, tasks: [1], waiting: 1, promises: [10], leaf: 5, dependents: 2, by: [] }]));
    expect(records[0]).toEqual({
      kind: 'program-dumped', protocol: PROTOCOL_VERSION, tracker: '0.1.0', program: '7-0-1', why: 'standstill', verdicts: 1, atMs: 5,
    });
    expect(records).toContainEqual({ kind: 'site-seen', site: -2, file: '/app/app.js', line: 103, column: 1 });
    expect(records).toContainEqual(expect.objectContaining({ kind: 'verdict-reached', outcome: 'never', held: 'Lock#q', heldBy: 'queue', circular: false }));
    expect(waitersIn(records)).toEqual([expect.objectContaining({ name: 'f1', call: 1, stack: [-1, -2], awaited: true })]);
  });

  it('names those of a circle in its order', () => {
    const tasks = [1, 2, 3].map((id) => task(id, { tracked: { task: 7, call: 10 + id, label: 'main' } }));
    const cycle = [{ task: 2, promise: 1002, leaf: 5, next: 1 }, { task: 1, promise: 1001, next: 2 }];
    const records = record(dumpOf(tasks, [{ kind: 'deadlock', certain: true, tasks: [1, 2, 3], waiting: 3, promises: [], cycle, dependents: 0, by: [] }]));
    expect(waitersIn(records).map(({ call, held }) => [call, held])).toEqual([[12, 'Lock#q'], [11, undefined]]);
  });

  it('is bounded, and says how much there was', () => {
    const tasks = Array.from({ length: MANY }, (_, at) => task(at + 1, {}));
    const verdict = { kind: 'deadlock' as const, certain: true, tasks: tasks.map(({ id }) => id), waiting: 9000, promises: [], dependents: 0, by: [] };
    const records = record(dumpOf(tasks, Array.from({ length: MANY }, () => verdict)));
    expect(records[0]).toMatchObject({ verdicts: MANY });
    const verdicts = records.filter(({ kind }) => kind === 'verdict-reached');
    expect(verdicts).toHaveLength(50);
    expect(verdicts[0]).toMatchObject({ waiting: 9000 });
    expect(waitersIn(records)).toHaveLength(50 * 50);
  });
});
