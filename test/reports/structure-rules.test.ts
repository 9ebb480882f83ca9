import { describe, expect, it } from 'vitest';
import { MAIN, Recording, check, ruleIds } from './recording.ts';

describe('cross-task-exit', () => {
  it('speaks when a sibling exits the scope after its host task had ended', () => {
    const r = new Recording();
    const open = r.named('OBSERVATION', MAIN, { from: r.site('/app/app.mjs:31') });
    const scope = r.enter('session', open, { stack: [r.site('/app/client.mjs:12:9 connect')] });
    r.end(open);
    const close = r.named('ANALYSIS', MAIN, { from: r.site('/app/app.mjs:44') });
    r.exit(scope, close, [r.site('/app/client.mjs:30:3 close')]).end(close).ended();
    const [finding, ...others] = check(r).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'cross-task-exit',
      severity: 'violation',
      certainty: 'certain',
      message:
        'Scope "session" was entered by task "OBSERVATION" and exited by task "ANALYSIS"; ' +
        'the host task had already ended and nobody had waited for it.',
      task: { label: 'task "ANALYSIS"', path: ['main', 'task "ANALYSIS" app.mjs:44'] },
      expectedTask: { label: 'task "OBSERVATION"', path: ['main', 'task "OBSERVATION" app.mjs:31'] },
      places: [
        { label: 'entered here', place: { file: '/app/client.mjs', line: 12, column: 9, function: 'connect' } },
        { label: 'exited here', place: { file: '/app/client.mjs', line: 30, column: 3, function: 'close' } },
      ],
      scope: { name: 'session' },
      count: 1,
    });
    expect(finding?.advice).toMatch(/^Keep "session" inside one task/);
  });

  it('says that the host task was still running, and advises to let it exit', () => {
    const r = new Recording();
    const scope = r.enter('s', MAIN);
    const helper = r.spawn(MAIN);
    r.exit(scope, helper).end(helper).ended();
    const [finding] = check(r).findings;
    expect(finding?.message).toContain('the host task, which had spawned it, was still running');
    expect(finding?.advice).toBe('Let the main task exit "s" itself: signal it to stop, and wait for it to end.');
  });

  it('speaks when a timer exits the scope', () => {
    const r = new Recording();
    const scope = r.enter('s', MAIN);
    r.exit(scope, r.callback('Timeout', MAIN)).ended();
    expect(check(r).findings[0]?.message).toContain('exited by a timer');
  });

  it('decides late: the fate of the exiting call may come after the exit', () => {
    const r = new Recording();
    const scope = r.enter('s', MAIN);
    const call = r.call('async', MAIN);
    r.exit(scope, call).add({ kind: 'call-spawned', call, by: MAIN }).end(call).ended();
    expect(ruleIds(r)).toEqual(['cross-task-exit']);
  });

  /** A resource of a library's that one task takes and another one gives back. */
  const giveBack = (r: Recording, taker: number, giver: number): readonly string[] => {
    r.add({ kind: 'scope-entered', scope: 1, call: taker, scopeKind: 'declared', name: 'client', stack: [] });
    r.end(taker).exit(1, giver).end(giver).ended();
    return ruleIds(r);
  };

  it('is quiet when a framework calls the hook that closes, a tick after it was told to', () => {
    const r = new Recording();
    const from = r.site('/app/node_modules/framework/index.js:3');
    const boot = r.callback('TickObject', r.callback('Microtask', MAIN, { from }), { from });
    const close = r.callback('TickObject', MAIN, { from });
    expect(giveBack(r, r.spawn(boot, { from }), r.spawn(close, { from }))).toEqual([]);
  });

  it('is quiet when a hook closes because of a signal', () => {
    const r = new Recording();
    const handler = r.callback('SIGNALWRAP', MAIN);
    expect(giveBack(r, r.spawn(MAIN), r.spawn(r.callback('TickObject', handler)))).toEqual([]);
  });

  it('speaks when a package calls two jobs, or frameworks are told by unrelated tasks', () => {
    const jobs = new Recording();
    const from = jobs.site('/app/node_modules/queue/index.js:3');
    expect(giveBack(jobs, jobs.spawn(MAIN, { from }), jobs.spawn(MAIN, { from }))).toEqual(['cross-task-exit']);
    const timers = new Recording();
    const hook = timers.site('/app/node_modules/framework/index.js:3');
    const [open, close] = [0, 1].map(() => timers.callback('TickObject', timers.callback('Timeout', MAIN), { from: hook })) as [number, number];
    expect(giveBack(timers, timers.spawn(open, { from: hook }), timers.spawn(close, { from: hook }))).toEqual(['cross-task-exit']);
  });

  it('is quiet when the exit comes from an awaited callee', () => {
    const r = new Recording();
    const scope = r.enter('s', r.awaited(MAIN));
    r.exit(scope, r.awaited(r.awaited(MAIN))).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('counts instead of speaking when an identity was inferred', () => {
    const undecided = new Recording();
    const host = undecided.spawn(MAIN);
    const scope = undecided.enter('s', undecided.call('async', host));
    undecided.exit(scope, MAIN).end(host).ended();
    expect(check(undecided)).toEqual({ findings: [], undecided: 1 });

    const inferred = new Recording();
    const stranger = inferred.spawn(MAIN, { fateInferred: true });
    inferred.exit(inferred.enter('s', MAIN), stranger).end(stranger).ended();
    expect(check(inferred)).toEqual({ findings: [], undecided: 1 });
  });

  it('counts instead of speaking when a join may be among lost records', () => {
    const r = new Recording();
    const host = r.spawn(MAIN);
    const scope = r.enter('s', host);
    r.end(host).add({ kind: 'counted', tasks: 2, inferredTasks: 0, scopes: 1, dropped: 4 });
    r.exit(scope, MAIN).ended();
    expect(check(r)).toEqual({ findings: [], undecided: 1 });
  });
});

