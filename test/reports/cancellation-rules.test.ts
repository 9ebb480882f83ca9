import { describe, expect, it } from 'vitest';
import { MAIN, Recording, check, ruleIds } from './recording.ts';

/** The main task starts work in a scope and cancels that. */
function cancelledScope(): { r: Recording; scope: number; work: number } {
  const r = new Recording();
  const scope = r.enter('import', MAIN);
  const work = r.spawn(MAIN, { scope, site: r.site('/app/app.mjs:10 work'), from: r.site('/app/app.mjs:4 handle') });
  r.add({ kind: 'scope-cancelled', scope, call: MAIN, reason: 'the user left', stack: [r.site('/app/app.mjs:6 handle')] });
  return { r, scope, work };
}

describe('ignored-cancellation of a scope', () => {
  it('speaks, instead of leaked-task, when a task goes on for too long after its scope was cancelled', () => {
    const { r, scope, work } = cancelledScope();
    r.exit(scope, MAIN).wait(1500).end(work).ended();
    expect(check(r).findings).toMatchObject([
      {
        rule: 'ignored-cancellation',
        severity: 'leak',
        message: 'Task work was started in scope "import" and went on for 1.5 s after the scope had been cancelled (the user left).',
        places: [{ label: 'started here', place: { line: 4 } }, { label: 'cancelled here', place: { line: 6 } }],
      },
    ]);
    expect(ruleIds(r, { abortGraceMs: 2000 })).toEqual(['leaked-task']);
  });

  it('looks at the scopes around the task\'s own', () => {
    const r = new Recording();
    const outer = r.enter('outer', MAIN);
    const inner = r.enter('inner', MAIN, { parent: outer });
    const work = r.spawn(MAIN, { scope: inner });
    r.exit(inner, MAIN).add({ kind: 'scope-cancelled', scope: outer, call: MAIN, stack: [] });
    r.exit(outer, MAIN).wait(1500).end(work).ended();
    expect(check(r).findings).toMatchObject([{ rule: 'ignored-cancellation', scope: { name: 'outer' } }]);
  });

  it('tells how long it was for a task that never ended', () => {
    const { r, scope } = cancelledScope();
    r.exit(scope, MAIN).wait(3000).ended('exit-called');
    expect(check(r).findings[0]?.message).toContain('was still running 3.0 s after the scope had been cancelled');
  });

  it('is quiet about a task that somebody waits for, and about one that was started after the cancellation', () => {
    const { r, scope, work } = cancelledScope();
    r.wait(1500).end(work).join(work, MAIN);
    const later = r.spawn(MAIN, { scope });
    r.wait(1500).end(later).exit(scope, MAIN).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('counts a task that was inferred, and does not judge it', () => {
    const r = new Recording();
    const scope = r.enter('import', MAIN);
    const work = r.spawn(MAIN, { scope, fateInferred: true });
    r.add({ kind: 'scope-cancelled', scope, call: MAIN, stack: [] }).exit(scope, MAIN).wait(1500).end(work).ended();
    expect(check(r)).toMatchObject({ findings: [], undecided: 1 });
  });
});

/** A call works under a signal that the main task made, starts work, and ends when the signal is aborted. */
function abortedCaller(options: { from?: string } = {}): { r: Recording; caller: number; work: number } {
  const r = new Recording();
  r.add({ kind: 'signal-created', signal: 1, how: 'controller', call: MAIN });
  const caller = r.spawn(MAIN, { site: r.site('/app/app.mjs:2 handle') });
  const from = r.site(options.from ?? '/app/app.mjs:4 handle');
  const work = r.spawn(caller, { site: r.site('/app/app.mjs:10 work'), from });
  r.add({ kind: 'signal-used', signal: 1, call: caller, how: 'listener', api: 'fetch', aborted: false, stack: [from] });
  return { r, caller, work };
}

/** The work is suspended twice more, half a second later. */
function goOn(r: Recording, ...works: number[]): Recording {
  for (let n = 0; n < 2; n++) {
    r.wait(250);
    for (const work of works) r.add({ kind: 'work-continued', call: work });
  }
  return r;
}

const ABORTED = { kind: 'signal-aborted', signal: 1, call: MAIN, reason: 'the user left' } as const;

describe('ignored-cancellation of a signal', () => {
  it('speaks when work goes on that its caller started without the signal which it obeyed', () => {
    const { r, caller, work } = abortedCaller();
    r.add({ ...ABORTED, users: [caller], stack: [r.site('/app/app.mjs:20')] }).end(caller).wait(1000);
    goOn(r, work).end(work).ended();
    expect(check(r).findings).toMatchObject([
      {
        rule: 'ignored-cancellation',
        message:
          'Task work was started by handle, which ended when its signal was aborted (the user left), and went on for ' +
          '1.5 s after that: it had never been given the signal.',
        expectedTask: { label: 'handle' },
        places: [{ label: 'started here', place: { line: 4 } }, { label: 'aborted here', place: { line: 20 } }],
      },
    ]);
    expect(ruleIds(r, { abortGraceMs: 2000 })).toEqual([]);
  });

  it('is quiet when somebody waits for the work, and when the caller goes on', () => {
    const joined = abortedCaller();
    joined.r.add({ ...ABORTED, users: [joined.caller], stack: [] }).wait(1000);
    goOn(joined.r, joined.work).end(joined.work).join(joined.work, joined.caller).end(joined.caller).ended();
    expect(ruleIds(joined.r)).toEqual([]);
    const busy = abortedCaller();
    busy.r.add({ ...ABORTED, users: [busy.caller], stack: [] }).wait(1000);
    goOn(busy.r, busy.work).end(busy.work).end(busy.caller).ended();
    expect(ruleIds(busy.r)).toEqual([]);
  });

  it('is quiet about work that only finishes a long step', () => {
    const { r, caller, work } = abortedCaller();
    r.add({ ...ABORTED, users: [caller], stack: [] }).end(caller).add({ kind: 'work-continued', call: work });
    r.wait(3000).end(work).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('is quiet about the background of a helper, and of an installed package', () => {
    for (const from of ['/app/log.mjs:7 write', '/app/node_modules/log/index.js:7 handle']) {
      const { r, caller, work } = abortedCaller({ from });
      r.add({ ...ABORTED, users: [caller], stack: [] }).end(caller).wait(1000);
      goOn(r, work).end(work).ended();
      expect(ruleIds(r)).toEqual([]);
    }
  });

  it('is quiet about work that works under a signal which is aborted as well', () => {
    const { r, caller, work } = abortedCaller();
    const part = r.spawn(work);
    r.add({ kind: 'signal-created', signal: 2, how: 'controller', call: caller });
    r.add({ ...ABORTED, users: [caller], stack: [] });
    r.add({ ...ABORTED, signal: 2, users: [part], stack: [] }).end(caller).wait(1000);
    goOn(r, work).end(part).end(work).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('is quiet about a single task that never ends, and speaks of several', () => {
    const one = abortedCaller();
    one.r.add({ ...ABORTED, users: [one.caller], stack: [] }).end(one.caller).wait(1000);
    goOn(one.r, one.work).ended('exit-called');
    expect(ruleIds(one.r)).toEqual([]);
    const two = abortedCaller();
    const other = two.r.spawn(two.caller, { site: two.r.site('/app/app.mjs:10 work'), from: two.r.site('/app/app.mjs:4 handle') });
    two.r.add({ ...ABORTED, users: [two.caller], stack: [] }).end(two.caller).wait(1000);
    goOn(two.r, two.work, other).ended('exit-called');
    expect(check(two.r).findings).toMatchObject([{ rule: 'ignored-cancellation', count: 2 }]);
  });

  it('is quiet when a signal of the operating system was the cause, and when there may be users that were not seen', () => {
    const shutdown = abortedCaller();
    const handler = shutdown.r.callback('SIGNALWRAP', MAIN);
    shutdown.r.add({ ...ABORTED, call: handler, users: [shutdown.caller], stack: [] }).end(shutdown.caller).wait(1000);
    goOn(shutdown.r, shutdown.work).end(shutdown.work).ended();
    expect(ruleIds(shutdown.r)).toEqual([]);
    const unseen = abortedCaller();
    unseen.r.add({ ...ABORTED, users: [unseen.caller], partial: true, stack: [] }).end(unseen.caller).wait(1000);
    goOn(unseen.r, unseen.work).end(unseen.work).ended();
    expect(ruleIds(unseen.r)).toEqual([]);
  });
});
