/** Scopes, findings, who waits for whom, handles and programs. */
import { describe, expect, it } from 'vitest';
import { Judge } from '../../src/view/judge/judge.ts';
import { MAIN, Recording } from '../reports/recording.ts';
import { Viewer } from './viewer.ts';

/** Entered by one task, exited by another one: a finding. */
function strangers(recording = new Recording()): { recording: Recording; scope: number } {
  const one = recording.named('one', MAIN);
  const job = recording.callback('Timeout', MAIN);
  const scope = recording.enter('session', one, { stack: [recording.site('/app/app.mjs:20:3 open')] });
  recording.end(one);
  const other = recording.named('other', job);
  recording.end(job);
  recording.exit(scope, other, [recording.site('/app/app.mjs:30:3 close')]).end(other);
  return { recording, scope };
}

function judge(viewer: Viewer, recording: Recording): Viewer {
  const one = new Judge('/app', {}, 1000);
  one.add('7-0-1', recording.records);
  const verdict = one.check();
  if (verdict !== undefined) viewer.view.handle({ kind: 'verdict', verdict });
  return viewer;
}

describe('scopes', () => {
  it('stand inside each other, with their host tasks, who is inside, and why they were cancelled', () => {
    const recording = new Recording();
    const host = recording.named('host', MAIN);
    const outer = recording.enter('outer', host);
    const inner = recording.enter('inner', host, { parent: outer });
    recording.spawn(host, { scope: inner });
    recording.add({ kind: 'scope-cancelled', scope: inner, call: host, reason: 'too late', stack: [] });
    const viewer = new Viewer({ columns: 140 }).read(recording).wait(100).press('2');
    expect(viewer.column('name')).toEqual(['outer', '  inner']);
    expect(viewer.list().rows[1]?.cells).toMatchObject({
      state: { text: 'cancelled' }, reason: { text: 'too late' }, inside: { text: '1' }, host: { text: 'task "host" app.mjs:10' },
    });
    viewer.read(recording.exit(inner, host));
    expect(viewer.column('state').map((text) => text.trim())).toEqual(['open', 'exited']);
    expect(viewer.press('f').column('name')).toEqual(['outer']);
    expect(viewer.press('enter').pane().lines.join('\n')).toContain('inner');
    expect(viewer.press('enter').pane().title).toBe('Task "host"');
  });

  it('has signals below those that they follow', () => {
    const recording = new Recording();
    recording.add({ kind: 'signal-created', signal: 1, how: 'controller', call: MAIN });
    recording.add({ kind: 'signal-created', signal: 2, how: 'any', sources: [1] });
    recording.add({ kind: 'signal-aborted', signal: 1, call: MAIN, reason: 'stop', users: [], stack: [] });
    const viewer = new Viewer().read(recording).press('2');
    expect(viewer.column('name')).toEqual(['AbortController', '  AbortSignal.any']);
    expect(viewer.column('state')).toEqual(['aborted', '  signal']);
  });
});

