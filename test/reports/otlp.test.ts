import { describe, expect, it } from 'vitest';
import { checkProgram, describeFinding, foldProgram, identitySources, parseTraceparent, placeFinding, SpanFold } from '../../reports/index.ts';
import type { SpanData } from '../../reports/index.ts';
import { MAIN, Recording } from './recording.ts';

const PARENT = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

function follow(recording: Recording, parent?: typeof PARENT) {
  const fold = new SpanFold({ program: '7-0-1', run: 'run-1', ...(parent === undefined ? {} : { parent }) });
  const live = recording.records.flatMap((record) => fold.add(record));
  const rest = fold.finish();
  const all = [...live, ...rest];
  const named = (name: string): SpanData => {
    const found = all.find((span) => span.name === name);
    if (found === undefined) throw new Error(`no span ${name} among ${all.map((span) => span.name).join(', ')}`);
    return found;
  };
  return { fold, live, all, named };
}

describe('spans', () => {
  it('are tasks below scopes, scopes below tasks, with links for joins', () => {
    const r = new Recording();
    const scope = r.enter('work', MAIN);
    const first = r.named('first', MAIN, { scope });
    const inner = r.enter('inner', first, { parent: scope });
    r.exit(inner, first).end(first);
    const second = r.named('second', MAIN, { scope });
    r.add({ kind: 'call-joined', call: first, by: second });
    r.end(second).exit(scope, MAIN).ended();
    const { named, live, fold } = follow(r, PARENT);
    expect(live.map(({ name }) => name)).toEqual(['inner', 'first', 'second', 'work']);
    const program = named('node app.mjs');
    expect(program).toMatchObject({ traceId: PARENT.traceId, parentSpanId: PARENT.spanId });
    expect(named('work')).toMatchObject({ traceId: PARENT.traceId, parentSpanId: program.spanId, attributes: { 'scope_trace.scope.exited': true } });
    expect(named('first').parentSpanId).toBe(named('work').spanId);
    expect(named('inner').parentSpanId).toBe(named('work').spanId);
    expect(named('second').links).toEqual([{ traceId: PARENT.traceId, spanId: named('first').spanId, attributes: { 'scope_trace.link': 'joined' } }]);
    expect(fold.counts).toEqual({ tasks: 2, scopes: 2, omitted: 0 });
  });

  it('are only of tasks: what a task waits for at once is its own', () => {
    const r = new Recording();
    const task = r.spawn(MAIN, { site: r.site('/app/app.mjs:7:1 serve') });
    const helper = r.awaited(task, { site: r.site('/app/app.mjs:9:1 open') });
    const scope = r.enter('session', helper);
    r.end(helper).exit(scope, task).end(task).ended();
    const { all, named } = follow(r);
    expect(all.map(({ name }) => name)).toEqual(['session', 'serve', 'node app.mjs']);
    expect(named('session').parentSpanId).toBe(named('serve').spanId);
    expect(named('session').attributes).not.toHaveProperty('scope_trace.scope.exited_by_other_task');
    expect(named('serve').attributes).toMatchObject({ 'code.file.path': '/app/app.mjs', 'code.line.number': 7, 'code.function.name': 'serve' });
  });

  it('of a request go on with the trace of its client, or begin one', () => {
    const r = new Recording();
    const [a, b] = [r.call('callback', MAIN, { resource: 'HTTPINCOMINGMESSAGE' }), r.call('callback', MAIN, { resource: 'HTTPINCOMINGMESSAGE' })];
    const known = r.enter('GET /a', a, { scopeKind: 'request', traceparent: `00-${PARENT.traceId}-${PARENT.spanId}-01` });
    const fresh = r.enter('GET /b', b, { scopeKind: 'request', traceparent: 'nonsense' });
    const inside = r.named('inside', b, { scope: fresh });
    r.exit(known, a).exit(fresh, b).end(inside).ended();
    const { named } = follow(r);
    expect(named('GET /a')).toMatchObject({ traceId: PARENT.traceId, parentSpanId: PARENT.spanId, kind: 'server', attributes: { 'http.request.method': 'GET', 'url.path': '/a' } });
    expect(named('GET /b').parentSpanId).toBeUndefined();
    expect(named('GET /b').traceId).not.toBe(named('node app.mjs').traceId);
    expect(named('inside')).toMatchObject({ traceId: named('GET /b').traceId, parentSpanId: named('GET /b').spanId });
  });

  it('of a killed program end with it', () => {
    const r = new Recording();
    const task = r.named('task', MAIN);
    r.enter('held', task);
    r.add({ kind: 'scope-cancelled', scope: 1, call: task, reason: 'enough', stack: [] });
    const { named, live } = follow(r);
    expect(live).toEqual([]);
    expect(named('held')).toMatchObject({ attributes: { 'scope_trace.scope.exited': false }, events: [{ name: 'cancelled', attributes: { 'scope_trace.cancel.reason': 'enough' } }] });
    expect(named('task').attributes).toMatchObject({ 'scope_trace.task.state': 'unfinished' });
    expect(named('node app.mjs').attributes).toMatchObject({ 'scope_trace.program.ended': 'killed' });
  });

  it('of findings lie below their scope, with links to both tasks', () => {
    const r = new Recording();
    const [opener, closer] = [r.named('OPENER', MAIN), r.named('CLOSER', MAIN)];
    const scope = r.enter('session', opener, { stack: [r.site('/app/a.mjs:3:1 open')] });
    r.end(opener).exit(scope, closer, [r.site('/app/a.mjs:9:1 close')]).end(closer).ended();
    const { fold, named } = follow(r);
    const trace = foldProgram(r.records);
    const [finding] = checkProgram(trace, { sources: identitySources }).findings;
    if (finding === undefined) throw new Error('nothing was found');
    const span = describeFinding(placeFinding(finding, trace), '7-0-1', 'run-1', fold);
    expect(span).toMatchObject({ name: 'finding cross-task-exit', parentSpanId: named('session').spanId, error: finding.message });
    expect(span.links.map(({ spanId }) => spanId)).toEqual([named('CLOSER').spanId, named('OPENER').spanId]);
    expect(span.events[0]?.attributes).toMatchObject({
      'scope_trace.finding.rule': 'cross-task-exit', 'scope_trace.finding.places': [expect.stringMatching(/^entered here .*a\.mjs:3:1$/), expect.stringMatching(/^exited here/)],
    });
    expect(named('session').attributes['scope_trace.scope.exited_by_other_task']).toBe(true);
  });

  it('refuse what is no traceparent', () => {
    const { traceId, spanId } = PARENT;
    expect(parseTraceparent(`00-${traceId}-${spanId}-01`)).toEqual(PARENT);
    for (const text of [undefined, '', `ff-${traceId}-${spanId}-01`, `00-${'0'.repeat(32)}-${spanId}-01`, `00-${traceId}-${spanId}`, `00-${traceId.toUpperCase()}-${spanId}-01`]) {
      expect(parseTraceparent(text)).toBeUndefined();
    }
  });
});
