import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { describe, expect, it, test } from 'vitest';
import { formats, identitySources, plainStyle } from '../../reports/index.ts';
import type { FormatOptions, Report, Sources } from '../../reports/index.ts';
import { MAIN, Recording, reportOf } from './recording.ts';

const OPTIONS: FormatOptions = {
  style: plainStyle, width: 100, locate: (file) => `packages/app/${file}`,
  page: { script: 'draw()', scriptHash: 'sha256-script', style: 'p {}', styleHash: 'sha256-style' },
};
/** What a program may call its scopes, tasks and files, and every format must survive. */
const HOSTILE = [
  '<script>alert(1)</script>', '"quoted" \'single\' & ampersand', 'a\nb\r\nc', '::error::injected', '100%25,x:y', '| cell | `code` | **bold** |',
  '```', ']]>', '</failure>', '\u0000\u0007\u001b[31mred', '\ud800 lone', '漢字 😀 e\u0301', '@team [link](http://evil) #1', '../../etc/passwd', 'x'.repeat(3000),
];

const sources: Sources = {
  ...identitySources,
  excerpt: ({ line }) => ({ firstLine: Math.max(1, line - 1), lines: ['before()', 'const scope = enterScope("``` <b>")', 'after()'] }),
};

function crossTask(name: string, file: string, r = new Recording()): Recording {
  const open = r.named(name, MAIN, { from: r.site('app.mjs:31') });
  const scope = r.enter(name, open, { stack: [r.site(`${file}:6:18 Client.connect`)] });
  r.end(open);
  const close = r.named('ANALYSIS', MAIN, { from: r.site('app.mjs:44') });
  return r.exit(scope, close, [r.site(`${file}:10:16 Client.close`)]).end(close);
}

const one = reportOf([crossTask('session', 'client.mjs').ended()], sources);
const empty = reportOf([new Recording().ended()], sources);
const hostile = reportOf([HOSTILE.reduce((r, name, at) => crossTask(name, `client${at}.mjs`, r), new Recording()).ended()], sources);
const [only] = one.findings;
if (only === undefined) throw new Error('nothing was found');
/** As many findings as a bad day gives, which differ in their places. */
const many: Report = {
  ...one,
  findings: Array.from({ length: 10_000 }, (_, at) => ({
    ...only, fingerprint: at.toString(16).padStart(16, '0'), count: at + 1, message: `Finding ${at}.`,
  })),
};

const RULES = /"rules": \[[^]*?\n {10}\]/;

const ofMany = new Map<string, string>();
/** Megabytes are written once. */
const write = (id: string, report: Report): string => {
  const known = report === many ? ofMany.get(id) : undefined;
  if (known !== undefined) return known;
  const format = formats.find((each) => each.id === id);
  if (format === undefined) throw new Error(`no format ${id}`);
  const text = format.format(report, OPTIONS);
  if (report === many) ofMany.set(id, text);
  return text;
};

interface Sarif {
  readonly version: string;
  readonly runs: readonly [{
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly help: { readonly markdown: string } }[] } };
    readonly results: readonly SarifResult[];
  }];
}
interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly locations: readonly SarifLocation[];
  readonly relatedLocations: readonly SarifLocation[];
  readonly codeFlows: readonly { readonly threadFlows: readonly { readonly locations: readonly { readonly location: SarifLocation }[] }[] }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly occurrenceCount: number;
}
interface SarifLocation {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string }; readonly region: { readonly startLine: number } };
  readonly message?: { readonly text: string };
}
const sarif = (report: Report): Sarif => JSON.parse(write('sarif', report)) as Sarif;
const lineOf = ({ physicalLocation }: SarifLocation): string => `${physicalLocation.artifactLocation.uri}:${physicalLocation.region.startLine}`;

describe.each(formats.map(({ id }) => id))('%s', (id) => {
  it.each([['empty', empty], ['one', one], ['hostile', hostile]] as const)('writes a report that is %s as the golden one', async (name, report) => {
    // The rules' own help is held elsewhere.
    const text = write(id, report).replace(RULES, '"rules": []');
    // As a file has it: a lone half of a character is none.
    await expect(Buffer.from(text).toString()).toMatchFileSnapshot(`golden/${name}.${id}.txt`);
  });

  it('names the place of a finding', () => {
    expect(write(id, one)).toMatch(/client\.mjs/);
  });

  it('writes 10,000 findings as ever', async () => {
    const text = write(id, many).replace(RULES, '"rules": []');
    expect(text.endsWith('\n')).toBe(true);
    expect(text).toContain('Finding 0.');
    // Megabytes are held by their digest, with enough of them to see what has changed.
    const lines = text.split('\n').map((line) => line.slice(0, 160));
    const told = [`${lines.length} lines, sha256 ${createHash('sha256').update(text).digest('hex')}`, ...lines.slice(0, 40), '…', ...lines.slice(-12)];
    await expect(told.join('\n')).toMatchFileSnapshot(`golden/many.${id}.txt`);
  });
});

