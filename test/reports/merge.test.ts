import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { applyBaseline, applyIgnores, createBaseline, createMerge, formatJson, formatSummary, plainStyle } from '../../reports/index.ts';
import type { Report } from '../../reports/index.ts';
import { MAIN, Recording, reportOf } from './recording.ts';

const META = { tool: { name: 'scope-trace', version: '0.0.0' }, directory: '/here' };
const NAMES = ['a', 'b', 'c', 'd', 'e'];
const schema = JSON.parse(readFileSync(new URL('../../reports/report.schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);

function merge(...reports: readonly Report[]): Report {
  const merging = createMerge();
  for (const report of reports) merging.add(report);
  return merging.finish(META);
}

/** A run whose programs have exited scopes of these names twice, each so often. Programs of different runs have the same ids. */
function run(id: string, ...programs: readonly Readonly<Record<string, number>>[]): Report {
  const recordings = programs.map((names, at) => {
    const r = new Recording({ program: `7-${at}-1`, ...(at === 0 ? {} : { parent: '7-0-1' }) });
    for (const [name, times] of Object.entries(names)) {
      const site = [r.site(`src/${name}.mjs:3`)];
      for (let time = 0; time < times; time++) {
        const scope = r.enter(name, MAIN, { stack: site });
        r.exit(scope, MAIN, site).exit(scope, MAIN, site);
      }
    }
    return r.ended();
  });
  return { ...reportOf(recordings), run: id, createdAt: `2030-01-01T00:00:00.${id.slice(-3)}Z` };
}

/** Lists whose order says nothing, in an order. */
function sorted(report: Report): unknown {
  const bring = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(bring).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, bring(one)]));
  };
  return bring(report);
}

/** Always the same sequence, from 0 to 1. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

function randomRun(random: () => number, id: string): Report {
  const some = (): Record<string, number> => Object.fromEntries(NAMES.filter(() => random() < 0.5).map((name) => [name, 1 + Math.floor(random() * 3)]));
  let report = run(id, some(), some());
  if (random() < 0.5) report = applyBaseline(report, createBaseline(run('x', some()), String));
  const scope = NAMES[Math.floor(random() * NAMES.length)] ?? 'a';
  if (random() < 0.5) report = applyIgnores(report, { ignores: [{ by: 'config', where: 'c', reason: 'why', scope }], today: '2030-01-01', namesOf: (file) => [file] });
  return random() < 0.3 ? { ...report, directory: '/elsewhere' } : report;
}

describe('a merge', () => {
  it('does not depend on order or on groups, and takes nothing twice', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = createRandom(seed);
      const [a, b, c] = [randomRun(random, `aaaaaaaa-${seed + 100}`), randomRun(random, `bbbbbbbb-${seed + 200}`), randomRun(random, `cccccccc-${seed + 300}`)];
      const all = merge(a, b, c);
      expect(sorted(merge(c, a, b))).toEqual(sorted(all));
      expect(sorted(merge(merge(a, b), c))).toEqual(sorted(all));
      expect(sorted(merge(a, merge(b, c)))).toEqual(sorted(all));
      expect(sorted(merge(a, b, a, c, b))).toEqual(sorted(all));
      expect(sorted(merge(all, b))).toEqual(sorted(all));
      expect(formatJson(merge(all))).toBe(formatJson(all));
      validate(JSON.parse(formatJson(all)));
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it('folds equal findings, and tells where they were', () => {
    const merged = merge(run('aaaaaaaa-111', { a: 2 }, { a: 1, b: 1 }), run('bbbbbbbb-222', { a: 3 }));
    expect(merged.findings.map(({ scope, count, program, programs }) => [scope?.name, count, program, programs])).toEqual([
      ['a', 6, 'aaaaaaaa/7-0-1', [{ program: 'aaaaaaaa/7-0-1', count: 2 }, { program: 'aaaaaaaa/7-1-1', count: 1 }, { program: 'bbbbbbbb/7-0-1', count: 3 }]],
      ['b', 1, 'aaaaaaaa/7-1-1', undefined],
    ]);
    expect(merged.totals).toMatchObject({ programs: 3, scopes: 7, findings: { violation: 2, occurrences: 7 } });
    expect(merged.programs.map(({ id, parent }) => [id, parent])).toEqual([['aaaaaaaa/7-0-1', undefined], ['aaaaaaaa/7-1-1', 'aaaaaaaa/7-0-1'], ['bbbbbbbb/7-0-1', undefined]]);
    expect(formatSummary(merged, { style: plainStyle, width: 200 })).toMatch(/✖ double-exit {2}violation · 6 times · in 3 programs\n[^]*2 findings \(2 violations, 7 times in all\) in 2 runs, 3 programs/);
  });

  it('holds a finding open that one run does not accept, and fixed what none has found', () => {
    const known = createBaseline(run('x', { a: 1, b: 1, c: 1 }), String);
    const merged = merge(applyBaseline(run('aaaaaaaa-111', { a: 1 }), known), applyBaseline(run('bbbbbbbb-222', { a: 1, b: 1 }), known));
    expect(merged.findings.map(({ accepted }) => accepted?.by)).toEqual(['baseline', 'baseline']);
    expect(merged.fixed?.map(({ file }) => file)).toEqual(['src/c.mjs']);
    expect(merge(merged, run('cccccccc-333', { a: 1 })).findings.map(({ accepted }) => accepted?.by)).toEqual([undefined, 'baseline']);
  });

  it('knows runs without a name by their programs', () => {
    const nameless = (report: Report): Report => {
      const rest: { run?: string } & Report = { ...report };
      delete rest.run;
      return rest;
    };
    const [one, other] = [nameless(run('aaaaaaaa-111', { a: 1 })), { ...nameless(run('bbbbbbbb-222', { a: 1 })), directory: '/elsewhere' }];
    expect(merge(one, other, one)).toMatchObject({ directory: '/here', totals: { programs: 2, findings: { violation: 1, occurrences: 2 } } });
  });
});
