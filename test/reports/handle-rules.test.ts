import { describe, expect, it } from 'vitest';
import type { HandleOpened } from '../../tracker/protocol.ts';
import { check, MAIN, Recording, ruleIds } from './recording.ts';

type Options = Partial<Omit<HandleOpened, 'kind' | 'handle' | 'stack'>> & { readonly place?: string };

let lastHandle = 0;

/** Made in the scope and still there at its exit. */
function open(r: Recording, scope: number, options: Options = {}): number {
  const handle = ++lastHandle;
  const { place = '/app/app.mjs:5 handle', ...rest } = options;
  const stack = place === '' ? [] : [r.site(place)];
  r.add({ kind: 'handle-opened', handle, type: 'interval', call: MAIN, scope, stack, by: 'node:timers', local: true, ...rest });
  r.add({ kind: 'handle-standing', handle, refd: true });
  return handle;
}

function stand(r: Recording, handle: number, refd = true): Recording {
  return r.add({ kind: 'handle-standing', handle, refd });
}

/** A scope that is over, and a timer of it that lost a race and comes due after a while. */
function lostRace(options: Options = {}): Recording {
  const r = new Recording();
  const scope = r.enter('request', MAIN);
  r.exit(scope, MAIN, [r.site('/app/app.mjs:9 handle')]);
  const handle = open(r, scope, { type: 'timer', lostRace: true, ...options });
  r.wait(300).add({ kind: 'handle-closed', handle, how: 'fired', openAtMs: 304 });
  return r.ended();
}

/** Runs of one scope, each of which leaves something that stands at the end. */
function leftByEach(runs: number, options: Options = {}, end: 'drained' | 'exit-called' = 'exit-called'): Recording {
  const r = new Recording();
  const entrance = r.site('/app/app.mjs:3 job');
  const handles: number[] = [];
  for (let n = 0; n < runs; n++) {
    const scope = r.enter('job', MAIN, { stack: [entrance] });
    r.exit(scope, MAIN);
    handles.push(open(r, scope, options));
  }
  r.wait(300);
  for (const handle of handles) stand(r, handle);
  return r.ended(end);
}

