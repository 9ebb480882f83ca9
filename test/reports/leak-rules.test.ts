import { describe, expect, it } from 'vitest';
import { MAIN, Recording, check, ruleIds } from './recording.ts';

/** The main task starts work in a scope and exits it. */
function startedInScope(options: { site?: string; from?: string } = {}): { r: Recording; scope: number; work: number } {
  const r = new Recording();
  const scope = r.enter('request', MAIN);
  const site = r.site(options.site ?? '/app/app.mjs:10 work');
  const from = r.site(options.from ?? '/app/app.mjs:4 handle');
  const work = r.spawn(MAIN, { scope, site, from });
  return { r, scope, work };
}

describe('leaked-task', () => {
  it('speaks when a task outlives its scope past the grace period', () => {
    const { r, scope, work } = startedInScope();
    r.exit(scope, MAIN, [r.site('/app/app.mjs:7 handle')]).wait(250).end(work).ended();
    expect(check(r).findings).toMatchObject([
      {
        rule: 'leaked-task',
        severity: 'leak',
        message: 'Task work was started in scope "request" and went on for 251 ms after the scope had been exited.',
        task: { path: ['main', 'work app.mjs:10'] },
        expectedTask: { label: 'main' },
        places: [
          { label: 'started here', place: { line: 4 } },
          { label: 'scope exited here', place: { line: 7 } },
        ],
      },
    ]);
  });

  it('speaks when the task is still running at the end, and shows where it is suspended', () => {
    const { r, scope, work } = startedInScope();
    r.exit(scope, MAIN);
    r.add({ kind: 'call-pending', call: work, at: r.site('/app/app.mjs:13 work') }).ended();
    expect(check(r).findings).toMatchObject([
      {
        rule: 'leaked-task',
        message: 'Task work was started in scope "request" and was still running when the program ended.',
        places: [{}, {}, { label: 'suspended here', place: { line: 13 } }],
      },
    ]);
  });

  it('shows the beginning of a block that ended by itself, and the innermost place it waits at', () => {
    const r = new Recording();
    const scope = r.enter('request', MAIN, { stack: [r.site('/app/app.mjs:2 handle')] });
    const work = r.spawn(MAIN, { scope });
    const inner = r.awaited(work);
    r.exit(scope, MAIN).add({ kind: 'call-pending', call: work, at: r.site('/app/app.mjs:11 work') });
    r.add({ kind: 'call-pending', call: inner, at: r.site('/app/app.mjs:15 read') }).ended();
    expect(check(r).findings[0]?.places).toMatchObject([
      { label: 'started here' },
      { label: 'scope entered here, exited at the end of its block', place: { line: 2 } },
      { label: 'suspended here', place: { line: 15 } },
    ]);
  });

  it('is quiet about a task that ends within the grace period', () => {
    const { r, scope, work } = startedInScope();
    r.exit(scope, MAIN).wait(50).end(work).ended();
    expect(ruleIds(r)).toEqual([]);
    expect(ruleIds(r, { graceMs: 10 })).toEqual(['leaked-task']);
  });

  it('is quiet about a task that ended before its scope', () => {
    const { r, scope, work } = startedInScope();
    r.end(work).wait(500).exit(scope, MAIN).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('is quiet about a promise that somebody outside the scope waits for too', () => {
    const { r, scope, work } = startedInScope();
    const other = r.spawn(MAIN);
    r.observe(work, other).exit(scope, MAIN).wait(500).end(work).end(other).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('speaks although somebody inside the scope waits for it', () => {
    const { r, scope, work } = startedInScope();
    const inside = r.spawn(MAIN, { scope });
    r.observe(work, inside).exit(scope, MAIN).end(inside).wait(500).end(work).ended();
    expect(ruleIds(r)).toEqual(['leaked-task']);
  });

  it('is quiet about a task that was joined later', () => {
    const { r, scope, work } = startedInScope();
    r.exit(scope, MAIN).wait(500).end(work).join(work, MAIN).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('is quiet about a scheduled callback', () => {
    const r = new Recording();
    const scope = r.enter('s', MAIN);
    const timer = r.callback('Timeout', MAIN, { scope, site: r.site('/app/a.mjs:1 tick') });
    r.exit(scope, MAIN).wait(500).end(timer).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it("is quiet about an installed package's own work, yet not about the user's use of it", () => {
    const loop = '/app/node_modules/pool/index.js:40 loop';
    const own = startedInScope({ site: loop, from: '/app/node_modules/pool/index.js:12 start' });
    own.r.exit(own.scope, MAIN).wait(500).end(own.work).ended();
    expect(ruleIds(own.r)).toEqual([]);

    const users = startedInScope({ site: loop });
    users.r.exit(users.scope, MAIN).wait(500).end(users.work).ended();
    expect(ruleIds(users.r)).toEqual(['leaked-task']);
  });

  it('counts instead of speaking when it was inferred that the task is one', () => {
    const r = new Recording();
    const scope = r.enter('s', MAIN);
    const work = r.spawn(MAIN, { scope, fateInferred: true });
    r.exit(scope, MAIN).wait(500).end(work).ended();
    expect(check(r)).toEqual({ findings: [], undecided: 1 });
  });

  it('reports a leaked task once, and not the work it waits for', () => {
    const { r, scope, work } = startedInScope();
    const parts = [r.spawn(work, { scope }), r.spawn(work, { scope })];
    r.exit(scope, MAIN).wait(500);
    for (const part of parts) r.end(part);
    r.end(work).ended();
    expect(check(r).findings).toMatchObject([{ rule: 'leaked-task', count: 1 }]);
  });

  it('is quiet about a task that exited the scope itself', () => {
    const { r, scope, work } = startedInScope();
    r.exit(scope, work).wait(500).end(work).ended();
    expect(ruleIds(r)).toEqual(['cross-task-exit']);
  });

  it('needs the grace period to have passed in a recording that was cut', () => {
    const early = startedInScope();
    early.r.exit(early.scope, MAIN).wait(20).enter('later', MAIN);
    expect(ruleIds(early.r)).toEqual([]);
    const late = startedInScope();
    late.r.exit(late.scope, MAIN).wait(200).enter('later', MAIN);
    expect(ruleIds(late.r)).toEqual(['leaked-task']);
  });
});

describe('unfinished-at-exit', () => {
  it('speaks once for a task, naming how much it held', () => {
    const r = new Recording();
    const work = r.spawn(MAIN);
    const outer = r.enter('worker', work, { stack: [r.site('/app/w.mjs:2 work')] });
    r.enter('poll', work, { parent: outer });
    r.add({ kind: 'call-pending', call: work, at: r.site('/app/w.mjs:5 work') }).ended('exit-called');
    expect(check(r).findings).toMatchObject([
      {
        rule: 'unfinished-at-exit',
        message:
          'Task work was still inside scope "worker" and 1 more scope when the program was made to exit, so its clean-up never ran.',
        places: [{ label: 'entered here' }, { label: 'suspended here', place: { line: 5 } }],
      },
    ]);
  });

  it('speaks of a task that can never go on when the program drains', () => {
    const r = new Recording();
    const work = r.spawn(MAIN);
    r.enter('s', work);
    r.add({ kind: 'call-pending', call: work }).ended();
    expect(check(r).findings).toMatchObject([{ rule: 'unfinished-at-exit', advice: expect.stringContaining('waits for') }]);
  });

  it('speaks of a main task that a top-level await holds inside a scope', () => {
    const r = new Recording();
    const run = r.awaited(MAIN);
    r.enter('s', run);
    r.add({ kind: 'call-pending', call: run, at: r.site('/app/m.mjs:3 run') }).ended();
    expect(ruleIds(r)).toEqual(['unfinished-at-exit']);
  });

  it('is quiet about tasks that are pending without a scope', () => {
    const r = new Recording();
    const poll = r.spawn(MAIN);
    r.add({ kind: 'call-pending', call: poll }).ended('signal');
    expect(ruleIds(r)).toEqual([]);
  });

  it('leaves a leaked task to leaked-task', () => {
    const { r, scope, work } = startedInScope();
    r.enter('inner', work, { parent: scope });
    r.exit(scope, MAIN).add({ kind: 'call-pending', call: work }).ended();
    expect(ruleIds(r)).toEqual(['leaked-task']);
  });

  it('is quiet about a recording without an end', () => {
    const r = new Recording();
    r.enter('s', r.spawn(MAIN));
    expect(ruleIds(r)).toEqual([]);
  });
});

describe('vanished-task', () => {
  it('speaks with the scope that the task held, and no other rule does', () => {
    const { r, scope, work } = startedInScope();
    r.enter('reply', work, { parent: scope, stack: [r.site('/app/app.mjs:11 work')] });
    r.exit(scope, MAIN).wait(500).add({ kind: 'call-vanished', call: work }).ended();
    expect(check(r).findings).toMatchObject([
      {
        rule: 'vanished-task',
        message:
          'Task work was suspended inside scope "reply" on something that nothing could settle, and was collected: its `finally` can never run.',
      },
    ]);
  });

  it('speaks when the body of a named task vanished', () => {
    const r = new Recording();
    const job = r.named('job', MAIN);
    const body = r.awaited(job);
    r.add({ kind: 'call-vanished', call: body }).ended();
    expect(ruleIds(r)).toEqual(['vanished-task']);
  });

  it("is quiet about an installed package's own tasks", () => {
    const library = '/app/node_modules/x/index.js:1 go';
    const { r, work } = startedInScope({ site: library, from: library });
    r.exit(1, MAIN).add({ kind: 'call-vanished', call: work }).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('counts instead of speaking when it was inferred that the task is one', () => {
    const r = new Recording();
    const work = r.spawn(MAIN, { fateInferred: true });
    r.add({ kind: 'call-vanished', call: work }).ended();
    expect(check(r)).toEqual({ findings: [], undecided: 1 });
  });
});

describe('patterns that must stay quiet', () => {
  it('fan-out with Promise.all, each part with a scope of its own', () => {
    const r = new Recording();
    const scope = r.enter('all', MAIN);
    const parts = [1, 2, 3].map(() => r.spawn(MAIN, { scope }));
    const own = parts.map((part) => r.enter('part', part, { parent: scope }));
    parts.forEach((part, at) => r.exit(own[at] ?? 0, part).end(part));
    for (const part of parts) r.join(part, MAIN);
    r.exit(scope, MAIN).ended();
    expect(check(r)).toEqual({ findings: [], undecided: 0 });
  });

  it('break out of for await: the generator closes in the task that iterates it', () => {
    const r = new Recording();
    const reader = r.awaited(MAIN);
    const next = r.call('generator', reader, { fate: 'awaited' });
    const scope = r.enter('stream', next);
    const closing = r.call('generator', reader, { fate: 'awaited' });
    r.exit(scope, closing).ended();
    expect(check(r)).toEqual({ findings: [], undecided: 0 });
  });

  it('request coalescing: two requests wait for the work that the first one started', () => {
    const r = new Recording();
    const [a, b] = [r.callback('HTTPINCOMINGMESSAGE', MAIN), r.callback('HTTPINCOMINGMESSAGE', MAIN)];
    const scopeA = r.enter('request', a);
    const load = r.spawn(a, { scope: scopeA });
    const scopeB = r.enter('request', b);
    r.observe(load, b).exit(scopeA, a).wait(300).end(load).join(load, b).exit(scopeB, b).ended();
    expect(check(r)).toEqual({ findings: [], undecided: 0 });
  });

  it("a daemon's polling loop that a signal ends", () => {
    const r = new Recording();
    const loop = r.spawn(MAIN);
    for (let round = 0; round < 3; round++) {
      const scope = r.enter('round', loop);
      r.exit(scope, loop).wait(1000);
    }
    r.add({ kind: 'call-pending', call: loop }).ended('signal');
    expect(check(r)).toEqual({ findings: [], undecided: 0 });
  });

  it('a signal shared by parallel calls: one scope cancelled by a timer, exited by its host', () => {
    const r = new Recording();
    const scope = r.enter('deadline', MAIN);
    const parts = [r.spawn(MAIN, { scope }), r.spawn(MAIN, { scope })];
    r.add({ kind: 'scope-cancelled', scope, call: r.callback('Timeout', MAIN), stack: [] });
    for (const part of parts) r.end(part).join(part, MAIN);
    r.exit(scope, MAIN).ended();
    expect(check(r)).toEqual({ findings: [], undecided: 0 });
  });
});
