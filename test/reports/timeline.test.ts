import { expect, test } from 'vitest';
import { createTimeline, foldProgram, foldSession, identitySources } from '../../reports/index.ts';
import { MAIN, Recording, reportOf } from './recording.ts';

test('of too many tasks, those of findings and whoever started them are kept', () => {
  const r = new Recording();
  for (let at = 0; at < 50; at++) r.end(r.spawn(MAIN));
  const starter = r.spawn(MAIN);
  const scope = r.enter('left open', r.spawn(starter));
  r.ended();
  const session = foldSession([foldProgram(r.records)]);
  const { findings } = reportOf([r]);
  const [program] = createTimeline(session, findings, identitySources, 10).programs;
  expect(program?.tasks.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 52, 53]);
  expect(program?.scopes.map(({ id }) => id)).toEqual([scope]);
  expect(createTimeline(session, findings, identitySources, 10).omitted).toEqual({ tasks: 43, scopes: 0 });
  expect(createTimeline(session, findings, identitySources).omitted).toEqual({ tasks: 0, scopes: 0 });
});

test('programs stand where they started, in the time of the first one', () => {
  const child = new Recording({ program: '8-0-1', parent: '7-0-1', pid: 8, startedAtEpochMs: 1_700_000_000_500 });
  child.end(child.spawn(MAIN)).ended();
  const lost = new Recording();
  lost.records.splice(0, 1);
  const session = foldSession([new Recording().ended(), child].map(({ records }) => foldProgram(records)));
  const { programs } = createTimeline(session, [], identitySources);
  expect(programs.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([[0, 1], [500, 504]]);
  expect(programs[1]?.tasks[1]).toMatchObject({ startMs: 501, endMs: 503, state: 'ended', certain: true });
  const [headless] = createTimeline(foldSession([foldProgram(lost.records)]), [], identitySources).programs;
  expect(headless).toMatchObject({ startMs: 0, ended: 'killed' });
});
