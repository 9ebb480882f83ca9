import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, put, scopeTrace, start } from '../support/command.ts';

const node = process.execPath;

describe('exit codes', () => {
  it.each([
    ['0 when the program succeeds', 'void 0', 0],
    ["the program's own", 'process.exit(3)', 3],
    ["the program's own, also when it is one of ours", 'process.exitCode = 66', 66],
    ['1 after an uncaught error', 'throw new Error("mine")', 1],
    ['1 after an unhandled rejection', 'Promise.reject(new Error("mine"))', 1],
    ['13 when the main module never finishes', 'await new Promise(() => {})', 13],
    ['134 after an abort', 'process.abort()', 134],
  ])('%s', async (_, source, code) => {
    const script = put(emptyFolder(), 'program.mjs', source);
    expect((await scopeTrace(['--', node, script])).code).toBe(code);
  });

  it('127 and a sentence for a command that does not exist', async () => {
    const outcome = await scopeTrace(['--', 'no-such-command-anywhere']);
    expect(outcome).toMatchObject({ code: 127, stdout: '' });
    expect(outcome.stderr).toBe(
      'scope-trace: The command "no-such-command-anywhere" was not found. Check its spelling, and that its folder is in PATH.\n',
    );
  });

  it('127 when env does not find the command: that answer is its own', async () => {
    const outcome = await scopeTrace(['--', '/usr/bin/env', 'no-such-command-anywhere']);
    expect(outcome.code).toBe(127);
  });

  it('126 and a hint for a script that is not executable', async () => {
    const script = put(emptyFolder(), 'app.js', 'void 0');
    const outcome = await scopeTrace(['--', script]);
    expect(outcome.code).toBe(126);
    expect(outcome.stderr).toContain(`put node before it: scope-trace -- node ${script}`);
  });

  it('126 when the interpreter of a script does not exist', async () => {
    const script = put(emptyFolder(), 'tool', '#!/no/such/interpreter\n');
    await start('chmod', ['+x', script]).ends();
    const outcome = await scopeTrace(['--', script]);
    expect(outcome.code).toBe(126);
    expect(outcome.stderr).toContain('interpreter');
  });

  it('64 and the nearest name for an option that does not exist', async () => {
    const outcome = await scopeTrace(['--repotr', 'x', '--', node]);
    expect(outcome).toMatchObject({ code: 64, stderr: 'scope-trace: There is no option --repotr. Did you mean --report?\n' });
  });

  it('64 before the program runs when the report cannot be written', async () => {
    const folder = emptyFolder();
    const file = put(folder, 'file', '');
    mkdirSync(join(folder, 'folder'));
    for (const path of [join(file, 'report.json'), join(folder, 'folder'), '/proc/report.json']) {
      const outcome = await scopeTrace(['--report', path, '--', node, '-e', 'console.log("ran")']);
      expect(outcome).toMatchObject({ code: 64, stdout: '' });
      expect(outcome.stderr).toContain(`The report cannot be written to ${JSON.stringify(path)}`);
    }
  });

  it('70 when the report cannot be written any more after the program succeeded, and its own code when it failed', async () => {
    const outcome = await scopeTrace(['--report', '/dev/full', '--', node, '-e', '0']);
    expect(outcome.code).toBe(70);
    expect(outcome.stderr).toContain('The report cannot be written to "/dev/full": the disk is full.');
    expect((await scopeTrace(['--report', '/dev/full', '--', node, '-e', 'process.exit(5)'])).code).toBe(5);
  });

  it('64 before the program runs when the folder for the recording is not ours', async () => {
    const folder = emptyFolder();
    put(folder, 'precious.txt', 'mine');
    const outcome = await scopeTrace(['--trace', folder, '--', node, '-e', 'console.log("ran")']);
    expect(outcome).toMatchObject({ code: 64, stdout: '' });
    expect(outcome.stderr).toContain('holds files that are no recording');
  });

  it('70 when nothing could be traced, after a program that ran undisturbed', async () => {
    const missing = join(emptyFolder(), 'missing');
    const script = 'console.log(process.env.NODE_OPTIONS, process.env.TMPDIR)';
    const outcome = await scopeTrace(['--', node, '-e', script], { env: { TMPDIR: missing } });
    expect(outcome).toMatchObject({ code: 70, stdout: `undefined ${missing}\n` });
    expect(outcome.stderr).toContain('Nothing is traced');
    const failed = await scopeTrace(['--', node, '-e', 'process.exit(5)'], { env: { TMPDIR: missing } });
    expect(failed.code).toBe(5);
  });
});
