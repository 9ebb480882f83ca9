import { describe, expect, it } from 'vitest';
import type { TraceRecord } from '../../tracker/protocol.ts';
import { checkProgram, foldProgram, foldSession, formats, identitySources, plainStyle } from '../../reports/index.ts';
import { MAIN, Recording, check, reportOf } from './recording.ts';

/** The same numbers on every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomRecording(seed: number): Recording {
  const random = createRandom(seed);
  const r = new Recording();
  const calls = [MAIN];
  const any = (): number => calls[random(calls.length)] ?? MAIN;
  const scope = (): number => 1 + random(20);
  const fates = ['awaited', 'spawned', 'none'] as const;
  const steps = [
    () => calls.push(r.call('async', any(), { fate: fates[random(3)] ?? 'none', scope: scope() })),
    () => calls.push(r.callback('Timeout', any())),
    () => calls.push(r.named('job', any(), { scope: scope() })),
    () => r.enter('s', any(), { parent: scope(), stack: [r.site(`/app/f${random(4)}.mjs:${1 + random(9)}`)] }),
    () => r.exit(scope(), any()),
    () => r.use(scope(), any()),
    () => r.join(any(), any()),
    () => r.observe(any(), any()),
    () => r.end(any()),
    () => r.add({ kind: 'call-vanished', call: any() }),
    () => r.add({ kind: 'context-entered', context: random(4), call: any(), fn: random(9), stack: [random(9)] }),
    () => r.add({ kind: 'context-read', context: random(4), call: any(), run: random(50), stack: [random(9)] }),
    () => r.add({ kind: 'call-pending', call: any() }),
    () => r.wait(random(200)),
  ];
  for (let step = 0; step < 120; step++) steps[random(steps.length)]?.();
  return r.ended((['drained', 'exit-called', 'signal'] as const)[random(3)] ?? 'drained');
}

function shuffle(records: readonly TraceRecord[], seed: number): TraceRecord[] {
  const random = createRandom(seed);
  const shuffled = [...records];
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = random(at + 1);
    [shuffled[at], shuffled[other]] = [shuffled[other] as TraceRecord, shuffled[at] as TraceRecord];
  }
  return shuffled;
}

const judge = (records: readonly TraceRecord[]): void => {
  checkProgram(foldProgram(records), { sources: identitySources, strict: true });
};

describe('the fold', () => {
  it('takes any recording, cut anywhere, in any order', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const { records } = randomRecording(seed);
      judge(records.slice(0, createRandom(seed)(records.length)));
      judge(shuffle(records, seed));
      judge(records.filter((_, at) => (at * seed) % 3 !== 0));
    }
  });

  it('gives every format something to write', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const report = reportOf([randomRecording(seed)]);
      for (const { format } of formats) expect(format(report, { style: plainStyle, width: 60 })).toMatch(/\n$/);
    }
  });

  it('raises no violation about identity on a recording where every fate is inferred', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const r = new Recording();
      const inferred = randomRecording(seed).records.map((record): TraceRecord =>
        record.kind === 'call-started' && record.origin !== 'main' ? { ...record, inferred: true } : record,
      );
      r.records.splice(0, 2, ...inferred);
      expect(check(r).findings.map((finding) => finding.rule)).not.toContain('cross-task-exit');
    }
  });

  it('counts records of a kind that it does not know', () => {
    const r = new Recording();
    const records = [...r.records, { kind: 'from-the-future', atMs: 4 } as unknown as TraceRecord];
    expect(foldProgram(records).losses.unknownRecords).toBe(1);
  });

  it('makes an empty recording a program with a main task', () => {
    expect(foldProgram([], '7-0-1')).toMatchObject({ id: '7-0-1', tasks: [{ id: 1, origin: 'main' }], complete: false });
  });

  it('puts programs behind the one that started them, and loses none', () => {
    const start = (program: string, startedAtEpochMs: number, parent?: string): ReturnType<typeof foldProgram> =>
      foldProgram(new Recording({ program, startedAtEpochMs, ...(parent === undefined ? {} : { parent }) }).records);
    const session = foldSession([
      start('grandchild', 1, 'child'),
      start('child', 3, 'root'),
      start('a', 5, 'b'),
      start('b', 6, 'a'),
      start('root', 4),
    ]);
    expect(session.programs.map((program) => program.id)).toEqual(['root', 'child', 'grandchild', 'a', 'b']);
  });
});

describe('the cost', () => {
  /** Far above what it takes on a busy machine, far below what anything quadratic would take. */
  const LIMIT_MS = 60_000;

  it('stays linear for a chain of timers, each started by the one before', { timeout: LIMIT_MS }, () => {
    const r = new Recording();
    const site = r.site('/app/poll.mjs:3 poll');
    for (let at = 0, call = MAIN; at < 100_000; at++) {
      call = r.callback('Timeout', call, { from: site });
      r.enter('round', call);
      r.end(call);
    }
    expect(check(r.ended()).findings).toMatchObject([{ rule: 'unclosed-scope', count: 100_000 }]);
  });

  it('stays linear for a promise that everybody waits for', { timeout: LIMIT_MS }, () => {
    const r = new Recording();
    const shared = r.spawn(MAIN);
    r.enter('pool', shared);
    r.end(shared);
    for (let at = 0; at < 50_000; at++) r.observe(shared, r.spawn(MAIN)).join(shared, r.spawn(MAIN));
    expect(check(r.ended('exit-called')).findings.length).toBe(1);
  });

  it('stays linear for deep chains of awaited calls', { timeout: LIMIT_MS }, () => {
    const r = new Recording();
    let call = MAIN;
    for (let at = 0; at < 100_000; at++) call = r.awaited(call);
    r.exit(r.enter('s', call), call);
    expect(check(r.ended())).toEqual({ findings: [], undecided: 0 });
  });
});