describe('ownership', () => {
  const openedElsewhere = (): { r: Recording; host: number; scope: number } => {
    const r = new Recording();
    const host = r.spawn(MAIN);
    return { r, host, scope: r.enter('s', host) };
  };

  it('passes to the task that joined the ended host', () => {
    const { r, host, scope } = openedElsewhere();
    r.end(host).join(host, MAIN).exit(scope, MAIN).ended();
    expect(ruleIds(r)).toEqual([]);
    expect(ruleIds(r, { strict: true })).toEqual(['cross-task-exit']);
  });

  it('does not pass before the host has ended', () => {
    const { r, host, scope } = openedElsewhere();
    r.exit(scope, MAIN).end(host).join(host, MAIN).ended();
    expect(ruleIds(r)).toEqual(['cross-task-exit']);
  });

  it('passes on along several joins', () => {
    const r = new Recording();
    const outer = r.spawn(MAIN);
    const inner = r.spawn(outer);
    const scope = r.enter('s', r.awaited(inner));
    r.end(inner).join(inner, r.awaited(outer)).end(outer).join(outer, r.awaited(MAIN));
    r.exit(scope, r.awaited(MAIN)).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('passes to everyone who waited, as with a shared promise', () => {
    const { r, host, scope } = openedElsewhere();
    const other = r.spawn(MAIN);
    r.end(host).join(host, MAIN).join(host, other).exit(scope, other).end(other).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('passes when the end is recorded after the join', () => {
    const { r, host, scope } = openedElsewhere();
    r.join(host, MAIN).end(host).exit(scope, MAIN).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('passes from a named task that its caller awaits at once', () => {
    const r = new Recording();
    const job = r.named('job', MAIN, { fate: 'awaited' });
    const scope = r.enter('s', job);
    r.end(job).exit(scope, MAIN).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('does not pass to the spawner that never waited', () => {
    const { r, host, scope } = openedElsewhere();
    r.end(host).exit(scope, MAIN).ended();
    expect(ruleIds(r)).toEqual(['cross-task-exit']);
  });

  it('is in doubt when it was inferred who waited and the one that exits may have', () => {
    const { r, host, scope } = openedElsewhere();
    const there = r.spawn(MAIN);
    r.end(host).join(host, MAIN, true).exit(scope, there).end(there).ended();
    expect(check(r)).toEqual({ findings: [], undecided: 1 });

    const late = openedElsewhere();
    late.r.end(late.host).join(late.host, MAIN, true);
    const [exiting, other] = [late.r.spawn(MAIN), late.r.spawn(MAIN)];
    late.r.end(other).join(other, exiting).exit(late.scope, exiting).end(exiting).ended();
    expect(check(late.r)).toEqual({ findings: [], undecided: 1 });
  });

  it('is in no doubt about a task that was started only after the inferred join', () => {
    const { r, host, scope } = openedElsewhere();
    r.end(host).join(host, MAIN, true);
    const stranger = r.spawn(MAIN);
    r.exit(scope, stranger).end(stranger).ended();
    expect(check(r).findings).toMatchObject([
      {
        rule: 'cross-task-exit',
        expectedTask: { label: 'work' },
        message: expect.stringContaining('the exiting task had not waited for it'),
      },
    ]);
  });

  it('names the task that had received the scope as the one that should have exited it', () => {
    const { r, host, scope } = openedElsewhere();
    r.end(host).join(host, MAIN);
    const stranger = r.callback('Timeout', MAIN);
    r.exit(scope, stranger).ended();
    expect(check(r).findings).toMatchObject([
      {
        message: 'Scope "s" was entered by task work and exited by a timer; the scope had passed to the main task, which had waited for the host task.',
        expectedTask: { label: 'main' },
        roles: { expectedTask: 'owned by' },
      },
    ]);
  });

  it('is quiet about a task that the owner started and waits for, unless it is to be strict', () => {
    const r = new Recording();
    const scope = r.enter('s', MAIN);
    const closing = r.spawn(MAIN);
    r.exit(scope, closing).end(closing).join(closing, MAIN).ended();
    expect(ruleIds(r)).toEqual([]);
    expect(check(r, { strict: true }).findings).toMatchObject([{ rule: 'cross-task-exit' }]);
  });

  it('speaks when what the owner waits for had been started by a stranger', () => {
    const r = new Recording();
    const [host, stranger] = [r.spawn(MAIN), r.spawn(MAIN)];
    const scope = r.enter('s', host);
    const closing = r.spawn(stranger);
    r.exit(scope, closing).end(closing).join(closing, stranger).end(host).end(stranger).ended();
    expect(ruleIds(r)).toEqual(['cross-task-exit']);
  });

  it('is quiet about the handler of a signal that the owner set', () => {
    const r = new Recording();
    const scope = r.enter('s', MAIN);
    const call = r.callback('SIGNALWRAP', MAIN);
    r.exit(scope, call).end(call).ended();
    expect(ruleIds(r)).toEqual([]);
  });
});

describe('misnested-exit', () => {
  it('speaks once, naming the inner scope', () => {
    const r = new Recording();
    const outer = r.enter('outer', MAIN);
    const inner = r.enter('inner', MAIN, { parent: outer });
    r.exit(outer, MAIN, [r.site('/app/app.mjs:9')]).exit(inner, MAIN).ended();
    const { findings } = check(r);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'misnested-exit',
      scope: { name: 'outer' },
      message: 'The main task exited scope "outer" while scope "inner", which was entered inside it, was still open.',
    });
  });

  it('speaks about scopes that were received by joining', () => {
    const r = new Recording();
    const helper = r.spawn(MAIN);
    const outer = r.enter('outer', helper);
    const inner = r.enter('inner', helper, { parent: outer });
    r.end(helper).join(helper, MAIN).exit(outer, MAIN, [r.site('/app/app.mjs:9')]).exit(inner, MAIN).ended();
    expect(ruleIds(r)).toEqual(['misnested-exit']);
  });

  it('is quiet about what leaves its block open and is exited later', () => {
    const r = new Recording();
    const block = r.enter('request', MAIN);
    const pool = r.enter('pool', MAIN, { parent: block });
    r.exit(block, MAIN).exit(pool, MAIN, [r.site('/app/app.mjs:9')]).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('is quiet about the right order and about neighbours', () => {
    const nested = new Recording();
    const outer = nested.enter('outer', MAIN);
    const inner = nested.enter('inner', MAIN, { parent: outer });
    nested.exit(inner, MAIN).exit(outer, MAIN).ended();
    expect(ruleIds(nested)).toEqual([]);

    const parallel = new Recording();
    const [a, b] = [parallel.spawn(MAIN), parallel.spawn(MAIN)];
    const [first, second] = [parallel.enter('a', a), parallel.enter('b', b)];
    parallel.end(a).end(b).join(a, MAIN).join(b, MAIN);
    parallel.exit(first, MAIN).exit(second, MAIN).ended();
    expect(ruleIds(parallel)).toEqual([]);
  });

  it('leaves the word to the rule that knows the inner scope better', () => {
    const open = new Recording();
    const outer = open.enter('outer', MAIN);
    open.enter('inner', MAIN, { parent: outer });
    open.exit(outer, MAIN).ended();
    expect(ruleIds(open)).toEqual(['unclosed-scope']);

    const stolen = new Recording();
    const around = stolen.enter('outer', MAIN);
    const inner = stolen.enter('inner', MAIN, { parent: around });
    stolen.exit(around, MAIN);
    const thief = stolen.spawn(MAIN);
    stolen.exit(inner, thief).end(thief).ended();
    expect(ruleIds(stolen)).toEqual(['cross-task-exit']);
  });

  it('speaks once for each scope of ten thousand that are exited from the outside in', () => {
    const r = new Recording();
    const scopes: number[] = [];
    for (let at = 0; at < 10_000; at++) {
      const parent = scopes.at(-1);
      scopes.push(r.enter('level', MAIN, parent === undefined ? {} : { parent }));
    }
    const site = r.site('/app/app.mjs:9');
    for (const scope of scopes) r.exit(scope, MAIN, [site]);
    r.ended();
    expect(check(r).findings).toMatchObject([{ rule: 'misnested-exit', count: 9_999 }]);
  });
});

describe('double-exit', () => {
  it('shows both exits', () => {
    const r = new Recording();
    const scope = r.enter('s', MAIN);
    r.exit(scope, MAIN, [r.site('/app/a.mjs:5 close')]).exit(scope, MAIN, [r.site('/app/a.mjs:9 run')]).ended();
    expect(check(r).findings).toMatchObject([
      {
        rule: 'double-exit',
        message: 'Scope "s" had been exited by the main task and was exited again by the same task.',
        places: [{ place: { line: 5 } }, { place: { line: 9 } }],
      },
    ]);
  });

  it('speaks of a stranger that exits after the owner', () => {
    const r = new Recording();
    const scope = r.enter('s', MAIN);
    const late = r.spawn(MAIN);
    r.exit(scope, MAIN).exit(scope, late).end(late).ended();
    expect(ruleIds(r)).toEqual(['double-exit']);
  });

  it('does not blame the owner for exiting after a stranger', () => {
    const r = new Recording();
    const scope = r.enter('s', MAIN);
    const stranger = r.spawn(MAIN);
    r.exit(scope, stranger).end(stranger).exit(scope, MAIN).ended();
    expect(ruleIds(r)).toEqual(['cross-task-exit']);
  });
});

describe('use-after-exit', () => {
  it('shows the exit and the use', () => {
    const r = new Recording();
    const scope = r.enter('call 1', MAIN);
    r.exit(scope, MAIN);
    const timer = r.callback('Timeout', MAIN);
    r.use(scope, timer, 'cancel').ended();
    expect(check(r).findings).toMatchObject([
      {
        rule: 'use-after-exit',
        message: 'Scope "call 1" was used (cancel) by a timer after the main task had exited it.',
        places: [{ label: 'entered here, exited at the end of its block' }, { label: 'used here' }],
        advice: 'Before the main task exits "call 1", stop the timer and wait until it has ended.',
      },
    ]);
  });

  it('is quiet about a use before the exit', () => {
    const r = new Recording();
    const scope = r.enter('s', MAIN);
    r.use(scope, MAIN).exit(scope, MAIN).ended();
    expect(ruleIds(r)).toEqual([]);
  });
});

describe('unclosed-scope', () => {
  it('speaks when the program drains', () => {
    const r = new Recording();
    r.enter('s', MAIN);
    r.ended();
    expect(check(r).findings).toMatchObject([
      { rule: 'unclosed-scope', message: 'Scope "s" was entered by the main task and never exited before the program ended.' },
    ]);
  });

  it('speaks when the host has ended unjoined, however the program ends', () => {
    const r = new Recording();
    const host = r.spawn(MAIN);
    r.enter('s', host);
    r.end(host).ended('exit-called');
    expect(check(r).findings).toMatchObject([{ rule: 'unclosed-scope', message: expect.stringContaining('before task work ended') }]);
  });

  it('speaks of a scope that passed to the main task and was kept', () => {
    const r = new Recording();
    const host = r.spawn(MAIN);
    r.enter('s', host);
    r.end(host).join(host, MAIN).ended();
    expect(check(r).findings[0]?.message).toBe(
      'Scope "s" was entered by task work, passed to the main task and never exited before the program ended.',
    );
  });

  it('leaves it to unfinished-at-exit while an owner is alive', () => {
    const r = new Recording();
    r.enter('s', MAIN);
    r.ended('exit-called');
    expect(ruleIds(r)).toEqual(['unfinished-at-exit']);
  });

  it('says nothing about a recording without an end, or with losses', () => {
    const killed = new Recording();
    killed.enter('s', MAIN);
    expect(check(killed)).toEqual({ findings: [], undecided: 0 });

    const stopped = new Recording();
    stopped.enter('s', MAIN);
    stopped.add({ kind: 'tracker-failed', reason: 'out of memory.', stopped: true }).ended();
    expect(ruleIds(stopped)).toEqual([]);
  });
});
