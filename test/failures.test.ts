import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '../reports/index.ts';
import { scopeTrace, startScopeTrace, type StartOptions } from './support/command.ts';
import { runBoth } from './support/compare-runs.ts';
import { nodeLines } from './support/node-lines.ts';
import { createWorkFolder } from './support/run-program.ts';

const work = createWorkFolder();
let folders = 0;
afterAll(work.remove);
const program = (name: string): string => fileURLToPath(new URL(`programs/failures/${name}`, import.meta.url));
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mountsWork();

function mountsWork(): boolean {
  const folder = newFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', folder]).status === 0;
  if (mounted) spawnSync('umount', [folder]);
  return mounted;
}

function newFolder(): string {
  const folder = join(work.path, String(++folders));
  mkdirSync(folder);
  return folder;
}

function read(path: string): Report {
  return JSON.parse(readFileSync(path, 'utf8')) as Report;
}

/** Runs a command under the tracker, and reads its report. */
async function trace(command: readonly string[], ours: readonly string[] = [], options: StartOptions = {}) {
  const path = join(newFolder(), 'report.json');
  const outcome = await scopeTrace(['--fail-on', 'never', '--report', path, ...ours, '--', ...command], options);
  return { ...outcome, report: read(path) };
}

function rulesIn(report: Report): string[] {
  return report.findings.map(({ rule }) => rule).sort();
}

for (const line of nodeLines.filter(({ name }) => name === '20' || name === '24')) {
  describe.concurrent(`on Node ${line.name}`, () => {
    test('a killed program leaves a recording that can be read', async () => {
      const recording = join(newFolder(), 'recording');
      const run = startScopeTrace(['--trace', recording, '--', line.path, program('killed.mjs')]);
      const [text] = (await once(run.process.stdout, 'data')) as [string];
      process.kill(Number(/pid (\d+)\./.exec(text)?.[1]), 'SIGKILL');
      expect((await run.ends()).code).toBe(128 + 9);
      const path = join(newFolder(), 'report.json');
      const again = await scopeTrace(['report', '--report', path, '--fail-on', 'never', recording]);
      expect(again.code, again.stderr).toBe(0);
      const report = read(path);
      expect(report.programs[0]).toMatchObject({ ended: 'killed', openWhenKilled: 1, scopes: 2 });
      expect(report.scopes.map(({ name }) => name)).toEqual(['open when killed', 'closed before']);
      expect(report.findings).toEqual([]);
    });

    test('without a folder for temporary files, the program runs as if we were not there', async () => {
      const env = { TMPDIR: join(work.path, 'no-such-folder') };
      const outcome = await scopeTrace(['--', line.path, program('exit-mid-way.mjs')], { env });
      expect(outcome).toMatchObject({ code: 4, stdout: 'done\n' });
      expect(outcome.stderr).toContain('Nothing is traced');
    });

    test('a program that may write only small files loses records, not its output', async () => {
      const script = `ulimit -f 64; exec "${line.path}" "${program('flood.mjs')}"`;
      const { code, stdout, report } = await trace(['bash', '-c', script]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'done\n' });
      expectLosses(report);
    });

    test.runIf(canMount)('a full disk loses records, not output', async () => {
      const disk = newFolder();
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', disk]).status).toBe(0);
      try {
        const { code, stdout, report } = await trace([line.path, program('flood.mjs')], ['--trace', disk]);
        expect({ code, stdout }).toEqual({ code: 0, stdout: 'done\n' });
        expectLosses(report);
      } finally {
        spawnSync('umount', [disk]);
      }
    });

    test('the folder of the recording is removed under the program', async () => {
      const outcome = await scopeTrace(['--', line.path, program('folder-removed.mjs')]);
      expect(outcome.stdout).toBe('done\n');
      expect([0, 70]).toContain(outcome.code);
      expect(outcome.stderr).not.toContain('which is a mistake in scope-trace');
    });

    test('a million tasks are counted', async () => {
      const { code, stdout, report } = await trace([line.path, program('million-tasks.mjs')], ['--slowdown', 'none']);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'done 1000000\n' });
      expect(report.totals.tasks).toBeGreaterThan(1_000_000);
      expect(report.totals.dropped).toBe(0);
    });

    test('ten thousand open scopes', async () => {
      const { code, stdout, report } = await trace([line.path, program('many-open-scopes.mjs')]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'done\n' });
      expect(report.totals.scopes).toBe(10_000);
      expect(rulesIn(report)).toEqual(['unclosed-scope']);
      expect(report.totals.findings.occurrences).toBe(10);
    });

    test('process.exit in the middle', async () => {
      const { code, stdout, report } = await trace([line.path, program('exit-mid-way.mjs')]);
      expect({ code, stdout }).toEqual({ code: 4, stdout: 'done\n' });
      expect(report.programs[0]).toMatchObject({ ended: 'exit-called', exitCode: 4 });
      expect(rulesIn(report)).toEqual(['unfinished-at-exit']);
    });

    test('an error that nobody catches', async () => {
      const { code, stdout, stderr, report } = await trace([line.path, program('uncaught.mjs')]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: 'done\n' });
      expect(stderr).toContain('Error: nobody catches this');
      expect(report.programs[0]).toMatchObject({ ended: 'exit-called', exitCode: 1 });
      expect(rulesIn(report)).toEqual(['unfinished-at-exit']);
    });

    test('a rejection that nobody handles', async () => {
      const { code, stdout, stderr, report } = await trace([line.path, program('unhandled-rejection.mjs')]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: 'done\n' });
      expect(stderr).toContain('Error: nobody handles this');
      expect(report.scopes.find(({ name }) => name === 'failing')).toHaveProperty('exitedAtMs');
      expect(rulesIn(report)).toEqual(['unfinished-at-exit']);
    });

    test('little memory is kept to, and what was lost is said', async () => {
      const { code, stdout, report } = await trace([line.path, program('flood.mjs')], ['--memory', '1']);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'done\n' });
      const [only] = report.programs;
      expect((only?.scopes ?? 0) + (only?.losses.dropped ?? 0)).toBeGreaterThanOrEqual(5000);
    });

    test('a program that may not write files is not disturbed', async () => {
      const flag = line.name === '20' ? '--experimental-permission' : '--permission';
      const args = [flag, '--allow-fs-read=*', '--no-warnings', program('exit-mid-way.mjs')] as const;
      const { plain, traced } = await runBoth([line.path, ...args]);
      expect({ code: traced.code, stdout: traced.stdout }).toEqual({ code: plain.code, stdout: plain.stdout });
    });

    test('the command itself is interrupted while the program cleans up', async () => {
      const code = `process.on('SIGINT', () => setTimeout(() => { console.log('cleaned up'); process.exit(6) }, 50)); setInterval(() => {}, 1000); console.log('ready')`;
      const run = startScopeTrace(['--', line.path, '-e', code]);
      await run.says('ready');
      run.process.kill('SIGINT');
      run.process.kill('SIGINT');
      expect(await run.ends()).toMatchObject({ code: 6, stdout: 'ready\ncleaned up\n' });
    });
  });
}

function expectLosses(report: Report): void {
  expect(report.scopes.length).toBeGreaterThan(0);
  const [only] = report.programs;
  const said = [only?.losses.stopped, ...(only?.losses.failures ?? [])].filter((text) => text !== undefined);
  expect(said.length + (only?.losses.dropped ?? 0)).toBeGreaterThan(0);
}
