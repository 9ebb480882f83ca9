import { mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../reports/index.ts';
import { assertWritable, locateFrom } from '../../src/report-files.ts';
import { emptyFolder, put, scopeTrace } from '../support/command.ts';

const schema = createRequire(import.meta.url)('scope-trace/report.schema.json') as object;
const validate = new Ajv2020({ strict: false }).compile(schema);

function read(path: string): Report {
  const report: unknown = JSON.parse(readFileSync(path, 'utf8'));
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  return report as Report;
}

const TWICE = `
  const { channel } = require('node:diagnostics_channel');
  const scope = {};
  channel('scope-trace:scope:enter').publish({ scope, name: 'session' });
  channel('scope-trace:scope:exit').publish({ scope });
  channel('scope-trace:scope:exit').publish({ scope });
`;

describe('a place for a report', () => {
  it('is one that no other report has, by any name, nor the baseline', async () => {
    const folder = emptyFolder();
    const file = put(folder, 'a.json', '');
    const link = join(folder, 'link.json');
    symlinkSync(file, link);
    const target = (path: string): { format: string; file: string } => ({ format: 'json', file: path });
    await expect(assertWritable([target(file), target(link)])).rejects.toThrow('Two reports cannot be written to the same file');
    await expect(assertWritable([target(link)], file)).rejects.toThrow('A report cannot be written over the baseline');
    await assertWritable([target(file), target(join(folder, 'b.json'))], join(folder, 'c.json'));
    expect(readdirSync(folder).sort()).toEqual(['a.json', 'link.json']);
  });

  it('is told by the repository, also of a report from another system', () => {
    expect(locateFrom('C:\\work\\app')('C:\\work\\app\\src\\a.mjs')).toBe('src/a.mjs');
    expect(locateFrom('C:\\work\\app')('src\\a.mjs')).toBe('src/a.mjs');
    expect(locateFrom('C:\\work\\app')('D:\\b.mjs')).toBe('D:/b.mjs');
    expect(locateFrom('/nowhere/app')('C:\\b.mjs')).toBe('C:/b.mjs');
    expect(locateFrom('/nowhere/app')('/nowhere/app/src/a.mjs')).toBe('src/a.mjs');
  });
});

describe('the report', () => {
  it('follows the published schema and names the command', async () => {
    const folder = emptyFolder();
    const script = put(folder, 'app.cjs', TWICE);
    const file = join(folder, 'report.json');
    await scopeTrace(['--report', file, '--grace', '7', '--strict', '--', process.execPath, script]);
    expect(read(file)).toMatchObject({
      command: [process.execPath, script],
      settings: { graceMs: 7, abortGraceMs: 1000, blockAfterMs: 1000, listenerGrowth: 50, strict: true },
      findings: [{ rule: 'double-exit', severity: 'violation' }],
    });
  });

  it('is written in several formats by one run, with paths from the root of the repository, and can be read again', async () => {
    const root = emptyFolder();
    mkdirSync(join(root, '.git'));
    mkdirSync(join(root, 'app'));
    const script = put(join(root, 'app'), 'app.cjs', TWICE);
    const file = join(root, 'report.json');
    const step = put(root, 'step.md', 'before\n');
    const reports = ['--report', file, '--report', `sarif=${join(root, 'out.sarif')}`, '--report', 'github'];
    const run = await scopeTrace([...reports, '--', process.execPath, script], { cwd: join(root, 'app'), env: { GITHUB_STEP_SUMMARY: step } });
    expect(run.code).toBe(66);
    expect(run.stderr).toMatch(/^::error file=app\/app\.cjs,line=6,col=\d+,title=scope-trace%3A double-exit::/m);
    expect(readFileSync(join(root, 'out.sarif'), 'utf8')).toContain('"uri": "app/app.cjs"');
    expect(readFileSync(step, 'utf8')).toMatch(/^before\n### ❌ scope-trace: 1 violation/);
    const again = await scopeTrace(['report', '--format', 'gitlab', file]);
    expect(again.code).toBe(66);
    expect(JSON.parse(again.stdout)).toMatchObject([{ check_name: 'double-exit', location: { path: 'app/app.cjs' } }]);
    expect((await scopeTrace(['report', file])).stdout).toContain('double-exit');
  });

  it('fails for what the baseline does not know, and two reports are compared', async () => {
    const folder = emptyFolder();
    const script = put(folder, 'app.cjs', TWICE);
    const baseline = join(folder, 'baseline.json');
    const [first, second] = [join(folder, 'first.json'), join(folder, 'second.json')];
    const command = ['--', process.execPath, script];
    const missing = await scopeTrace(['--baseline', baseline, ...command]);
    expect(missing).toMatchObject({ code: 64, stdout: '', stderr: expect.stringContaining('Write it with --update-baseline.') });
    expect((await scopeTrace(['--baseline', baseline, '--update-baseline', ...command])).code).toBe(0);
    expect(JSON.parse(readFileSync(baseline, 'utf8'))).toMatchObject({ baselineVersion: 1, findings: [{ rule: 'double-exit', file: script }] });
    const known = await scopeTrace(['--baseline', baseline, '--report', first, ...command]);
    expect(known).toMatchObject({ code: 0, stderr: expect.stringContaining('1 finding of the baseline left out') });
    expect(read(first)).toMatchObject({ findings: [{ accepted: { by: 'baseline' } }], fixed: [] });
    put(folder, 'app.cjs', `${TWICE}{ const scope = {}; channel('scope-trace:scope:enter').publish({ scope, name: 'another' }); }`);
    expect((await scopeTrace(['--baseline', baseline, '--report', second, ...command])).code).toBe(66);
    const diff = await scopeTrace(['diff', first, second]);
    expect(diff.code).toBe(66);
    expect(diff.stdout).toMatch(/unclosed-scope[^]*\n1 new, 0 fixed, 1 unchanged\n$/);
    put(folder, 'baseline.json', '<<<<<<< HEAD');
    expect((await scopeTrace(['--baseline', baseline, ...command])).stderr).toContain('is not JSON: perhaps a merge has left its marks');
  });

  it.each([
    ['no JSON', 'it is not JSON'],
    ['{}', "is no report of scope-trace, or was changed: it must have required property 'schemaVersion'"],
    ['{"schemaVersion": 99}', 'has version 99, and this scope-trace reads version 1'],
    ['null', 'is no report of scope-trace'],
  ])('that holds %s is refused with a sentence', async (text, sentence) => {
    const file = put(emptyFolder(), 'report.json', text);
    const { code, stderr } = await scopeTrace(['report', file]);
    expect(code).toBe(64);
    expect(stderr).toContain(sentence);
  });

  it('tells workers and children from their parent', async () => {
    const folder = emptyFolder();
    const script = put(folder, 'parent.cjs', `
      const { Worker } = require('node:worker_threads');
      require('node:child_process').execFileSync(process.execPath, ['-e', '0']);
      new Worker('0', { eval: true });
    `);
    const file = join(folder, 'report.json');
    expect((await scopeTrace(['--report', file, '--', process.execPath, script])).code).toBe(0);
    const { programs } = read(file);
    expect(programs).toHaveLength(3);
    const [first, ...others] = programs;
    expect(others.map((program) => program.parent)).toEqual([first?.id, first?.id]);
    expect(programs.filter((program) => program.thread !== 0)).toHaveLength(1);
  });

  it('replaces an earlier one, and the trial before the run leaves nothing', async () => {
    const folder = emptyFolder();
    const file = put(folder, 'report.json', 'x'.repeat(1e6));
    await scopeTrace(['--report', file, '--', process.execPath, '-e', '0']);
    expect(read(file).findings).toEqual([]);
    const list = 'console.log(JSON.stringify(require("fs").readdirSync(process.argv[1])))';
    const empty = emptyFolder();
    const outcome = await scopeTrace(['--report', join(empty, 'new.json'), '--', process.execPath, '-e', list, empty]);
    expect(outcome.stdout).toBe('[]\n');
    expect(readdirSync(empty)).toEqual(['new.json']);
  });

  it('fails on what the user names', async () => {
    const script = put(emptyFolder(), 'app.cjs', TWICE);
    const code = async (...args: string[]): Promise<number | null> => (await scopeTrace([...args, '--', process.execPath, script])).code;
    expect(await code()).toBe(66);
    expect(await code('--fail-on', 'leak')).toBe(66);
    expect(await code('--fail-on', 'double-exit')).toBe(66);
    expect(await code('--fail-on', 'leaked-task,cross-task-exit')).toBe(0);
    expect(await code('--fail-on', 'never')).toBe(0);
  });
});
