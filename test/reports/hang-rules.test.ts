import { describe, expect, it } from 'vitest';
import { MAIN, Recording, check, ruleIds } from './recording.ts';

describe('unsettled-top-level-await', () => {
  it('names what was awaited, down to the promise', () => {
    const r = new Recording();
    const at = r.site('/app/app.mjs:9:7');
    const call = r.awaited(MAIN, { site: r.site('/app/client.mjs:3:1 connect'), from: at });
    r.add({ kind: 'top-level-await-left', call: MAIN, at });
    r.add({ kind: 'wait-followed', what: 'call', call, at: r.site('/app/client.mjs:4:3 connect') });
    r.add({ kind: 'wait-followed', what: 'promise', call, at: r.site('/app/client.mjs:1:1') });
    const [finding, ...others] = check(r.ended()).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'unsettled-top-level-await',
      severity: 'violation',
      message: 'The top level waited for connect, which waited for a promise that nothing could settle, so Node ended the program with code 13.',
      places: [
        { label: 'awaited here', place: { line: 9 } },
        { label: 'suspended here', place: { line: 4 } },
        { label: 'promise made here', place: { line: 1 } },
      ],
    });
  });

  it('leaves out what follows from a guess', () => {
    const r = new Recording();
    r.add({ kind: 'top-level-await-left', call: MAIN, at: r.site('/app/app.mjs:9:7') });
    r.add({ kind: 'wait-followed', what: 'promise', inferred: true });
    expect(check(r.ended()).findings[0]?.message).toContain('waited for something that nothing could settle');
  });

  it('does not judge an await whose end was inferred', () => {
    const r = new Recording();
    r.add({ kind: 'top-level-await-left', call: MAIN, inferred: true });
    expect(ruleIds(r.ended())).toEqual([]);
    expect(check(r).undecided).toBe(1);
  });
});

interface Given {
  /** How many ticks and microtasks had begun at each look. */
  readonly ran?: readonly number[];
  /** When the timer came due, after the beginning. Absent: there is none. */
  readonly dueMs?: number;
  readonly waitingMs?: number;
  readonly inside?: string;
}

const STACK = ['/app/parse.mjs:7:3 parse', '/app/app.mjs:3:1 handle'];

/** A callback that runs for 1500 ms and is looked at twice. */
function stalled({ ran = [1, 1], dueMs, waitingMs, inside }: Given = {}): Recording {
  const r = new Recording();
  const call = r.callback('Immediate', MAIN, { from: r.site('/app/app.mjs:2:1') });
  const look = {
    kind: 'stall-sampled' as const, stall: 2, call, startMs: 10, stack: STACK.map((text) => r.site(text)),
    ...(inside === undefined ? {} : { inside }),
    ...(dueMs === undefined ? {} : { dueMs: 10 + dueMs, due: r.site('/app/app.mjs:1:1') }),
    ...(waitingMs === undefined ? {} : { waiting: 3, waitingMs }),
  };
  r.wait(1000).add({ ...look, ran: ran[0] ?? 0 });
  return r.wait(500).add({ ...look, ran: ran[1] ?? 0 });
}

function over(r: Recording): Recording {
  return r.add({ kind: 'stall-ended', stall: 2, ran: 2 }).ended();
}

describe('blocked-event-loop', () => {
  it('names what stood where, what it was in, and the timer that had to wait', () => {
    const [finding, ...others] = check(over(stalled({ dueMs: 100, inside: 'RegExp.test' }))).findings;
    expect(others).toEqual([]);
    expect(finding?.rule).toBe('blocked-event-loop');
    expect(finding?.message).toMatch(/^parse kept the event loop from turning for 1\.5 s in `RegExp\.test`, and a timer had to wait for 1\.4 s\.$/);
    expect(finding?.advice).toContain('without nested repetition');
    expect(finding?.places.map(({ label, place }) => [label, place?.line])).toEqual([
      ['stood here', 7], ['called from here', 3], ['timer set here', 1],
    ]);
  });

  it('is quiet when nobody waits, however long it takes', () => {
    expect(ruleIds(over(stalled()))).toEqual([]);
  });

  it('is quiet when a timer had to wait for less than is allowed', () => {
    expect(ruleIds(over(stalled({ dueMs: 900 })))).toEqual([]);
    expect(ruleIds(over(stalled({ dueMs: 900 })), { blockAfterMs: 400 })).toEqual(['blocked-event-loop']);
  });

  it('counts the connections that had to wait', () => {
    expect(check(over(stalled({ waitingMs: 1200 }))).findings[0]?.message).toContain('3 connections to its server had to wait for 1.2 s');
  });

  it('speaks of a program that was killed only when it stood for much longer', () => {
    expect(ruleIds(stalled())).toEqual([]);
    expect(ruleIds(stalled(), { blockAfterMs: 400 })).toEqual(['blocked-event-loop']);
  });

  it('leaves out what only packages stood in', () => {
    const r = new Recording();
    r.add({
      kind: 'stall-sampled', stall: 1, call: MAIN, startMs: 0, ran: 0, stack: [r.site('/app/node_modules/x/a.js:1:1 x')],
      dueMs: 0, due: r.site('/app/app.mjs:1:1'), atMs: 0,
    } as never);
    r.wait(3000).add({ kind: 'stall-ended', stall: 1, ran: 0 });
    expect(ruleIds(r.ended())).toEqual([]);
  });
});

describe('microtask-starvation', () => {
  it('speaks when other code ran at each look', () => {
    const [finding] = check(over(stalled({ ran: [100, 900], dueMs: 100 }))).findings;
    expect(finding?.rule).toBe('microtask-starvation');
    expect(finding?.message).toContain('again and again in parse, and a timer had to wait');
  });
});
