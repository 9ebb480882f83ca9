import { describe, expect, it } from 'vitest';
import { identitySources, type Sources } from '../../reports/index.ts';
import type { DumpReason, VerdictReached, WaiterNamed } from '../../tracker/protocol.ts';
import { MAIN, Recording, check, ruleIds } from './recording.ts';

type Verdict = Partial<Omit<VerdictReached, 'kind' | 'atMs'>> & { readonly waiters: readonly Waiter[] };
type Waiter = Partial<Omit<WaiterNamed, 'kind' | 'atMs'>>;

/** A dump that holds one verdict. */
function dump(r: Recording, { waiters, ...verdict }: Verdict, why: DumpReason = 'time-up'): Recording {
  r.add({ kind: 'program-dumped', protocol: 2, tracker: '0.0.0', program: '7-0-1', why, verdicts: 1 });
  r.add({
    kind: 'verdict-reached', verdict: 1, outcome: 'deadlock', certain: true, circular: false, waiting: waiters.length, dependents: 0,
    ...verdict,
  });
  for (const waiter of waiters) {
    r.add({ kind: 'waiter-named', verdict: 1, name: 'wait', module: false, iterates: false, stack: [], awaited: false, ...waiter });
  }
  return r;
}

/** Two tasks, `one` and `two`, suspended in a lock's function that each of them called. */
function locked(r: Recording): readonly Waiter[] {
  const lock = r.site('/app/lock.mjs:8:10 acquire');
  return ['one', 'two'].map((name, at) => {
    const call = r.spawn(MAIN, { site: r.site(`/app/app.mjs:${10 * at + 10}:1 ${name}`) });
    return { name: 'acquire', call, stack: [lock, r.site(`/app/app.mjs:${10 * at + 12}:3 ${name}`)], held: 'Lock#q' };
  });
}

function sourcesOf(lines: readonly string[]): Sources {
  return { ...identitySources, excerpt: () => ({ firstLine: 1, lines }) };
}

const NO_LOOP = sourcesOf([]);

describe('deadlock', () => {
  it('names every task of a circle, its own line and what it waits for', () => {
    const r = new Recording();
    const { findings } = check(dump(r, { circular: true, held: 'Lock#q', heldBy: 'queue', waiters: locked(r) }), { sources: NO_LOOP });
    expect(findings).toMatchObject([
      {
        rule: 'deadlock',
        severity: 'violation',
        certainty: 'certain',
        message:
          '2 tasks waited for each other: task one for Lock#q, which only task two could release; task two for Lock#q, which only task one could release.',
        task: { label: 'one', path: ['main', 'one app.mjs:10'] },
        expectedTask: { label: 'two', path: ['main', 'two app.mjs:20'] },
        places: [
          { label: 'waits here for Lock#q', place: { file: '/app/app.mjs', line: 12 } },
          { label: 'waits here for Lock#q', place: { file: '/app/app.mjs', line: 22 } },
        ],
      },
    ]);
  });

  it('says once what is the same for each of a circle', () => {
    const r = new Recording();
    const site = r.site('/app/app.mjs:10:1 work');
    const stack = [r.site('/app/app.mjs:12:3 work')];
    const waiters = [1, 2, 3].map(() => ({ call: r.spawn(MAIN, { site }), stack, held: 'Pool#wanting' }));
    const [finding] = check(dump(r, { circular: true, waiters }), { sources: NO_LOOP }).findings;
    expect(finding?.message).toBe('3 tasks waited for each other: each for Pool#wanting, which only the next could release.');
    expect(finding?.places).toHaveLength(1);
  });

  it('tells of a task that awaits itself, and of tasks of which none can release what all wait for', () => {
    const r = new Recording();
    const call = r.spawn(MAIN, { site: r.site('/app/app.mjs:1:1 run') });
    const [own] = check(dump(r, { circular: true, waiters: [{ name: 'run', call, stack: [r.site('/app/app.mjs:3:3 run')] }] })).findings;
    expect(own?.message).toBe('Task run waited for its own end.');
    const s = new Recording();
    const [first, second] = locked(s);
    const at = s.site('/app/app.mjs:5:1 job');
    const waiters = [{ ...first, stack: [at] }, { ...second, stack: [at] }];
    const [crowd] = check(dump(s, { held: 'variable waiters', heldBy: 'queue', waiters }), { sources: NO_LOOP }).findings;
    expect(crowd?.message).toBe('2 tasks waited for the variable waiters, which nobody but those that waited could release.');
    expect(crowd?.places).toMatchObject([{ label: '2 are suspended here', place: { line: 5 } }]);
  });

  it('stays true where promises were not followed', () => {
    const r = new Recording();
    const waiters = locked(r);
    r.add({ kind: 'following-paused', computedMs: 10, unfollowedMs: 0 });
    expect(check(dump(r, { circular: true, waiters }), { sources: NO_LOOP }).findings).toMatchObject([{ rule: 'deadlock', certainty: 'certain' }]);
  });

  it('tells of functions that the tracker has not followed by the names they have in the heap', () => {
    const r = new Recording();
    const stack = [r.site('/app/app.mjs:3:3 run')];
    const [finding] = check(dump(r, { circular: true, waiters: [{ name: 'run', stack }, { name: '', call: 99, stack }] })).findings;
    expect(finding).toMatchObject({ certainty: 'certain', task: { id: 0, label: 'run', path: ['run app.mjs:3'] }, expectedTask: { label: 'anonymous function' } });
  });

  it('leaves out what packages do among themselves', () => {
    const r = new Recording();
    const stack = [r.site('/app/node_modules/lock/index.js:3:3 acquire')];
    expect(check(dump(r, { circular: true, waiters: [{ stack }] }))).toMatchObject({ findings: [], undecided: 1 });
  });

  it('does not judge a circle of workers that may wait for their next job', () => {
    const r = new Recording();
    const [first = {}, second = {}] = locked(r);
    expect(check(dump(r, { circular: true, waiters: [first, { ...second, iterates: true }] }), { sources: NO_LOOP })).toMatchObject({ findings: [], undecided: 1 });
  });
});

