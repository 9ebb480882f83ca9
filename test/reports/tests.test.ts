/** Findings name the tests that they belong to. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formats, plainStyle } from '../../reports/index.ts';
import { MAIN, Recording, reportOf } from './recording.ts';

function enterTest(r: Recording, call: number, titles: readonly string[], file?: string, parent?: number): number {
  const scope = r.enter(titles.join(' › '), call, parent === undefined ? {} : { parent });
  const record = r.records.findLast((one) => one.kind === 'scope-entered');
  if (record !== undefined) Object.assign(record, { scopeKind: 'test' });
  r.add({ kind: 'test-seen', scope, titles, ...(file === undefined ? {} : { file }) });
  return scope;
}

/** A scope of its own name, entered and exited by two tasks that know nothing of each other. */
function lose(r: Recording, inside: number | undefined, name = 'session'): void {
  const scoped = inside === undefined ? {} : { scope: inside };
  const opener = r.named('open', MAIN, scoped);
  const scope = r.enter(name, opener, { ...(inside === undefined ? {} : { parent: inside }), stack: [r.site('/app/lib.mjs:6:18 open')] });
  r.end(opener);
  const closer = r.named('close', MAIN, scoped);
  r.exit(scope, closer, [r.site('/app/lib.mjs:10:16 close')]).end(closer);
}

function recorded(): Recording {
  const r = new Recording();
  const first = enterTest(r, r.spawn(MAIN), ['sessions', 'are closed'], '/app/test/a.test.mjs');
  const second = enterTest(r, r.spawn(MAIN), ['sessions', 'are opened'], '/app/test/a.test.mjs');
  lose(r, first);
  lose(r, second);
  lose(r, undefined, 'elsewhere');
  // What a task of the test has started belongs to it, too, when the test is over.
  const starter = r.spawn(MAIN, { scope: second });
  const late = r.named('late', starter);
  r.exit(second, MAIN);
  const scope = r.enter('late', late, { stack: [r.site('/app/lib.mjs:20:1 later')] });
  r.end(late);
  const closer = r.named('close', MAIN);
  r.exit(scope, closer, [r.site('/app/lib.mjs:21:1 later')]).end(closer).end(starter);
  return r.ended();
}

const report = reportOf([recorded()]);
const write = (id: string): string => formats.find((each) => each.id === id)?.format(report, { style: plainStyle, width: 100 }) ?? '';

test('by its scope or its tasks, and where it happened as well', () => {
  const file = '/app/test/a.test.mjs';
  expect(report.findings.map(({ scope, test: its, alsoIn, count }) => [scope?.name, its, alsoIn, count])).toEqual([
    ['session', { name: 'sessions › are closed', file }, [{ name: 'sessions › are opened', file }], 2],
    ['elsewhere', undefined, undefined, 1],
    ['late', { name: 'sessions › are opened', file }, undefined, 1],
  ]);
  const schema = JSON.parse(readFileSync(new URL('../../reports/report.schema.json', import.meta.url), 'utf8')) as object;
  const validate = new Ajv2020({ strict: true }).compile(schema);
  validate(JSON.parse(write('json')));
  expect(validate.errors ?? []).toEqual([]);
});

test('nothing is expected of a test: it may be left open, and what it starts may outlive it', () => {
  const r = new Recording();
  const scope = enterTest(r, MAIN, ['a test']);
  r.spawn(MAIN, { scope });
  r.exit(scope, r.spawn(MAIN)).exit(scope, MAIN).wait(5000);
  enterTest(r, MAIN, ['left open']);
  expect(reportOf([r.ended()]).findings).toEqual([]);
});

test('JUnit lists findings under their tests, in a suite for each file', () => {
  const cases = [...write('junit').matchAll(/<(testsuite|testcase) name="([^"]*?)(?: at [^"]*)?"/g)].map(([, tag, name]) => `${tag ?? ''} ${name ?? ''}`);
  expect(cases).toEqual([
    'testsuite node app.mjs (process 7)', 'testcase cross-task-exit',
    'testsuite /app/test/a.test.mjs', 'testcase sessions › are closed: cross-task-exit', 'testcase sessions › are opened: cross-task-exit',
    'testcase sessions › are opened: cross-task-exit',
  ]);
});

test('the other formats for people name the test', () => {
  expect(write('summary')).toContain('  in test "sessions › are closed" (/app/test/a.test.mjs), and 1 other test\n');
  for (const id of ['github', 'markdown', 'sarif', 'gitlab']) expect(write(id), id).toMatch(/sessions › are closed \\*\(\/app\/test\/a\.test\.mjs/);
});
