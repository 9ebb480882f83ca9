import { describe, expect, it } from 'vitest';
import { formatSummary, plainStyle } from '../../reports/index.ts';
import { MAIN, Recording, reportOf, ruleIds } from './recording.ts';

const NOTHING = { computedMs: 0, unfollowedMs: 0 };

function pause(r: Recording): Recording {
  return r.add({ kind: 'following-paused', ...NOTHING });
}

function resume(r: Recording): Recording {
  return r.add({ kind: 'following-resumed', computedMs: 1000, unfollowedMs: 620 });
}

/** A timer enters a scope, and another timer exits it. */
function crossTask(r: Recording, between: (r: Recording) => unknown = () => undefined): Recording {
  const scope = r.enter('session', callback(r), { stack: [r.site('/app/app.mjs:3 open')] });
  between(r);
  return r.exit(scope, callback(r), [r.site('/app/app.mjs:7 close')]);
}

/** As the tracker announces them: their start is known. */
function callback(r: Recording): number {
  return r.callback('Timeout', MAIN, { from: r.site('/app/app.mjs:2 schedule') });
}

/** A callback starts a task in a scope, and exits the scope. */
function leak(r: Recording, { late = () => undefined }: { late?: (r: Recording) => unknown } = {}): Recording {
  const by = callback(r);
  const scope = r.enter('request', by);
  const work = r.spawn(by, { scope, from: r.site('/app/app.mjs:4 handle') });
  r.exit(scope, by).wait(250).end(work);
  late(r);
  return r;
}

describe('what is said of programs whose promises were not followed for a while', () => {
  it('is what was decided before', () => {
    expect(ruleIds(pause(crossTask(new Recording())).ended())).toEqual(['cross-task-exit']);
  });

  it('is what began and was decided after it', () => {
    expect(ruleIds(crossTask(resume(pause(new Recording()).wait(20)).wait(2)).ended())).toEqual(['cross-task-exit']);
  });

  it('is nothing across it', () => {
    const report = reportOf([crossTask(new Recording(), (r) => resume(pause(r).wait(20))).ended()]);
    expect(report.findings).toEqual([]);
    expect(report.undecided).toMatchObject([{ rule: 'cross-task-exit', count: 1 }]);
    expect(report.undecided[0]?.text).toContain('--slowdown none');
  });

  it('is nothing that somebody may have changed during a later one', () => {
    expect(ruleIds(leak(new Recording()).ended())).toEqual(['leaked-task']);
    expect(ruleIds(leak(new Recording(), { late: (r) => resume(pause(r).wait(20)) }).ended())).toEqual([]);
    expect(ruleIds(leak(resume(pause(new Recording()).wait(20)).wait(2)).ended())).toEqual(['leaked-task']);
  });

  it('is nothing across a time in which something ran that is not followed since', () => {
    const r = resume(pause(new Recording()).wait(20)).wait(2);
    const ran = (one: Recording): unknown => one.add({ kind: 'unfollowed-ran', untilMs: 40 });
    expect(ruleIds(crossTask(r, ran).ended())).toEqual([]);
  });

  it('is nothing of a task that was inferred', () => {
    const r = resume(pause(new Recording()).wait(20)).wait(2);
    const scope = r.enter('session', r.callback('Timeout', MAIN, { inferred: true }));
    expect(ruleIds(r.exit(scope, callback(r)).exit(scope, callback(r)).ended())).toEqual([]);
  });

  it('says for how much of the time, in the report and in the summary', () => {
    const report = reportOf([resume(pause(new Recording()).wait(20)).ended()]);
    expect(report.programs[0]?.following).toEqual({ pauses: 1, computedMs: 1000, unfollowedMs: 620 });
    expect(formatSummary(report, { style: plainStyle, width: 500 })).toContain('promises were not followed for 62 % of the computing time');
  });

  it('says nothing of it where all were followed', () => {
    const report = reportOf([new Recording().ended()]);
    expect(report.programs[0]).not.toHaveProperty('following');
    expect(formatSummary(report, { style: plainStyle, width: 500 })).not.toContain('followed');
  });
});