describe('stalled-task', () => {
  const never = (lines: readonly string[], options: Waiter & { readonly held?: string } = {}): { findings: number; undecided: number } => {
    const r = new Recording();
    const { held = 'Queue#idle', ...waiter } = options;
    const call = r.spawn(MAIN);
    const column = (lines.at(-1) ?? '').indexOf('await take') + 1;
    const stack = [r.site(`/app/app.mjs:${lines.length}:${column} work`)];
    const found = check(dump(r, { outcome: 'never', held, waiters: [{ call, stack, ...waiter }] }), { sources: sourcesOf(lines) });
    expect(found.findings.every(({ rule, severity }) => rule === 'stalled-task' && severity === 'leak')).toBe(true);
    return { findings: found.findings.length, undecided: found.undecided };
  };

  it('says what nothing can settle, and how long ago the task was started', () => {
    const r = new Recording();
    const call = r.spawn(MAIN, { site: r.site('/app/app.mjs:1:1 load') });
    const stack = [r.site('/app/app.mjs:3:3 load')];
    const [finding] = check(dump(r.wait(2000), { outcome: 'never', waiters: [{ name: 'load', call, stack }] })).findings;
    expect(finding).toMatchObject({
      message: 'Task load waited, 2.0 s after its start, for a promise that nothing could settle.',
      places: [{ label: 'suspended here', place: { line: 3 } }],
    });
  });

  it.each([
    ['a line of its own', ['const job = await take();']],
    ['a loop over a list', ['for (const id of ids) {', '  const job = await take(id);']],
    ['a loop that counts', ['for (let n = 0; n < 3; n++) await take(n);']],
    ['what follows a loop', ['while (more()) step();', 'const job = await take();']],
    ['what follows a loop with its condition at its end', ['do {', '  step();', '} while (more());', 'const job = await take();']],
  ])('is told in %s', (_where, lines) => {
    expect(never(lines)).toEqual({ findings: 1, undecided: 0 });
  });

  it.each([
    ['while', ['while (true) {', '  const job = await take();']],
    ['for (;;)', ['for (;;) {', '  const job = await take();']],
    ['for with a condition alone', ['for (let job; (job = await take());) {']],
    ['do', ['do {', '  const job = await take();']],
    ['a loop without braces', ['while (!stopped) await take();']],
    ['for await', ['for await (const job of jobs) {', '  await take(job);']],
  ])('may be a worker without a job in a loop with %s', (_where, lines) => {
    expect(never(lines)).toEqual({ findings: 0, undecided: 1 });
  });

  it('is no loop over events, and none whose source cannot be read', () => {
    expect(never(['const job = await take();'], { iterates: true })).toEqual({ findings: 0, undecided: 1 });
    const r = new Recording();
    const waiters = [{ call: r.spawn(MAIN), stack: [r.site('/app/app.mjs:3:3 work')] }];
    expect(check(dump(r, { outcome: 'never', held: 'Queue#idle', waiters }))).toMatchObject({ findings: [], undecided: 1 });
  });

  it.each([
    ['time-up', 1],
    ['standstill', 0],
    ['interrupt', 0],
  ] as const)('never speaks of what others may settle: after %s such a wait counts as %i that was not judged', (why, undecided) => {
    const r = new Recording();
    const waiters = [{ call: r.spawn(MAIN), stack: [r.site('/app/app.mjs:3:3 work')] }];
    expect(check(dump(r, { outcome: 'only', certain: false, by: 'interval of 5 s', waiters }, why))).toMatchObject({ findings: [], undecided });
  });

  it.each([
    ['time-up', 5000, false, 1],
    ['time-up', 4000, false, 0],
    ['time-up', 5000, true, 0],
    ['standstill', 5000, false, 0],
  ] as const)('speaks of a test that had not ended when the time of the run was up, and had run for long: %s, %i ms, over: %s', (why, ms, over, found) => {
    const r = new Recording();
    const runs = r.spawn(MAIN);
    const scope = r.enter('is ready', runs, { scopeKind: 'test' });
    r.add({ kind: 'test-seen', scope, titles: ['is ready'] });
    const call = r.spawn(runs, { scope, site: r.site('/app/app.test.mjs:2:3 ready') });
    if (over) r.exit(scope, runs);
    const waiters = [{ call, name: 'ready', stack: [r.site('/app/app.test.mjs:3:3 ready')] }];
    const { findings } = check(dump(r.wait(ms), { outcome: 'only', certain: false, held: 'event "up" of Bus', by: 'pipe', waiters }, why), { sources: NO_LOOP });
    expect(findings).toHaveLength(found);
    if (found === 0) return;
    expect(findings).toMatchObject([{
      rule: 'stalled-task',
      test: { name: 'is ready' },
      message:
        'A test had not ended when the time of the run was up. Task ready waited, 5.0 s after its start, for the event "up" of Bus, ' +
        'which only a pipe could have settled.',
      places: [{ place: { line: 3 } }],
    }]);
  });
});