describe('leaked-timer', () => {
  it('speaks of the timer of a promise that lost a race', () => {
    expect(check(lostRace()).findings).toMatchObject([
      {
        rule: 'leaked-timer',
        severity: 'leak',
        message:
          'A timer was started in scope "request" for a race that was decided without it, and it came due 302 ms ' +
          'after the scope had been exited.',
        places: [{ label: 'timer started here', place: { line: 5 } }, { label: 'scope exited here', place: { line: 9 } }],
      },
    ]);
  });

  it('is quiet about every other timer', () => {
    const r = new Recording();
    const scope = r.enter('request', MAIN);
    r.exit(scope, MAIN);
    const handle = open(r, scope, { type: 'timer' });
    r.wait(300).add({ kind: 'handle-closed', handle, how: 'fired', openAtMs: 304 }).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('is quiet within the grace period', () => {
    expect(ruleIds(lostRace(), { graceMs: 400 })).toEqual([]);
  });

  it.each([
    ['an installed package', { place: '/app/node_modules/p-timeout/index.js:5 timeout' }],
    ["a part of Node other than the timers, such as AbortSignal's", { by: 'node:internal/abort_controller' }],
    ['Node alone', { place: '' }],
  ])('is quiet when it was made by %s', (_who, options) => {
    expect(ruleIds(lostRace(options))).toEqual([]);
  });

  it('does not judge a timer of which it was inferred who made it', () => {
    expect(check(lostRace({ inferred: true }))).toMatchObject({ findings: [], undecided: 1 });
  });

  it('is quiet when the task that made it outlived the scope, too', () => {
    const r = new Recording();
    const scope = r.enter('request', MAIN);
    const work = r.spawn(MAIN, { scope, from: r.site('/app/app.mjs:4 handle') });
    r.exit(scope, MAIN);
    const handle = open(r, scope, { type: 'timer', lostRace: true, call: work });
    r.wait(300).add({ kind: 'handle-closed', handle, how: 'fired', openAtMs: 304 }).end(work).ended();
    expect(ruleIds(r)).toEqual(['leaked-task']);
  });

  it('speaks of an interval that each run of a scope leaves behind, once', () => {
    expect(check(leftByEach(3)).findings).toMatchObject([{ rule: 'leaked-timer', count: 3 }]);
  });

  it('is quiet about an interval of a scope that ran once on the main line', () => {
    expect(ruleIds(leftByEach(1))).toEqual([]);
  });

  it('is quiet about an interval that a helper of the scope started', () => {
    const r = leftByEach(2);
    const records = r.records.map((record) => {
      if (record.kind !== 'handle-opened') return record;
      const { local, ...other } = record;
      return local === true ? other : record;
    });
    r.records.splice(0, r.records.length, ...records);
    expect(ruleIds(r)).toEqual([]);
  });
});

describe('leaked-handle', () => {
  const server = { type: 'server', by: 'node:net' } as const;

  it('speaks of servers that each run of a scope leaves open', () => {
    expect(check(leftByEach(2, server)).findings).toMatchObject([
      {
        rule: 'leaked-handle',
        severity: 'leak',
        count: 2,
        places: [{ label: 'server opened here', place: { line: 5 } }, { label: 'scope entered here, exited at the end of its block' }],
      },
    ]);
  });

  it('is quiet when most runs leave none: then it is kept for the others', () => {
    const r = new Recording();
    const entrance = r.site('/app/app.mjs:3 job');
    for (let n = 0; n < 4; n++) r.exit(r.enter('job', MAIN, { stack: [entrance] }), MAIN);
    const handles = [1, 2].map(() => {
      const scope = r.enter('job', MAIN, { stack: [entrance] });
      r.exit(scope, MAIN);
      return open(r, scope, server);
    });
    r.wait(300);
    for (const handle of handles) stand(r, handle);
    expect(ruleIds(r.ended('exit-called'))).toEqual([]);
  });

  it('is quiet about what somebody closed later, and about what was unref\'d', () => {
    const closed = new Recording();
    const entrance = closed.site('/app/app.mjs:3 job');
    for (let n = 0; n < 2; n++) {
      const scope = closed.enter('job', MAIN, { stack: [entrance] });
      closed.exit(scope, MAIN);
      const handle = open(closed, scope, server);
      stand(closed.wait(300), handle);
      closed.add({ kind: 'handle-closed', handle, how: 'closed', openAtMs: 300 });
      const other = open(closed, scope, server);
      stand(closed.wait(300), other, false);
    }
    expect(ruleIds(closed.ended('exit-called'))).toEqual([]);
  });

  it('speaks of a worker that a task off the main line leaves in its only scope, and not of a server', () => {
    const one = (options: Options): Recording => {
      const r = new Recording();
      const job = r.named('job', MAIN);
      const scope = r.enter('job', job);
      r.exit(scope, job).end(job);
      const handle = open(r, scope, { ...options, call: job });
      return stand(r.wait(300), handle).ended('exit-called');
    };
    expect(ruleIds(one({ type: 'worker', by: 'node:internal/worker' }))).toEqual(['leaked-handle']);
    expect(ruleIds(one(server))).toEqual([]);
  });

  it('does not judge where records are missing', () => {
    const r = leftByEach(2, server);
    r.records.splice(-1, 0, { kind: 'counted', tasks: 1, inferredTasks: 0, scopes: 2, dropped: 3, atMs: 400 });
    expect(check(r)).toMatchObject({ findings: [], undecided: 2 });
  });
});

describe('unfinished-at-exit', () => {
  it('shows what the task had made and was still there', () => {
    const r = new Recording();
    const scope = r.enter('reply', MAIN);
    open(r, scope, { type: 'socket', by: 'node:net' });
    const unrefd = open(r, scope, { type: 'timer', place: '/app/app.mjs:6 handle' });
    stand(r, unrefd, false);
    r.add({ kind: 'call-pending', call: MAIN, at: r.site('/app/app.mjs:7 handle') }).ended('exit-called');
    expect(check(r).findings).toMatchObject([
      {
        rule: 'unfinished-at-exit',
        places: [
          { label: 'entered here' },
          { label: 'suspended here', place: { line: 7 } },
          { label: 'socket made here, still there', place: { line: 5 } },
          { label: "timer made here, still there and unref'd", place: { line: 6 } },
        ],
      },
    ]);
  });
});
