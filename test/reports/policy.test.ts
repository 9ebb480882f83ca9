import { describe, expect, it } from 'vitest';
import { applyComments, applyIgnores, checkProgram, createBaseline, foldProgram, formats, identitySources, plainStyle } from '../../reports/index.ts';
import type { Ignore, PlacedIgnore, Report, RuleSettings } from '../../reports/index.ts';
import { matchesFile, matchesName } from '../../reports/policy/wildcards.ts';
import { MAIN, Recording, reportOf } from './recording.ts';

/** A scope that was exited twice, by a function of this place. */
function twice(name: string, place: string, r = new Recording()): Recording {
  const site = [r.site(place)];
  const scope = r.enter(name, MAIN, { stack: site });
  return r.exit(scope, MAIN, site).exit(scope, MAIN, site);
}

/** A task that outlived its scope by 300 ms. */
function leak(): Recording {
  const r = new Recording();
  const scope = r.enter('work', MAIN);
  const task = r.spawn(MAIN, { scope, site: r.site('/app/app.mjs:5:1 work'), from: r.site('/app/app.mjs:9:1') });
  r.exit(scope, MAIN);
  for (let ms = 0; ms < 300; ms++) r.add({ kind: 'tracker-failed', reason: '', stopped: false });
  return r.end(task).ended();
}

const report = reportOf([twice('a', 'src/a.mjs:3:1 Pool.get', twice('b 17', '/app/node_modules/@x/pool/lib/b.mjs:4:1')).ended()]);
const ignore = (fields: Partial<Ignore>, today = '2026-06-01'): Report =>
  applyIgnores(report, {
    ignores: [{ by: 'config', where: 'c.json ignores[0]', reason: 'It is known.', ...fields }], today, namesOf: (file) => [file, `/repo/${file}`],
  });
const open = ({ findings }: Report): (string | undefined)[] => findings.filter(({ accepted }) => accepted === undefined).map(({ scope }) => scope?.name);
const text = (of: Report, id: string): string => formats.find((format) => format.id === id)?.format(of, { style: plainStyle, width: 200 }) ?? '';

describe('an ignore', () => {
  it.each([
    [{ rule: 'double-exit' }, []],
    [{ rule: ['deadlock', 'leaked-task'] }, ['b 17', 'a']],
    [{ scope: 'b *' }, ['a']],
    [{ scope: ['a', 'b 17'] }, []],
    [{ file: 'src/**' }, ['b 17']],
    [{ file: '/repo/src/?.mjs' }, ['b 17']],
    [{ file: 'a.{js,mjs}' }, ['b 17']],
    [{ function: 'Pool.*' }, ['b 17']],
    [{ package: '@x/pool' }, ['a']],
    [{ package: 'pool' }, ['b 17', 'a']],
    [{ task: 'main' }, []],
    [{ task: 'main', scope: 'a', file: 'b.mjs' }, ['b 17', 'a']],
    [{ scope: '*', until: '2026-06-01' }, []],
    [{ scope: '*', until: '2026-05-31' }, ['b 17', 'a']],
  ] satisfies [Partial<Ignore>, string[]][])('of %j leaves %j', (fields, left) => {
    expect(open(ignore(fields)).sort()).toEqual([...left].sort());
  });

  it('loses nothing: what it ignores is counted, in the report and a suppression', () => {
    const ignored = ignore({ scope: 'a' });
    expect(ignored.totals.findings).toMatchObject({ violation: 1, accepted: 1 });
    expect(ignored.findings.find(({ scope }) => scope?.name === 'a')?.accepted).toEqual({ by: 'config', reason: 'It is known.', where: 'c.json ignores[0]' });
    expect(ignored.ignores).toMatchObject([{ state: 'used' }]);
    expect(text(ignored, 'summary')).toMatch(/1 finding \(1 violation\) in .*; 1 ignored\n$/);
    expect(text(ignored, 'summary')).not.toContain('!');
    expect(text(ignored, 'sarif')).toContain('"justification": "It is known. (c.json ignores[0])"');
    expect(text(ignored, 'markdown')).toContain('1 finding ignored.');
    expect(createBaseline(ignored, String).findings).toHaveLength(1);
  });

  it('is told when it fits nothing, or is over', () => {
    expect(text(ignore({ rule: 'deadlock', file: 'x' }), 'summary')).toContain('! c.json ignores[0] (deadlock, file x) ignores nothing that was found: take it out when that stays so.');
    expect(text(ignore({ scope: 'a', until: '2026-05-31' }), 'summary')).toContain('! c.json ignores[0] (scope a) ended on 2026-05-31: what it ignored counts again.');
  });

  it('of a profile is told when it is used, and fits only what lies wholly in its packages', () => {
    const profile: PlacedIgnore = { by: 'profile', where: 'tools', package: ['@x/*', 'y'], wholly: true, reason: 'Tools do that.' };
    const used = applyIgnores(report, { ignores: [profile, { ...profile, package: 'z' }], today: '2026-06-01', namesOf: (file) => [file] });
    expect(open(used)).toEqual(['a']);
    expect(used.ignores).toHaveLength(1);
    expect(text(used, 'summary')).toContain('! 1 finding left out by the profile tools: Tools do that.');
  });
});