describe('of several rules the most exact one speaks', () => {
  it('deadlock or stalled-task, and not unfinished-at-exit or vanished-task', () => {
    for (const outcome of ['deadlock', 'never'] as const) {
      const r = new Recording();
      const call = r.spawn(MAIN, { site: r.site('/app/app.mjs:1:1 run') });
      const gone = r.spawn(MAIN);
      r.enter('job', call);
      const stack = [r.site('/app/app.mjs:3:3 run')];
      dump(r, { outcome, waiters: [{ call, stack }, { call: gone, stack }] });
      r.add({ kind: 'call-vanished', call: gone });
      r.add({ kind: 'call-pending', call });
      expect(ruleIds(r.ended())).toEqual([outcome === 'deadlock' ? 'deadlock' : 'stalled-task']);
    }
  });

  it('deadlock rather than unsettled-top-level-await, and that rather than stalled-task', () => {
    for (const outcome of ['deadlock', 'never'] as const) {
      const r = new Recording();
      const call = r.awaited(MAIN, { site: r.site('/app/app.mjs:1:1 run') });
      const at = r.site('/app/app.mjs:3:3 run');
      dump(r, { outcome, waiters: [{ call, stack: [at] }] });
      r.add({ kind: 'top-level-await-left', call: MAIN, at: r.site('/app/app.mjs:9:1') });
      r.add({ kind: 'wait-followed', what: 'call', call, at });
      expect(ruleIds(r.ended())).toEqual([outcome === 'deadlock' ? 'deadlock' : 'unsettled-top-level-await']);
    }
  });

  it('the last dump counts', () => {
    const r = new Recording();
    const waiters = locked(r);
    dump(dump(r, { circular: true, waiters }), { outcome: 'never', waiters: [{ call: r.spawn(MAIN), stack: [r.site('/app/app.mjs:3:3 work')] }] });
    expect(ruleIds(r)).toEqual(['stalled-task']);
  });
});
