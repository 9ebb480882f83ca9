import { describe, expect, it } from 'vitest';
import { MAIN, Recording, check, ruleIds } from './recording.ts';

const SIGNAL = 1;

/** A loop makes requests under a signal, and goes on when that is aborted during the first one. */
function retrying(): { r: Recording; loop: number; request: (aborted?: boolean) => number } {
  const r = new Recording();
  r.add({ kind: 'signal-created', signal: SIGNAL, how: 'controller', call: MAIN });
  const loop = r.spawn(MAIN, { site: r.site('/app/app.mjs:10 retry') });
  const stack = [r.site('/app/app.mjs:2 request'), r.site('/app/app.mjs:12 retry')];
  const request = (aborted = true): number => {
    const call = r.awaited(loop, { site: r.site('/app/app.mjs:1 request') });
    r.add({ kind: 'signal-used', signal: SIGNAL, call, how: aborted ? 'read' : 'listener', api: 'fetch', aborted, stack });
    return call;
  };
  const first = request(false);
  r.add({ kind: 'signal-aborted', signal: SIGNAL, call: MAIN, reason: 'too late', users: [first], stack: [r.site('/app/app.mjs:20')] });
  r.end(first);
  return { r, loop, request };
}

describe('swallowed-cancellation', () => {
  it('speaks when the same is tried three times under the aborted signal, for long enough', () => {
    const { r, loop, request } = retrying();
    for (let n = 0; n < 3; n++) r.wait(500).end(request());
    r.end(loop).ended();
    expect(check(r).findings).toMatchObject([
      {
        rule: 'swallowed-cancellation',
        severity: 'leak',
        message:
          'Task retry was told that its signal had been aborted (too late), and tried again at least 3 times, ' +
          'the last time 1.5 s after the abort.',
        task: { label: 'retry' },
        places: [{ label: 'tried again here', place: { line: 12 } }, { label: 'aborted here', place: { line: 20 } }],
      },
    ]);
    expect(ruleIds(r, { abortGraceMs: 2000 })).toEqual([]);
  });

  it('is quiet about two attempts, and about many that are over at once', () => {
    const twice = retrying();
    for (let n = 0; n < 2; n++) twice.r.wait(800).end(twice.request());
    twice.r.end(twice.loop).ended();
    expect(ruleIds(twice.r)).toEqual([]);
    const quick = retrying();
    for (let n = 0; n < 50; n++) quick.r.end(quick.request());
    quick.r.wait(5000).end(quick.loop).ended();
    expect(ruleIds(quick.r)).toEqual([]);
  });

  it('is quiet about a program that asks by itself', () => {
    const { r, loop } = retrying();
    const stack = [r.site('/app/app.mjs:11 retry')];
    for (let n = 0; n < 5; n++) r.wait(500).add({ kind: 'signal-used', signal: SIGNAL, call: loop, how: 'read', aborted: true, stack });
    r.end(loop).ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('is quiet about tasks that never worked under the signal before', () => {
    const { r } = retrying();
    const stack = [r.site('/app/app.mjs:30 handle')];
    for (let n = 0; n < 5; n++) {
      const other = r.wait(500).spawn(MAIN, { site: r.site('/app/app.mjs:29 handle') });
      r.add({ kind: 'signal-used', signal: SIGNAL, call: other, how: 'throw-if-aborted', aborted: true, stack }).end(other);
    }
    r.ended();
    expect(ruleIds(r)).toEqual([]);
  });

  it('is quiet when the abort had hit the wrong operation, which residual-cancellation says', () => {
    const r = new Recording();
    r.add({ kind: 'signal-created', signal: SIGNAL, how: 'controller', call: MAIN });
    const stack = [r.site('/app/app.mjs:12 ask')];
    const ask = (aborted: boolean): number => {
      const call = r.awaited(MAIN, { site: r.site('/app/app.mjs:10 ask') });
      r.add({ kind: 'signal-used', signal: SIGNAL, call, how: aborted ? 'read' : 'listener', api: 'fetch', aborted, stack });
      return call;
    };
    const first = ask(false);
    r.end(first).wait(50);
    const second = ask(false);
    const timer = r.callback('Timeout', first, { from: r.site('/app/app.mjs:11 ask') });
    r.add({ kind: 'signal-aborted', signal: SIGNAL, call: timer, users: [second], stack: [] }).end(second);
    for (let n = 0; n < 4; n++) r.wait(500).end(ask(true));
    r.ended();
    expect(ruleIds(r)).toEqual(['residual-cancellation']);
  });
});