describe('a comment', () => {
  const commented = (lines: readonly string[]): Report =>
    reportOf([twice('a', 'src/a.mjs:3:1').ended()], { ...identitySources, excerpt: () => ({ firstLine: 1, lines }) });
  const apply = (...lines: string[]): Report => applyComments(commented(lines), [{ file: 'src/a.mjs', lines }]);

  it.each([
    [['', '// scope-trace-ignore-next-line double-exit: known', 'x'], 'known'],
    [['', '  /* scope-trace-ignore-next-line deadlock , double-exit: known: too */', 'x'], 'known: too'],
    [['// scope-trace-ignore-next-line double-exit: known', '// scope-trace-ignore-next-line deadlock: other', 'x'], 'known'],
    [['// scope-trace-ignore-next-line double-exit: known', '', 'x'], undefined],
    [['', '// scope-trace-ignore-next-line double-exit', 'x'], undefined],
    [['', 'f("scope-trace-ignore-next-line double-exit: known")', 'x'], undefined],
    [['', '// scope-trace-ignore-next-line deadlock: known', 'x'], undefined],
    [['', 'f("// scope-trace-ignore-next-line double-exit: known")', 'x'], undefined],
    [['f(`', '// scope-trace-ignore-next-line double-exit: known', '`)'], undefined],
    [['f(`${`', '`}`) // scope-trace-ignore-next-line double-exit: known', 'x'], 'known'],
    [['', 'f(/[/]\\/\\/* scope-trace-ignore-next-line double-exit: known/)', 'x'], undefined],
    [['f("', '// scope-trace-ignore-next-line double-exit: a source that cannot be read', 'x'], 'a source that cannot be read'],
  ])('%j gives the reason %j', (lines, reason) => {
    expect(apply(...lines).findings[0]?.accepted).toEqual(reason === undefined ? undefined : expect.objectContaining({ by: 'comment', reason }));
  });

  it('is told when it fits nothing, or gives no reason', () => {
    expect(apply('', '// scope-trace-ignore-next-line double-exit: known', 'x').ignores).toMatchObject([{ state: 'used', where: 'src/a.mjs:2' }]);
    expect(text(apply('', '// scope-trace-ignore-next-line double-exit', 'x'), 'summary')).toContain('! src/a.mjs:2 (double-exit) gives no reason, and so ignores nothing');
    expect(text(apply('// scope-trace-ignore-next-line deadlock: why', '', 'x'), 'summary')).toContain('! src/a.mjs:1 (deadlock) ignores nothing that was found');
  });
});

describe('what counts for one rule', () => {
  const judge = (rules?: RuleSettings['rules']): string[] => {
    const trace = foldProgram(leak().records);
    return checkProgram(trace, { sources: identitySources, ...(rules === undefined ? {} : { rules }) }).findings.map(({ rule, severity }) => `${rule} ${severity}`);
  };

  it('is its severity', () => {
    expect(judge()).toEqual(['leaked-task leak']);
    expect(judge({ 'leaked-task': { severity: 'violation' } })).toEqual(['leaked-task violation']);
    expect(judge({ 'leaked-task': { severity: 'info' } })).toEqual(['leaked-task info']);
    expect(judge({ 'leaked-task': { severity: 'off' } })).toEqual([]);
  });

  it('and its threshold', () => {
    expect(judge({ 'leaked-task': { graceMs: 200 } })).toHaveLength(1);
    expect(judge({ 'leaked-task': { graceMs: 1000 } })).toEqual([]);
    expect(judge({ 'race-loser': { graceMs: 1000 } })).toHaveLength(1);
  });
});

it('names and globs are matched as a whole', () => {
  expect(matchesName('a.*', 'a.b')).toBe(true);
  expect(matchesName('a.*', 'axb')).toBe(false);
  expect(matchesName('*', '')).toBe(true);
  expect(matchesFile('src/**/*.ts', 'src/a.ts')).toBe(true);
  expect(matchesFile('src/**/*.ts', 'src/b/c/a.ts')).toBe(true);
  expect(matchesFile('src/*.ts', 'src/b/a.ts')).toBe(false);
  expect(matchesFile('./src/[id]/(a)+{', 'src/[id]/(a)+{')).toBe(true);
  expect(matchesFile('*.test.ts', 'deep/below/x.test.ts')).toBe(true);
  expect(matchesFile('**', 'anything/at all')).toBe(true);
});
