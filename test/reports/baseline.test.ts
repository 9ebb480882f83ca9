import { describe, expect, it } from 'vitest';
import { applyBaseline, compareReports, createBaseline, formats, formatSummary, plainStyle } from '../../reports/index.ts';
import type { Report } from '../../reports/index.ts';
import { MAIN, Recording, reportOf } from './recording.ts';

const same = (file: string): string => file;

/** Scopes of these names that were exited twice. */
function twice(...names: string[]): Report {
  const r = new Recording();
  for (const name of names) {
    const site = [r.site(`/app/${name}.mjs:3`)];
    const scope = r.enter(name, MAIN, { stack: site });
    r.exit(scope, MAIN, site).exit(scope, MAIN, site);
  }
  return reportOf([r.ended()]);
}

describe('a baseline', () => {
  it('accepts what it knows, and nothing else', () => {
    const before = twice('a', 'b');
    const report = applyBaseline(twice('b', 'c'), createBaseline(before, same));
    expect(report.findings.map(({ accepted, scope }) => [scope?.name, accepted?.by])).toEqual([['b', 'baseline'], ['c', undefined]]);
    expect(report.totals.findings).toEqual({ violation: 1, leak: 0, info: 0, occurrences: 1, accepted: 1 });
    expect(report.fixed?.map(({ message }) => message)).toEqual([expect.stringContaining('"a"')]);
  });

  it('is the same text, whatever the order of findings', () => {
    expect(createBaseline(twice('a', 'b', 'c'), same)).toEqual(createBaseline(twice('c', 'b', 'a'), same));
  });

  it('is told in the summary, and not in what fails a job', () => {
    const report = applyBaseline(twice('a'), createBaseline(twice('a', 'b'), same));
    expect(formatSummary(report, { style: plainStyle, width: 200 })).toMatch(/no findings in .*; 1 finding of the baseline left out; 1 of the baseline not found any more\n$/);
    const text = (id: string): string => formats.find((format) => format.id === id)?.format(report, { style: plainStyle, width: 100 }) ?? '';
    expect(text('github')).not.toContain('double-exit');
    expect(text('junit')).toContain('failures="0"');
    expect(text('gitlab')).toBe('[]\n');
    expect(text('sarif')).toContain('"suppressions"');
    expect(text('markdown')).toMatch(/no findings\n\n.*1 finding of the baseline left out\. 1 finding of the baseline not found any more\./);
  });
});

it('two reports are compared by their fingerprints', () => {
  const { added, fixed, unchanged } = compareReports(twice('a', 'b'), twice('b', 'c'));
  expect([added, fixed, unchanged].map((list) => list.map(({ scope }) => scope?.name))).toEqual([['c'], ['a'], ['b']]);
});
