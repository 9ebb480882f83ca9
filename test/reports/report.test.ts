import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { formatJson, type Report } from '../../reports/index.ts';
import { MAIN, Recording, reportOf } from './recording.ts';

type Schema = { readonly [key: string]: unknown };
const schema = JSON.parse(
  readFileSync(new URL('../../reports/report.schema.json', import.meta.url), 'utf8'),
) as Schema;
const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);

function expectValid(report: Report): void {
  const value: unknown = JSON.parse(formatJson(report));
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

/** Something of everything: all rules, all endings, all optional fields. */
function everything(): Recording[] {
  const r = new Recording({ caveats: ['A caveat.'] });
  const site = r.site('/app/app.mjs:3:5 work');
  const stranger = r.spawn(MAIN, { site, from: site });
  const [a, b, c] = [r.enter('a', MAIN, { stack: [site] }), r.enter('b', MAIN), r.enter('c', MAIN)];
  const inner = r.enter('inner', MAIN, { parent: c });
  const leaked = r.spawn(MAIN, { scope: b, site });
  r.exit(a, stranger, [site]).exit(b, MAIN).exit(b, MAIN).exit(c, MAIN, [site]).exit(inner, MAIN).use(b, MAIN);
  r.add({ kind: 'scope-cancelled', scope: b, call: MAIN, reason: 'enough', stack: [] });
  r.end(stranger).enter('open', stranger);
  const holder = r.spawn(MAIN);
  r.enter('held', holder);
  r.add({ kind: 'call-vanished', call: r.spawn(MAIN) });
  for (const call of [leaked, holder]) r.add({ kind: 'call-pending', call, at: site });
  r.ended();
  const killed = new Recording({ program: '8-0-1', parent: '7-0-1', pid: 8, startedAtEpochMs: 1_700_000_000_500 });
  killed.exit(killed.enter('s', killed.spawn(MAIN, { fateInferred: true })), MAIN);
  killed.add({ kind: 'tracker-failed', reason: 'It failed.', stopped: true });
  killed.add({ kind: 'counted', tasks: 9, inferredTasks: 1, scopes: 1, dropped: 3 });
  const headless = new Recording();
  headless.records.shift();
  const signalled = new Recording({ program: '9-0-1' });
  signalled.add({ kind: 'program-ended', how: 'signal', signal: 'SIGTERM' });
  return [r, killed, headless, signalled];
}

describe('the report', () => {
  it('matches its schema, whatever it holds', () => {
    const report = reportOf(everything());
    expectValid(report);
    expect(new Set(report.findings.map((finding) => finding.rule)).size).toBe(8);
    expectValid(reportOf([]));
  });

  it('matches its schema for every prefix of a recording', () => {
    const [whole] = everything();
    for (let length = 0; whole !== undefined && length <= whole.records.length; length++) {
      const cut = new Recording();
      cut.records.splice(0, 2, ...whole.records.slice(0, length));
      expectValid(reportOf([cut]));
    }
  });

  it('has a schema that describes every field', () => {
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { properties, items, description } = node as { [key: string]: unknown };
      if (typeof description !== 'string') throw new Error(`${path} has no description`);
      if (items !== undefined) walk(items, `${path}[]`);
      for (const [name, child] of Object.entries(properties ?? {})) walk(child, `${path}.${name}`);
    };
    walk(schema, 'report');
    for (const [name, child] of Object.entries(schema['$defs'] as Schema)) walk(child, name);
  });

  it('refuses what it does not describe', () => {
    expect(validate({ ...reportOf([]), more: true })).toBe(false);
    expect(validate({ ...reportOf([]), schemaVersion: 2 })).toBe(false);
  });

  it('counts what findings there are and how programs ended', () => {
    const report = reportOf(everything());
    expect(report.programs.map((program) => program.ended)).toEqual(['drained', 'signal', 'killed', 'killed']);
    expect(report.totals).toMatchObject({ programs: 4, dropped: 3, findings: { violation: 5, leak: 3 }, undecided: 1 });
  });

  it('lists no more than it can keep readable, and what findings name always', () => {
    const r = new Recording();
    for (let at = 0; at < 6000; at++) r.exit(r.enter('s', MAIN), MAIN);
    r.enter('last', MAIN);
    const report = reportOf([r.ended()]);
    expect(report.scopes).toHaveLength(5000);
    expect(report.scopes.at(-1)?.name).toBe('last');
    expect(report.totals).toMatchObject({ scopes: 6001, omitted: { scopes: 1001, tasks: 0 } });
  });

  it('keeps the fingerprint when lines move and ids change', () => {
    const at = (line: number, name: string): string | undefined => {
      const r = new Recording();
      r.enter(name, MAIN, { stack: [r.site(`/app/a.mjs:${line}:1 open`)] });
      return reportOf([r.ended()]).findings[0]?.fingerprint;
    };
    expect(at(3, 'request 1')).toBe(at(90, 'request 250'));
    expect(at(3, 'request 1')).not.toBe(at(3, 'response 1'));
  });
});
