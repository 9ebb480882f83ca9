/** Findings are marked as known: in the baseline of the run, or in one that is made for them. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { identitySources, type Finding } from '../../reports/index.ts';
import { acceptLive } from '../../src/accept-live.ts';
import { noteBaseline, readNote } from '../../src/marked-baseline.ts';
import { KnownFindings } from '../../src/view/known/known-findings.ts';
import { MAIN, Recording, reportOf } from '../reports/recording.ts';

let directory = '';
let file = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'view-known-'));
  file = join(directory, 'scope-trace-baseline.json');
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function finding(fingerprint: string): Finding {
  return {
    fingerprint, rule: 'cross-task-exit', severity: 'violation', certainty: 'certain', message: 'A message.', advice: 'Advice.', program: '7-0-1',
    task: { id: 1, name: 'one', certainty: 'certain', path: [] }, roles: { task: 'exited by' }, count: 1,
    places: [{ label: 'exited here', place: { file: 'src/app.mjs', line: 3, column: 1 } }],
  } as unknown as Finding;
}

const known = (): KnownFindings => new KnownFindings({ directory, cwd: directory, runs: true });
const read = (): unknown => (JSON.parse(readFileSync(file, 'utf8')) as { findings: { fingerprint: string }[] }).findings.map(({ fingerprint }) => fingerprint);

it('makes the file with the first mark, and removes it with the last; the run is told', async () => {
  noteBaseline(directory, undefined);
  const one = known();
  expect((await one.load()).fingerprints.size).toBe(0);
  const [marked] = await Promise.all([one.toggle(finding('b')), one.toggle(finding('a'))]);
  expect([...marked.fingerprints]).toEqual(['b']);
  expect(marked.notice).toContain('scope-trace-baseline.json. m takes it back');
  expect(read()).toEqual(['a', 'b']);
  expect(readNote(directory)).toEqual({ file, update: false, marked: true });
  await one.toggle(finding('a'));
  const none = await one.toggle(finding('b'));
  expect(none.fingerprints.size).toBe(0);
  expect(existsSync(file)).toBe(false);
  expect(readNote(directory)?.marked).toBe(false);
});

it("writes into the run's own baseline, keeps what others wrote there, and counts it from the start", async () => {
  writeFileSync(file, JSON.stringify({ baselineVersion: 1, findings: [{ fingerprint: 'old', rule: 'misnested-exit', message: 'Old.' }] }));
  noteBaseline(directory, { file, update: false });
  const one = known();
  expect([...(await one.load()).fingerprints]).toEqual(['old']);
  const marked = await one.toggle(finding('new'));
  expect([...marked.fingerprints].sort()).toEqual(['new', 'old']);
  expect([...(await one.toggle(finding('old'))).fingerprints]).toEqual(['new']);
  expect(existsSync(file)).toBe(true);
});

it('says why it cannot', async () => {
  noteBaseline(directory, { file, update: true });
  expect(known().refusal).toContain('--update-baseline');
  writeFileSync(file, 'no json');
  noteBaseline(directory, { file, update: false });
  const one = known();
  expect((await one.load()).fingerprints.size).toBe(0);
  const marked = await one.toggle(finding('a'));
  expect(marked.notice).toContain('is not JSON');
  expect(readFileSync(file, 'utf8')).toBe('no json');
});

it('leaves out while the program runs what is left out at its end', () => {
  const twice = (name: string, at: string): ReturnType<typeof reportOf>['findings'] => {
    const r = new Recording();
    const scope = r.enter(name, MAIN);
    r.exit(scope, MAIN).exit(scope, MAIN, [r.site(at)]);
    const lines = ['', '// scope-trace-ignore-next-line double-exit: known', 'x', '', 'y'];
    return reportOf([r.ended()], { ...identitySources, excerpt: () => ({ firstLine: 1, lines }) }).findings;
  };
  const found = [...twice('comment', '/app/a.mjs:3'), ...twice('config', '/app/old/b.mjs:5'), ...twice('new', '/app/c.mjs:5')].map((finding) => ({ finding }));
  const policy = { folder: '/app', ignores: [{ by: 'config' as const, where: 'c ignores[0]', file: 'old/**', reason: 'old' }] };
  const live = acceptLive(found, { cwd: '/app', rules: {}, policy });
  expect(live.map(({ finding }) => finding.accepted?.by)).toEqual(['comment', 'config', undefined]);
});
