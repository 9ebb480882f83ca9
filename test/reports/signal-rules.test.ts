import { describe, expect, it } from 'vitest';
import { check, MAIN, Recording, ruleIds } from './recording.ts';

interface Variant {
  /** Who made the signal: the main call when absent. */
  readonly maker?: 'main' | 'earlier' | 'nobody';
  readonly laterSite?: string;
  readonly partial?: true;
  readonly inferred?: true;
  readonly worked?: false;
  readonly stillRuns?: true;
  readonly otherUser?: true;
  readonly timerFrom?: string;
}

/** Two calls of one task, one after the other, and the abort by a timer that the first had set. */
function staleTimer(variant: Variant = {}): Recording {
  const r = new Recording();
  const site = r.site('/app/app.mjs:5:1 call');
  const earlier = r.awaited(MAIN, { site });
  r.wait(10);
  const maker = { main: MAIN, earlier, nobody: undefined }[variant.maker ?? 'main'];
  r.add({ kind: 'signal-created', signal: 1, how: 'controller', ...(maker !== undefined && { call: maker }) });
  if (variant.worked !== false) use(r, earlier);
  if (variant.stillRuns === undefined) r.end(earlier);
  r.wait(10);
  const startedAt = { atMs: 50 };
  const later = r.awaited(MAIN, { site: r.site(variant.laterSite ?? '/app/app.mjs:5:1 call'), ...(variant.inferred && { inferred: true as const }) });
  Object.assign(r.records.findLast((one) => one.kind === 'call-started') ?? {}, startedAt);
  use(r, later);
  const timer = r.callback('Timeout', earlier, { from: r.site(variant.timerFrom ?? '/app/app.mjs:6:3 call') });
  r.wait(100);
  const users = variant.otherUser ? [later, MAIN] : [later];
  r.add({ kind: 'signal-aborted', signal: 1, call: timer, users, ...(variant.partial && { partial: true as const }), stack: [] });
  r.end(timer).end(later);
  return r.ended();
}

function use(r: Recording, call: number, aborted = false, how: 'listener' | 'read' | 'throw-if-aborted' = 'listener'): void {
  r.add({ kind: 'signal-used', signal: 1, call, how, aborted, stack: [] });
}

describe('residual-cancellation', () => {
  it('speaks of a timer that a finished call left, which aborts a later run of the same function', () => {
    const { findings } = check(staleTimer());
    expect(findings.map((one) => one.message)).toEqual([
      expect.stringMatching(/^A call of call was aborted by the timer of an earlier call of call, which had finished 1\d\d ms before\.$/) as string,
    ]);
  });

  it('leaves alone what may be meant: a life that the maker set, another function, an owner that still runs', () => {
    expect(ruleIds(staleTimer({ maker: 'earlier' }))).toEqual([]);
    expect(ruleIds(staleTimer({ laterSite: '/app/app.mjs:9:1 query' }))).toEqual([]);
    expect(ruleIds(staleTimer({ stillRuns: true }))).toEqual([]);
    expect(ruleIds(staleTimer({ worked: false }))).toEqual([]);
    expect(ruleIds(staleTimer({ otherUser: true }))).toEqual([]);
    expect(ruleIds(staleTimer({ timerFrom: '/app/app.mjs:12:3' }))).toEqual([]);
  });

  it('does not judge what was inferred, or seen in part', () => {
    for (const variant of [{ partial: true }, { inferred: true }, { maker: 'nobody' }] as const) {
      expect(check(staleTimer(variant))).toMatchObject({ findings: [], undecided: 1 });
    }
  });

  it('speaks of a signal that another task begins to use after it was aborted for its maker', () => {
    expect(ruleIds(cachedSignal('throw-if-aborted'))).toEqual(['residual-cancellation']);
    expect(ruleIds(cachedSignal('read'))).toEqual([]);
    expect(ruleIds(cachedSignal('throw-if-aborted', { byOther: true }))).toEqual([]);
    expect(ruleIds(cachedSignal('throw-if-aborted', { child: true }))).toEqual([]);
  });
});

function cachedSignal(how: 'read' | 'throw-if-aborted', variant: { byOther?: true; child?: true } = {}): Recording {
  const r = new Recording();
  const first = r.callback('Immediate', MAIN);
  r.add({ kind: 'signal-created', signal: 1, how: 'controller', call: first });
  r.end(first);
  const timer = r.callback('Timeout', variant.byOther ? MAIN : first);
  r.add({ kind: 'signal-aborted', signal: 1, call: timer, users: [], stack: [] });
  r.end(timer).wait(50);
  const second = r.callback('Immediate', variant.child ? first : MAIN);
  use(r, second, true, how);
  return r.end(second).ended();
}

describe('abort-listener-leak', () => {
  const left = (calls: number, options: { api?: string; file?: string } = {}): Recording => {
    const r = new Recording();
    const call = r.awaited(MAIN, { site: r.site('/app/app.mjs:3:1 job') });
    r.end(call).add({ kind: 'signal-created', signal: 1, how: 'controller', call: MAIN });
    const stack = [r.site(options.file ?? '/app/app.mjs:4:3 job'), r.site('/app/app.mjs:9:3 main')];
    for (const each of [12, calls]) {
      r.add({ kind: 'listeners-left', signal: 1, ...(options.api !== undefined && { api: options.api }), stack, calls: each, call });
    }
    return r.ended();
  };

  it('speaks once for each place, from the threshold on', () => {
    expect(ruleIds(left(50))).toEqual(['abort-listener-leak']);
    expect(ruleIds(left(49))).toEqual([]);
    expect(ruleIds(left(20), { listenerGrowth: 20 })).toEqual(['abort-listener-leak']);
    expect(check(left(50)).findings[0]?.message).toContain('50 calls of job have ended');
  });

  it('leaves alone what Node removes, and what the collector takes', () => {
    expect(ruleIds(left(99, { api: 'fetch' }))).toEqual([]);
    expect(ruleIds(left(99, { api: 'addAbortListener' }))).toEqual(['abort-listener-leak']);
    expect(ruleIds(left(99, { file: '/app/node_modules/undici/lib/web/fetch/request.js:5:3 Request' }))).toEqual([]);
    expect(ruleIds(left(99, { file: '/app/node_modules/other/index.js:5:3 add' }))).toEqual(['abort-listener-leak']);
  });
});