describe('what a receiver takes', () => {
  const MIB = 2 ** 20;

  it('is kept to with 10,000 findings', () => {
    // https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads: 10 MB, compressed.
    expect(gzipSync(write('sarif', many), { level: 1 }).length).toBeLessThan(10 * MIB);
    // https://docs.gitlab.com/ci/testing/unit_test_reports/: 30 MB a file.
    expect(Buffer.byteLength(write('junit', many))).toBeLessThan(30 * MIB);
    // A step's summary is 1 MiB, a comment 65,536 characters, and the page is for a browser.
    expect(Buffer.byteLength(write('markdown', many))).toBeLessThan(MIB);
    expect(Buffer.byteLength(write('html', many))).toBeLessThan(10 * MIB);
    expect(JSON.parse(write('gitlab', many))).toHaveLength(10_000);
    expect((JSON.parse(write('json', many)) as Report).findings).toHaveLength(10_000);
  });

  it('is kept to by SARIF with more results than are taken: those that matter most are there, and it says so', () => {
    const info = { ...only, severity: 'info' as const, places: [] };
    const [run] = sarif({ ...one, findings: [...Array.from({ length: 30_000 }, () => info), only] }).runs;
    expect(run.results).toHaveLength(25_000);
    expect(run.results[0]?.level).toBe('error');
    expect(JSON.stringify(run)).toContain('5,001 findings left out');
  });

  it('is kept to by a comment whatever files are called', () => {
    const long = { ...only, places: only.places.map((place) => ({ ...place, ...(place.place === undefined ? {} : { place: { ...place.place, file: `${'d'.repeat(4000)}.mjs` } }) })) };
    expect(write('markdown', { ...one, findings: Array.from({ length: 200 }, () => long) }).length).toBeLessThan(65_536);
  });

  it('are ten annotations of a level, so the worst come first', () => {
    const leak = { ...only, severity: 'leak' as const };
    const format = formats.find(({ id }) => id === 'github');
    const text = format?.format({ ...one, findings: [...Array.from({ length: 20 }, () => ({ ...leak, message: 'late' })), only] }, OPTIONS) ?? '';
    expect(text).toMatch(/^::notice title=scope-trace::[^\n]*\n::error [^\n]*session/);
  });
});

test('what is written in pieces is the same text', () => {
  for (const { id, pieces } of formats) {
    for (const report of pieces === undefined ? [] : [empty, one, hostile, many]) expect([...pieces?.(report, OPTIONS) ?? []].join('') === write(id, report), id).toBe(true);
  }
});

describe('sarif', () => {
  it('shows where it went wrong, and the way there', () => {
    const [result] = sarif(one).runs[0].results;
    expect(result).toMatchObject({ ruleId: 'cross-task-exit', level: 'error', occurrenceCount: 1 });
    expect(result?.locations.map(lineOf)).toEqual(['packages/app/client.mjs:10']);
    expect(result?.codeFlows[0]?.threadFlows[0]?.locations.map(({ location }) => `${lineOf(location)} ${location.message?.text ?? ''}`)).toEqual([
      'packages/app/client.mjs:6 entered here, by task "session"',
      'packages/app/app.mjs:44 task "ANALYSIS" was started here',
      'packages/app/client.mjs:10 exited here, by task "ANALYSIS"',
    ]);
  });

  it('knows every rule, and names it by its place in the list', () => {
    const [run] = sarif(one).runs;
    const [result] = run.results;
    expect(run.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe('cross-task-exit');
    for (const { help } of run.tool.driver.rules) expect(help.markdown).toContain('```js');
  });

  it('has fingerprints that differ where findings do', () => {
    const prints = sarif(many).runs[0].results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
    expect(new Set(prints).size).toBe(10_000);
  });

  it('takes a path that no URI can hold', () => {
    expect(lineOf(sarif(reportOf([crossTask('session', 'a\ud800b.mjs').ended()], sources)).runs[0].results[0]?.locations[0] as SarifLocation)).toBe('packages/app/a%EF%BF%BDb.mjs:10');
  });

  it('writes paths that are URIs', () => {
    const odd = reportOf([crossTask('session', 'dir/100%/ä#1.mjs').ended()], sources);
    expect(sarif(odd).runs[0].results[0]?.locations.map(lineOf)).toEqual(['packages/app/dir/100%25/%C3%A4%231.mjs:10']);
  });
});

describe('junit', () => {
  it.each([empty, one, hostile, many])('is well formed, and counts what fails', (report) => {
    const parser = new SaxesParser();
    const counts: Record<string, number> = {};
    let failures = '';
    parser.on('error', (error) => { throw error; });
    parser.on('opentag', ({ name, attributes }) => {
      counts[name] = (counts[name] ?? 0) + 1;
      if (name === 'testsuites') failures = String(attributes['failures']);
    });
    parser.write(write('junit', report)).close();
    expect(Number(failures)).toBe(report.findings.length);
    expect(counts['failure'] ?? 0).toBe(report.findings.length);
    expect(counts['testcase']).toBe(Math.max(1, report.findings.length));
  });

  it('lets a case pass that is not to fail the run', () => {
    const format = formats.find(({ id }) => id === 'junit');
    const text = format?.format(one, { ...OPTIONS, fails: () => false }) ?? '';
    expect(text).toContain('failures="0"');
    expect(text).toContain('<system-out>');
  });
});

test('annotations are one line each, whatever a program calls its tasks', () => {
  const lines = write('github', hostile).trimEnd().split('\n');
  expect(lines).toHaveLength(hostile.findings.length + 1);
  for (const line of lines) expect(line).toMatch(/^::(error|notice) [^\n]*::/);
});

test('a comment is no longer than GitHub takes, and nothing of a program is Markdown in it', () => {
  expect(write('markdown', many).length).toBeLessThan(65_536);
  const text = write('markdown', hostile);
  const turned = write('markdown', reportOf([crossTask('admin\u202etxt.exe', 'a.mjs').ended()], sources));
  expect(turned).not.toContain('\u202e');
  expect(turned).toContain('admin⟨U\\+202E⟩txt.exe');
  for (const bad of ['<script', '](http', '**bold**', '@team']) expect(text.replaceAll(/```[^]*?```/g, '')).not.toContain(bad);
});
