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
