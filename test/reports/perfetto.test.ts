import { expect, test } from 'vitest';
import { createTimeline, foldProgram, foldSession, formats, identitySources, plainStyle, type FormatOptions } from '../../reports/index.ts';
import { layTracks } from '../../reports/formats/perfetto/tracks.ts';
import { findFaults, type SeenEvent } from '../support/check-trace-events.ts';
import { MAIN, Recording, reportOf } from './recording.ts';

const OPTIONS: FormatOptions = { style: plainStyle, width: 100 };

function write(recordings: readonly Recording[], from: 'recording' | 'report' = 'recording'): string {
  const session = foldSession(recordings.map(({ records }) => foldProgram(records)));
  const report = reportOf(recordings);
  const timeline = from === 'report' ? {} : { timeline: () => createTimeline(session, report.findings, identitySources) };
  return formats.find(({ id }) => id === 'perfetto')?.format(report, { ...OPTIONS, ...timeline }) ?? '';
}

const named = (events: readonly SeenEvent[], name: string): readonly SeenEvent[] => events.filter((event) => event.name === name);

/** A session that one task opens and another closes, a task that is joined, one that is aborted, one that never ends. */
function story(): Recording {
  const r = new Recording();
  const open = r.named('OPEN', MAIN, { from: r.site('app.mjs:31') });
  const session = r.enter('session', open, { stack: [r.site('client.mjs:6:18 connect')] });
  const inner = r.enter('inner', open);
  const joined = r.spawn(open, { scope: inner });
  r.end(joined).join(joined, open).exit(inner, open);
  r.end(open);
  const close = r.named('CLOSE', MAIN, { from: r.site('app.mjs:44') });
  r.add({ kind: 'signal-created', signal: 1, how: 'controller', call: close });
  const worker = r.spawn(close);
  r.add({ kind: 'signal-used', signal: 1, call: worker, how: 'listener', aborted: false, stack: [] });
  r.add({ kind: 'signal-aborted', signal: 1, call: close, users: [worker], stack: [] });
  return r.exit(session, close, [r.site('client.mjs:10:16 close')]).end(close).ended();
}

test('a session is tracks, slices, flows, marks and counters', () => {
  const { events, faults } = findFaults(write([story()]));
  expect(faults).toEqual([]);
  const [session] = named(events, 'session');
  expect(session).toMatchObject({ ph: 'X', cat: 'scope', args: { kind: 'explicit', enteredBy: 'task "OPEN"', entered: 'client.mjs:6:18 in connect' } });
  // It outlives its task, so it lies on a track below.
  expect(named(events, 'thread_name').find(({ tid }) => tid === session?.tid)?.args).toEqual({ name: 'task "OPEN" · scopes' });
  for (const flow of ['spawn', 'join', 'cross-task exit', 'abort']) expect(named(events, flow).map(({ ph }) => ph).slice(0, 2)).toEqual(['s', 'f']);
  const mark = events.find(({ ph }) => ph === 'i');
  expect(mark).toMatchObject({ name: 'cross-task-exit', ts: (session?.ts ?? 0) + (session?.dur ?? 0) });
  expect(mark?.args?.['exited here']).toBe('client.mjs:10:16 in close');
  expect(Math.max(...named(events, 'tasks alive').map(({ args }) => Number(args?.['alive'])))).toBe(3);
  expect(named(events, 'scopes open').at(-1)?.args).toEqual({ open: 0 });
});

test('it is sound for every prefix of a recording, several programs, and a report alone', () => {
  const whole = story();
  const child = new Recording({ program: '8-0-1', parent: '7-0-1', pid: 8, startedAtEpochMs: 1_700_000_000_500 });
  child.enter('left open', child.spawn(MAIN));
  for (let length = 0; length <= whole.records.length; length++) {
    const cut = new Recording();
    cut.records.splice(0, 2, ...whole.records.slice(0, length));
    expect(findFaults(write([cut, child])).faults).toEqual([]);
  }
  const { events, faults } = findFaults(write([whole, child], 'report'));
  expect(faults).toEqual([]);
  expect(named(events, 'process_name').map(({ args }) => args?.['name'])).toEqual(['node app.mjs (process 7)', 'node app.mjs (process 8)']);
});

test('tasks that follow each other share a track when there are many', () => {
  const r = new Recording();
  for (let at = 0; at < 3000; at++) r.end(r.spawn(MAIN));
  const { events, faults } = findFaults(write([r.ended()]));
  expect(faults).toEqual([]);
  expect(named(events, 'thread_name')).toHaveLength(2);
  expect(events.filter(({ cat }) => cat === 'task')).toHaveLength(3001);
  const [program] = createTimeline(foldSession([foldProgram(r.records)]), [], identitySources).programs;
  expect(program === undefined ? 0 : layTracks(program, 5000).all.length).toBe(3001);
});
