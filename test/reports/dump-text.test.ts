import { describe, expect, it } from 'vitest';
import { DUMP_VERSION, formatDump, plainStyle } from '../../reports/index.ts';
import type { Dump, Leaf, Place, WaitingTask } from '../../reports/index.ts';

const HEAP = { nodes: 1, edges: 1, bytes: 1, snapshotBytes: 1, readMs: 1, provedMs: 1, readerBytes: 1 };

function textOf(detail: string | undefined, read: Partial<Dump> = { heap: HEAP }): string {
  const handle = { id: 1, kind: 'socket', label: 'socket', ...(detail === undefined ? {} : { detail }) } as Leaf;
  const dump: Dump = {
    schemaVersion: DUMP_VERSION, program: {}, tasks: [], promises: [], leaves: [], handles: [handle], verdicts: [], roots: [], caveats: [],
    ...read,
  };
  return formatDump(dump, { style: plainStyle, width: 400 });
}

describe('a dump in which no task waits', () => {
  it('says that whoever worked on a request may be gone', () => {
    expect(textOf('from 127.0.0.1:40000, serves GET /users/7')).toContain('a request is being served');
    expect(textOf('from 127.0.0.1:40000, serves GET /users/7')).toContain('vanished-task');
  });

  it('says nothing more of connections without a request', () => {
    expect(textOf('from 127.0.0.1:40000')).toContain('Nothing waits.\n');
    expect(textOf(undefined)).toContain('Nothing waits.\n');
  });

  it('says nothing of who waits when the heap was not read', () => {
    const text = textOf('from 127.0.0.1:40000, serves GET /users/7', {});
    expect(text).toContain('No function that waits was found without the heap.');
    expect(text).not.toMatch(/Nothing waits|\d tasks? wait/);
  });
});

it('names tasks that were collected, equal ones once, instead of saying that whoever worked may be gone', () => {
  const at = (line: number): Place => ({ file: 'app.mjs', line, column: 3, library: false, internal: false });
  const task = { stack: [{ name: 'load', place: at(7) }, { name: '', begins: at(9) }], tracked: { task: 3, label: 'main', started: at(12) } };
  const text = textOf('serves GET /users/7', { heap: HEAP, vanished: [task, task] });
  expect(text).toContain(
    '✗ 2 tasks were collected as garbage while they waited: nothing could have settled what they waited for\n' +
      '    2 × load app.mjs:7:3\n      awaited by anonymous function somewhere in the function at app.mjs:9:3\n      started app.mjs:12:3\n',
  );
  expect(text).toContain('Nothing waits.\n');
});

it('names the tests of a test runner that have not ended first, each with the innermost lines of its own', () => {
  const tracked = { task: 3, label: 'main', test: 'sessions › close' };
  const task = (id: number, line: number, library: boolean): WaitingTask => ({
    id, kind: 'async-function', name: `f${id}`, internal: false, awaits: id + 11, result: id + 10, tracked, place: { file: 'app.mjs', line, column: 3, library, internal: false },
  });
  const text = textOf(undefined, { heap: HEAP, tasks: [task(1, 5, true), task(2, 7, false), task(3, 9, false)], roots: [] });
  expect(text).toContain('\n\n✗ the test "sessions › close" has not ended, and waits here:\n    f3 app.mjs:9:3, awaited by f2 app.mjs:7:3\n\n');
});

it('shows what is known of a promise that was not read, and who settles it or a part of it', () => {
  const [outer, inner] = [-1, -2].map((id): WaitingTask => ({ id, kind: 'async-function', name: `f${-id}`, script: 'app.mjs', internal: false, awaits: id - 10 }));
  if (outer === undefined || inner === undefined) throw new Error('no tasks');
  const text = textOf(undefined, {
    tasks: [outer, inner],
    promises: [
      { id: -11, settledBy: { kind: 'unread', leads: [-13], what: 'Promise.race or any, 2 pending' } },
      { id: -13, settledBy: { kind: 'task', task: -2 } },
      { id: -12, settledBy: { kind: 'unread', leads: [], what: 'a timer made at app.mjs:4:3' } },
    ],
    roots: [-1],
  });
  expect(text).toContain('  f1 app.mjs\n  └─ Promise.race or any, 2 pending\n     └─ f2 app.mjs\n        └─ a timer made at app.mjs:4:3\n');
});