describe('findings', () => {
  it('are found while the program runs, and lead to their tasks and their scope', () => {
    const { recording } = strangers();
    const viewer = judge(new Viewer().read(recording), recording).press('3');
    expect(viewer.column('rule')).toEqual(['cross-task-exit']);
    expect(viewer.snapshot()).toMatchObject({ status: { violations: 1, leaks: 0 }, newest: { rule: 'cross-task-exit', place: 'app.mjs:30' } });
    const text = viewer.press('enter').pane().lines.join('\n');
    for (const part of ['exited by   main › timer › task "other"', 'entered by  main › task "one"', 'app.mjs:20:3', 'app.mjs:30:3', '→ Keep']) {
      expect(text).toContain(part);
    }
    expect(viewer.press('enter').pane().title).toBe('Task "other"');
    expect(viewer.press('escape', 'e').pane().title).toBe('Task "one"');
    expect(viewer.press('escape', 's').pane().title).toBe('Scope "session"');
    expect(viewer.press('escape', 'escape', '1').column('findings').filter((text2) => text2.trim() !== '')).toHaveLength(2);
  });

  it('are not made of a scope that is merely open, before the end', () => {
    const recording = new Recording();
    const one = recording.named('one', MAIN);
    recording.enter('session', one);
    recording.end(one);
    expect(judge(new Viewer(), recording).snapshot().status).toMatchObject({ violations: 0 });
    recording.ended();
    expect(judge(new Viewer(), recording).snapshot().status).toMatchObject({ violations: 1 });
  });

  it('wait as long as whoever started a task may still wait for it, and so have lent it the scope', () => {
    const recording = new Recording();
    const scope = recording.enter('batch', MAIN);
    const member = recording.spawn(MAIN);
    recording.exit(scope, member).end(member);
    expect(judge(new Viewer(), recording).snapshot().status).toMatchObject({ violations: 0 });
    recording.join(member, MAIN).ended();
    expect(judge(new Viewer(), recording).snapshot().status).toMatchObject({ violations: 0 });
  });

  it('are told once, and again when they have happened more often', () => {
    const { recording } = strangers();
    const one = new Judge('/app', {}, 1000);
    one.add('7-0-1', recording.records);
    expect(one.check()?.findings).toHaveLength(1);
    expect(one.check()).toBeUndefined();
    one.add('7-0-1', [{ kind: 'counted', tasks: 3, inferredTasks: 0, scopes: 1, dropped: 0, atMs: 50 }]);
    expect(one.check()).toEqual({ findings: [], final: false });
  });

  it('are not made of an event loop that has not turned for long, before it has turned or the program is over', () => {
    const recording = new Recording();
    const stack = [recording.site('/app/app.mjs:9:1 grind')];
    recording.add({ kind: 'stall-sampled', stall: 1, call: MAIN, startMs: 0, ran: 0, stack });
    recording.wait(60_000).add({ kind: 'stall-sampled', stall: 1, call: MAIN, startMs: 0, ran: 0, stack });
    const one = new Judge('/app', {}, 1000);
    one.add('7-0-1', recording.records);
    expect(one.check()?.findings).toEqual([]);
    one.end('7-0-1');
    expect(one.check()?.findings).toMatchObject([{ finding: { rule: 'blocked-event-loop' } }]);
  });

  it('are looked for on and on: at a bound, what was judged is let go of, and that is said', () => {
    const { recording } = strangers();
    const one = new Judge('/app', {}, 5);
    let read = 0;
    const check = (): ReturnType<Judge['check']> => {
      one.add('7-0-1', recording.records.slice(read));
      read = recording.records.length;
      return one.check();
    };
    expect(check()).toMatchObject({ findings: [{ finding: { rule: 'cross-task-exit', count: 1 } }], limit: expect.stringContaining('new tasks alone') as string });
    // What has to do with the old is not judged any more: somebody unseen may have waited for it.
    const old = recording.named('old', MAIN);
    const middle = recording.named('middle', 2);
    const scope = recording.enter('session', old);
    recording.join(old, middle).end(old);
    recording.exit(scope, recording.named('third', MAIN));
    expect(check()?.findings).toEqual([]);
    strangers(recording);
    expect(check()).toMatchObject({ findings: [{ finding: { rule: 'cross-task-exit', count: 2 } }], final: false });
    recording.enter('open', MAIN);
    recording.ended();
    expect(check()).toMatchObject({ findings: [], final: true });
  });

  it('are marked as known when the key came twice, are counted apart then, and are known no more after it came again', () => {
    const { recording } = strangers();
    const viewer = judge(new Viewer().read(recording), recording).press('3', 'm');
    expect(viewer.snapshot().notice).toBe('m again writes it into known.json, and it fails nothing any more');
    expect(viewer.press('j').snapshot()).not.toHaveProperty('notice');
    expect(viewer.press('m').snapshot()).not.toHaveProperty('wish');
    const [found] = viewer.view.session.findings.values();
    expect(viewer.press('m').snapshot().wish).toEqual({ number: 1, kind: 'mark', finding: found?.key });
    viewer.view.handle({ kind: 'known', fingerprints: new Set([found?.finding.fingerprint ?? '']), notice: 'done' });
    const known = viewer.snapshot();
    expect(known).toMatchObject({ notice: 'done', status: { violations: 0, known: 1 } });
    expect(known).not.toHaveProperty('newest');
    expect(viewer.list().rows[0]).toMatchObject({ tone: 'dim', cells: { severity: { text: '✓ known' } } });
    expect(viewer.press('f').list().rows).toEqual([]);
    expect(viewer.press('f', 'f', 'f', 'enter').pane().title).toBe('Finding, known: it fails nothing');
    expect(viewer.press('m').snapshot().wish).toMatchObject({ number: 2, kind: 'mark' });
  });
});

describe('awaits', () => {
  it('has what is waited for below whoever waits, and marks those that wait for each other', () => {
    const recording = new Recording();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => recording.named(name, MAIN));
    const wait = (call = 0, on = 0): unknown => recording.add({ kind: 'call-standing', call, waits: true, what: 'call', on });
    wait(a, b);
    recording.add({ kind: 'call-standing', call: b ?? 0, waits: true, what: 'promise', handle: 'socket' });
    const viewer = new Viewer().read(recording).press('4');
    expect(viewer.column('name')).toEqual(['task "a" app.mjs:10', '  task "b" app.mjs:10', '    socket']);
    wait(b, c);
    wait(c, b);
    expect(viewer.read(recording).column('name').map((name) => name.trim().replace(' app.mjs:10', ''))).toEqual([
      'task "a"', 'task "b"', 'task "c"', 'task "b"  ⟲ waits for itself',
    ]);
    expect(viewer.press('d').snapshot()).toMatchObject({ wish: { kind: 'dump' }, body: { title: 'Dump' }, pid: 7 });
  });
});

describe('handles and programs', () => {
  it('are listed', () => {
    const recording = new Recording();
    recording.add({ kind: 'handle-opened', handle: 1, type: 'interval', call: MAIN, stack: [recording.site('/app/app.mjs:9:1')] });
    recording.add({ kind: 'counted', tasks: 1, inferredTasks: 0, scopes: 0, dropped: 3 });
    const viewer = new Viewer({ columns: 120 }).read(recording).press('5');
    expect(viewer.list().rows[0]?.cells).toMatchObject({ state: { text: 'open' }, name: { text: 'interval' }, made: { text: '/app/app.mjs:9' } });
    expect(viewer.press('6').list().rows[0]?.cells).toMatchObject({ state: { text: 'running' }, lost: { text: '3' }, pid: { text: '7' } });
    expect(viewer.press('enter').pane().lines.join('\n')).toContain('3 records that the program could not keep');
  });
});
